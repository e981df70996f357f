import type { CallEnd } from '../domain/ledger/call-end';
import { formatMoney } from '../domain/money/decimal-text';
import type { Queryable } from '../platform/database/pool';

/**
 * What became of one end: ALREADY_ENDED and UNKNOWN change nothing; ADJUSTED booked what an expiry had not known;
 * JOURNALLED is on the disk of this process, to be booked when the database is back.
 */
export type SettleOutcome =
  'JOURNALLED' | 'SETTLED' | 'VOIDED' | 'EXPIRED' | 'ADJUSTED' | 'ALREADY_ENDED' | 'UNKNOWN';

export interface SettledBatch {
  readonly outcomes: ReadonlyMap<string, SettleOutcome>;
  /** Limits whose windows changed. */
  readonly limitIds: readonly string[];
  /** Spend rows that were written. */
  readonly spendIds: readonly string[];
  /** Alerts that were raised by what was booked. */
  readonly alertIds: readonly string[];
}

/** Ends a batch of calls in one statement and one transaction. Safe to run again after a lost answer. */
export async function settleCalls(db: Queryable, ends: readonly CallEnd[]): Promise<SettledBatch> {
  const { rows } = await db.query<{
    result: { calls: Record<string, SettleOutcome>; limits: string[]; spend: string[]; alerts: string[] };
  }>(`SELECT ledger_settle($1) AS result`, [JSON.stringify(ends.map(endJson))]);
  const result = rows[0]?.result;
  if (!result) throw new Error('ledger_settle gave no answer');
  return {
    outcomes: new Map(Object.entries(result.calls)),
    limitIds: result.limits,
    spendIds: result.spend,
    alertIds: result.alerts,
  };
}

function endJson(end: CallEnd): Record<string, unknown> {
  return {
    id: end.callId,
    outcome: end.outcome,
    status: end.status,
    cost: end.cost === null ? null : formatMoney(end.cost),
    pricing_status: end.pricingStatus,
    price_id: end.priceId,
    cost_breakdown: end.costBreakdown,
    pricing_terms: end.pricingTerms ?? null,
    usage: end.usage,
    raw_usage: end.rawUsage,
    usage_source: end.usageSource,
    input_tokens: end.inputTokens,
    output_tokens: end.outputTokens,
    requests: end.requests,
    served_model: end.servedModel,
    duration_ms: end.durationMs,
    first_byte_ms: end.firstByteMs,
    http_status: end.httpStatus,
    error: end.error,
  };
}
