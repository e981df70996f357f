import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

export interface Address {
  readonly params: URLSearchParams;
  /** Sets one of the filters, or takes it away. */
  readonly set: (name: string, value: string | null) => void;
  readonly clear: (names: readonly string[]) => void;
}

/** Filters that stand in the address of the page, so that a view can be sent to somebody. */
export function useAddress(onChange?: () => void): Address {
  const [params, setParams] = useSearchParams();
  const change = useCallback(
    (edit: (params: URLSearchParams) => void) => {
      onChange?.();
      setParams((before) => {
        const next = new URLSearchParams(before);
        edit(next);
        return next;
      });
    },
    [setParams, onChange],
  );
  return {
    params,
    set: (name, value) =>
      change((next) => {
        if (value === null || value === '') next.delete(name);
        else next.set(name, value);
      }),
    clear: (names) =>
      change((next) => {
        for (const name of names) next.delete(name);
      }),
  };
}
