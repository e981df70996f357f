import { canonicalProvider } from './model-name';
import { NO_ADJUSTMENTS, type Margin, type PriceAdjustments } from './price-adjustments';
import type { Rate } from '../money/rate';

/** Whose calls a discount or margin is for, from the most to the least binding. */
export const ADJUSTMENT_SCOPES = ['KEY', 'TEAM', 'ORGANIZATION', 'SERVER'] as const;
export type AdjustmentScope = (typeof ADJUSTMENT_SCOPES)[number];

/** A discount, a margin or both, for one scope and one provider or all. What is null is left to less binding rules. */
export interface AdjustmentRule {
  readonly id: string;
  readonly scope: AdjustmentScope;
  /** The key, team or organization; null for SERVER. */
  readonly scopeId: string | null;
  /** Null: every provider that has no rule of its own on the same scope. */
  readonly provider: string | null;
  readonly discount: Rate | null;
  readonly margin: Margin | null;
  /** Epoch milliseconds, inclusive; null means since ever. */
  readonly effectiveFromMs: number | null;
  /** Epoch milliseconds, exclusive; null means without end. */
  readonly effectiveUntilMs: number | null;
}

/** The call that is adjusted. */
export interface AdjustmentQuery {
  readonly provider: string | null;
  readonly atMs: number;
  readonly keyId?: string | null;
  readonly teamId?: string | null;
  readonly organizationId?: string | null;
}

export interface ChosenAdjustments {
  readonly adjustments: PriceAdjustments;
  /** The rule that the discount comes from; null when there is none. */
  readonly discountRule: AdjustmentRule | null;
  readonly marginRule: AdjustmentRule | null;
}

const NONE: ChosenAdjustments = { adjustments: NO_ADJUSTMENTS, discountRule: null, marginRule: null };

/**
 * The discount and the margin of a call, each from the most binding rule that has one: a key's before its team's, its
 * organization's and the server's; on one scope a provider's before that for all (LiteLLM: a provider's margin replaces
 * `global`); then the newest.
 */
export function chooseAdjustments(
  rules: readonly AdjustmentRule[],
  query: AdjustmentQuery,
): ChosenAdjustments {
  if (rules.length === 0) return NONE;
  const usable = rules.filter((rule) => isFor(rule, query)).sort(mostBindingFirst);
  const discountRule = usable.find((rule) => rule.discount !== null) ?? null;
  const marginRule = usable.find((rule) => rule.margin !== null) ?? null;
  if (discountRule === null && marginRule === null) return NONE;
  return {
    adjustments: {
      discount: discountRule?.discount ?? NO_ADJUSTMENTS.discount,
      marginPercentage: marginRule?.margin?.percentage ?? NO_ADJUSTMENTS.marginPercentage,
      marginFixed: marginRule?.margin?.fixed ?? NO_ADJUSTMENTS.marginFixed,
    },
    discountRule,
    marginRule,
  };
}

function isFor(rule: AdjustmentRule, query: AdjustmentQuery): boolean {
  const { effectiveFromMs: from, effectiveUntilMs: until } = rule;
  if ((from !== null && query.atMs < from) || (until !== null && query.atMs >= until)) return false;
  if (rule.provider !== null && (query.provider === null || !isSameProvider(rule.provider, query.provider))) {
    return false;
  }
  switch (rule.scope) {
    case 'KEY':
      return rule.scopeId === query.keyId;
    case 'TEAM':
      return rule.scopeId === query.teamId;
    case 'ORGANIZATION':
      return rule.scopeId === query.organizationId;
    case 'SERVER':
      return true;
  }
}

function isSameProvider(a: string, b: string): boolean {
  return canonicalProvider(a) === canonicalProvider(b);
}

function mostBindingFirst(a: AdjustmentRule, b: AdjustmentRule): number {
  const byScope = ADJUSTMENT_SCOPES.indexOf(a.scope) - ADJUSTMENT_SCOPES.indexOf(b.scope);
  if (byScope !== 0) return byScope;
  const byProvider = Number(b.provider !== null) - Number(a.provider !== null);
  if (byProvider !== 0) return byProvider;
  const byStart = startOf(b) - startOf(a);
  return byStart === 0 ? (a.id < b.id ? 1 : -1) : byStart;
}

function startOf(rule: AdjustmentRule): number {
  return rule.effectiveFromMs ?? Number.MIN_SAFE_INTEGER;
}
