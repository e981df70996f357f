import type { ReadResponse } from './response-reader';

const MAX_EXCERPT = 2_000;

/** What came back, counted by status: the benchmark takes nothing but successes for work done. */
export class Tally {
  private readonly counts: Record<string, number> = {};
  private failure: string | null = null;

  add({ status, bytes }: ReadResponse, isWhole = true): void {
    this.counts[status] = (this.counts[status] ?? 0) + 1;
    if (status < 200 || status > 299 || !isWhole)
      this.failure ??= bytes.toString('utf8').slice(0, MAX_EXCERPT);
  }

  /** Answers by their status. */
  get statuses(): Readonly<Record<string, number>> {
    return this.counts;
  }

  /** The beginning of the first answer that was no success, or not all of one. */
  get firstFailure(): string | null {
    return this.failure;
  }
}
