import { formatMoney, parseMoney } from '../money/decimal-text';
import type { Money } from '../money/money';
import type { Cost, CostStatus } from './cost';

/** What is booked for a call so far: its own row and its earlier ratings together. */
export interface BookedCost {
  /** Null when nothing was ever booked but UNPRICED. */
  readonly total: Money | null;
  readonly status: CostStatus;
  /** The parts of each of its rows, as decimal text; null for a row without. */
  readonly breakdowns: readonly (Readonly<Record<string, string>> | null)[];
}

/** What has to be booked beside it, so that the sum is what the call costs now. */
export interface Rerating {
  readonly difference: Money;
  readonly status: CostStatus;
  /** Signed decimal text per part; the parts add up to the difference. */
  readonly breakdown: Readonly<Record<string, string>>;
}

/** Null where nothing has to be booked: the call costs what it did, or still has no price. */
export function rerate(booked: BookedCost, cost: Cost): Rerating | null {
  if (cost.total === null) return null;
  const difference = cost.total - (booked.total ?? 0n);
  if (difference === 0n && booked.status === cost.status && booked.total !== null) return null;
  const parts = new Map<string, Money>(Object.entries(cost.breakdown));
  for (const breakdown of booked.breakdowns) {
    for (const [part, text] of Object.entries(breakdown ?? {})) {
      parts.set(part, (parts.get(part) ?? 0n) - amountOf(text));
    }
  }
  // A row from before parts were kept has a cost and none of them: what they do not explain is told as other.
  const unexplained = difference - [...parts.values()].reduce((sum, amount) => sum + amount, 0n);
  if (unexplained !== 0n) parts.set('other', (parts.get('other') ?? 0n) + unexplained);
  const breakdown = [...parts].filter(([, amount]) => amount !== 0n);
  return {
    difference,
    status: cost.status,
    breakdown: Object.fromEntries(breakdown.map(([part, amount]) => [part, formatMoney(amount)])),
  };
}

function amountOf(text: string): Money {
  const amount = parseMoney(text);
  if (!amount.ok) throw new Error(`A booked part of a cost is no amount: ${amount.error}`);
  return amount.value;
}
