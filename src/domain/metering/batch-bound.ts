import type { Usage, UsageUnit } from '../usage/usage';
import type { RequestBound } from './request-bound';

/** What the requests of a batch can use at most, all together. */
export interface BatchBound {
  /** Where every one of them goes, such as "/v1/chat/completions". */
  readonly url: string;
  readonly requests: number;
  readonly inputTokens: number;
  /** Those of the input tokens that stand for what the requests do not hold, such as a file that they name. */
  readonly unboundedInputTokens: number;
  readonly outputTokens: number;
  /** Input tokens of the largest request: thresholds of prices go by requests. */
  readonly mostInputTokens: number;
  /** What is billed by the piece, beside requests. */
  readonly counts: Usage;
  /** How many times each thing is named whose size the requests do not tell. */
  readonly unbounded: Readonly<Record<string, number>>;
  /** What they ask of a search tool; null when they ask nothing. */
  readonly searchContextSize: string | null;
}

/** A request as its batch adds it up. */
export interface BoundedRequest extends Pick<RequestBound, 'inputTokens' | 'unbounded'> {
  readonly unboundedInputTokens: number;
  readonly outputTokens: number;
  readonly counts: Usage;
}

/** Adds the bounds of requests up. */
export class BatchBoundSum {
  private requests = 0;
  private inputTokens = 0;
  private unboundedInputTokens = 0;
  private outputTokens = 0;
  private mostInputTokens = 0;
  private readonly counts: Partial<Record<UsageUnit, number>> = {};
  private readonly unbounded: Record<string, number> = {};

  add(request: BoundedRequest): void {
    const inputTokens = request.inputTokens + request.unboundedInputTokens;
    this.requests += 1;
    this.inputTokens += inputTokens;
    this.unboundedInputTokens += request.unboundedInputTokens;
    this.outputTokens += request.outputTokens;
    this.mostInputTokens = Math.max(this.mostInputTokens, inputTokens);
    for (const [unit, count] of Object.entries(request.counts) as [UsageUnit, number][])
      this.counts[unit] = (this.counts[unit] ?? 0) + count;
    for (const thing of request.unbounded) this.unbounded[thing] = (this.unbounded[thing] ?? 0) + 1;
  }

  read({ url, searchContextSize }: Pick<BatchBound, 'url' | 'searchContextSize'>): BatchBound {
    const { requests, inputTokens, unboundedInputTokens, outputTokens, mostInputTokens } = this;
    const sums = { requests, inputTokens, unboundedInputTokens, outputTokens, mostInputTokens };
    // It is kept, so that nothing else of the requests may be in it.
    return { url, searchContextSize, ...sums, counts: this.counts, unbounded: this.unbounded };
  }
}
