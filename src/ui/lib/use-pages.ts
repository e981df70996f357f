import { useCallback, useState } from 'react';

/** A way through a list by cursors: forward by the last page's end, back by those before it. */
export interface Pages {
  readonly after: string | null;
  readonly number: number;
  readonly next: (endCursor: string | null | undefined) => void;
  readonly back: () => void;
  readonly restart: () => void;
}

export function usePages(): Pages {
  const [cursors, setCursors] = useState<readonly string[]>([]);
  return {
    after: cursors[cursors.length - 1] ?? null,
    number: cursors.length + 1,
    next: useCallback((endCursor) => {
      if (endCursor != null) setCursors((before) => [...before, endCursor]);
    }, []),
    back: useCallback(() => setCursors((before) => before.slice(0, -1)), []),
    restart: useCallback(() => setCursors([]), []),
  };
}
