import type { Usage, UsageUnit } from '../usage/usage';
import { BilledLine, summarise, unpricedCost, type Cost } from './cost';
import { billedLines } from './cost-of';
import { hasRates, isFree, type PriceSheet } from './price';
import type { PriceAdjustments } from './price-adjustments';
import type { PricingContext } from './pricing-context';
import { compareRates } from './unit-rate';

/**
 * What the requests of a batch cost together. Each is billed by itself, because thresholds and minimums go by requests;
 * discount, margin and the one rounding are those of the sum.
 */
export class BatchCost {
  private readonly billed = new Map<UsageUnit, BilledLine[]>();
  private readonly unpricedUnits = new Set<UsageUnit>();
  private hasUnpriced = false;
  private isFree = true;
  private priced = 0;

  /** A request that was answered; a null sheet when its model has no price. */
  add(usage: Usage, sheet: PriceSheet | null, context: PricingContext): void {
    const { lines, unpricedUnits } =
      sheet === null ? { lines: [], unpricedUnits: [] } : billedLines(usage, sheet, context);
    for (const unit of unpricedUnits) this.unpricedUnits.add(unit);
    const isUnpriced = sheet === null || !hasRates(sheet) || (lines.length === 0 && unpricedUnits.length > 0);
    if (isUnpriced) {
      this.hasUnpriced = true;
      return;
    }
    this.priced += 1;
    this.isFree &&= isFree(sheet);
    for (const line of lines) this.bill(line.unit, line.quantity, line);
  }

  /** Whether a unit was billed at several rates, so that the sum of the usage does not tell the cost. */
  get isMixed(): boolean {
    return [...this.billed.values()].some((lines) => lines.length > 1);
  }

  /** Nothing answered costs nothing. */
  read(adjustments?: PriceAdjustments): Cost {
    const unpricedUnits = [...this.unpricedUnits];
    if (this.priced === 0)
      return this.hasUnpriced
        ? unpricedCost(unpricedUnits)
        : { status: 'PRICED', total: 0n, breakdown: {}, lines: [], unpricedUnits };
    const lines = [...this.billed.values()].flat();
    const { total, breakdown } = summarise(lines, adjustments);
    const isWhole = !this.hasUnpriced && unpricedUnits.length === 0;
    const whole = total === 0n && this.isFree ? 'FREE' : 'PRICED';
    return { status: isWhole ? whole : 'PARTIAL', total, breakdown, lines, unpricedUnits };
  }

  private bill(unit: UsageUnit, quantity: number, { rate }: Pick<BilledLine, 'rate'>): void {
    const lines = this.billed.get(unit) ?? [];
    const at = lines.findIndex((line) => compareRates(line.rate, rate) === 0);
    const before = lines[at];
    if (before === undefined) lines.push(new BilledLine(unit, quantity, rate));
    else lines[at] = new BilledLine(unit, before.quantity + quantity, before.rate);
    this.billed.set(unit, lines);
  }
}
