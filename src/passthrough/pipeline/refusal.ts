import type { WireError } from '../providers/wire-error';

/** Why a call ends before, or instead of, an answer of the upstream. It becomes the format's error envelope. */
export interface Refusal extends WireError {
  readonly headers?: Readonly<Record<string, string>>;
}

export function refusal(
  status: number,
  type: string,
  message: string,
  more: Partial<Omit<Refusal, 'status' | 'type' | 'message'>> = {},
): Refusal {
  return { status, type, message, ...more };
}

/** Tells the official SDKs, which retry 429 and 5xx by default, that trying again cannot help. */
export const DO_NOT_RETRY: Readonly<Record<string, string>> = { 'x-should-retry': 'false' };
