import type { AdjustmentScope } from '../domain/pricing/adjustment-rules';
import { canonicalProvider } from '../domain/pricing/model-name';
import { parseAdjustments } from '../domain/pricing/price-adjustments';
import { err, ok, type Result } from '../domain/result';
import { nameIssues, textIssues } from '../platform/input-checks';
import { issue, type UserIssue } from '../platform/user-issue';
import type { AdjustmentSlot } from './price-adjustment.repository';

export interface SetPriceAdjustment {
  readonly scope: AdjustmentScope;
  readonly scopeId?: string | null | undefined;
  readonly provider?: string | null | undefined;
  /** Fraction, as decimal text. */
  readonly discount?: string | null | undefined;
  readonly marginPercentage?: string | null | undefined;
  /** USD on every call, as decimal text. */
  readonly marginFixedUsd?: string | null | undefined;
  readonly effectiveFrom?: Date | null | undefined;
  readonly effectiveUntil?: Date | null | undefined;
  readonly reason?: string | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** Amounts as decimal text without exponent. */
export interface ReadAdjustment {
  readonly slot: AdjustmentSlot;
  readonly discount: string | null;
  readonly margin: { readonly percentage: string; readonly fixedUsd: string } | null;
  readonly from: Date;
  readonly until: Date | null;
  readonly reason: string;
}

/** Checks what the caller entered and fills in what follows from it. */
export function readAdjustment(input: SetPriceAdjustment, now: Date): Result<ReadAdjustment, UserIssue[]> {
  const issues = [...nameIssues('provider', input.provider), ...textIssues('reason', input.reason)];
  if (issues.length > 0) return err(issues);
  const slot = readSlot(input);
  if (!slot.ok) return slot;
  const amounts = readAmounts(input);
  if (!amounts.ok) return amounts;
  const from = input.effectiveFrom ?? now;
  const until = input.effectiveUntil ?? null;
  if (until !== null && until <= from) {
    return issue('INVALID', 'effectiveUntil', 'It must end after it starts.');
  }
  return ok({
    slot: slot.value,
    ...amounts.value,
    ...{ from, until },
    reason: input.reason?.trim() ?? '',
  });
}

function readAmounts(
  input: SetPriceAdjustment,
): Result<Pick<ReadAdjustment, 'discount' | 'margin'>, UserIssue[]> {
  const parsed = parseAdjustments({ ...input, marginFixed: input.marginFixedUsd });
  if (!parsed.ok) {
    const { field, message } = parsed.error;
    return issue('INVALID', field === 'marginFixed' ? 'marginFixedUsd' : field, `${message}.`);
  }
  const { discount, marginPercentage, marginFixed } = parsed.value;
  const hasMargin = input.marginPercentage != null || input.marginFixedUsd != null;
  if (input.discount == null && !hasMargin) {
    const message = 'Give a discount, a margin or both. "0" shields from less binding ones.';
    return issue('REQUIRED', 'discount', message);
  }
  return ok({
    discount: input.discount == null ? null : discount.toFixed(),
    margin: hasMargin ? { percentage: marginPercentage.toFixed(), fixedUsd: marginFixed.toFixed() } : null,
  });
}

function readSlot(input: SetPriceAdjustment): Result<AdjustmentSlot, UserIssue[]> {
  const { scope, scopeId = null } = input;
  const provider = input.provider == null ? null : canonicalProvider(input.provider);
  if (scope === 'SERVER' && scopeId !== null) {
    return issue('INVALID', 'scopeId', 'SERVER is for every call. Leave scopeId out, or change the scope.');
  }
  if (scope !== 'SERVER' && scopeId === null) {
    return issue('REQUIRED', 'scopeId', `Name the ${scope.toLowerCase()} that it is for.`);
  }
  return ok({ scope, scopeId, provider });
}
