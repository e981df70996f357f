import { totalTokens, USAGE_UNITS, type Usage, type UsageUnit } from '../usage/usage';

/** A provider's usage block, read once into disjoint buckets. */
export interface NormalisedUsage {
  readonly usage: Usage;
  /** The provider's block as it came, to be kept beside the row. */
  readonly raw: unknown;
  /** False when the block contradicts itself; `issues` says how. The buckets then follow the provider's totals. */
  readonly reconciles: boolean;
  /** What did not add up, in words; empty when the block reconciles. */
  readonly issues: readonly string[];
  /** What the provider says that the call cost, in USD as decimal text; null when it says nothing. */
  readonly reportedCostUsd: string | null;
}

/** Collects buckets while a provider's total is dealt out, and notes each part that does not fit. */
export class UsageBuilder {
  private readonly buckets: Partial<Record<UsageUnit, number>> = {};
  private readonly problems: string[] = [];

  add(unit: UsageUnit, amount: number): void {
    if (amount > 0) this.buckets[unit] = (this.buckets[unit] ?? 0) + amount;
  }

  note(problem: string): void {
    this.problems.push(problem);
  }

  /**
   * Takes `wanted` from what is left of a total and answers what is left afterwards. A part larger than the rest is
   * cut to it and noted: the provider bills its totals, so those are what the buckets must add up to.
   */
  take(unit: UsageUnit, wanted: number, rest: number, name: string): number {
    const taken = Math.min(wanted, rest);
    if (taken < wanted) this.note(`${name} is ${wanted}, more than the ${rest} left of its total`);
    this.add(unit, taken);
    return rest - taken;
  }

  /** Notes a total that the buckets do not add up to; a null total says nothing and is not checked. */
  expectTotal(total: number | null, name: string): void {
    const sum = totalTokens(this.buckets);
    if (total !== null && total !== sum) this.note(`the buckets add up to ${sum}, ${name} says ${total}`);
  }

  build(raw: unknown, reportedCostUsd: string | null = null): NormalisedUsage {
    const usage: Partial<Record<UsageUnit, number>> = {};
    for (const unit of USAGE_UNITS) if (this.buckets[unit] !== undefined) usage[unit] = this.buckets[unit];
    const issues = this.problems;
    return { usage, raw, reconciles: issues.length === 0, issues, reportedCostUsd };
  }
}
