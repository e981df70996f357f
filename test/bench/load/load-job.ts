import type { LoadTarget } from './request-bytes';

/** What the load process is told to do. */
export type LoadJob =
  | {
      readonly kind: 'CLOSED_LOOP';
      readonly target: LoadTarget;
      readonly connections: number;
      readonly durationMs: number;
    }
  | { readonly kind: 'FIRST_BYTE'; readonly target: LoadTarget; readonly streams: number };

export interface LoadResult {
  /** Answers that came in, of whatever status. */
  readonly answers: number;
  readonly statuses: Readonly<Record<string, number>>;
  /** The beginning of the first answer that was no success; null when all were. */
  readonly firstFailure: string | null;
  /** From the first request to the last answer. */
  readonly elapsedMs: number;
  /** Of the whole answer, or of the first byte of its body where that was the job. */
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export type LoadReply = { readonly result: LoadResult } | { readonly error: string };
