import { useCallback, useState } from 'react';
import { useSession } from './session';

/** Fetches a file of the server as the signed-in, which a link could not, and saves it. Null when that went well. */
export function useSaveFile(): {
  readonly save: (path: string) => Promise<string | null>;
  readonly isSaving: boolean;
} {
  const { authorization } = useSession();
  const [isSaving, setIsSaving] = useState(false);
  const save = useCallback(
    async (path: string) => {
      setIsSaving(true);
      try {
        const answer = await fetch(path, { headers: authorization });
        if (!answer.ok) return `The server answered ${answer.status}.`;
        const disposition = answer.headers.get('content-disposition') ?? '';
        const name = /filename="([^"]+)"/.exec(disposition)?.[1] ?? path.replace(/^.*\/|\?.*$/g, '');
        saveBlob(name, await answer.blob());
        return null;
      } catch {
        return 'The server did not answer.';
      } finally {
        setIsSaving(false);
      }
    },
    [authorization],
  );
  return { save, isSaving };
}

function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
