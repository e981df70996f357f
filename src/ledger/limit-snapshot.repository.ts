import type { LimitPolicy } from '../domain/limits/limit-policy';
import type { Enforcement, LimitScope, LimitUnit, ScopeRef } from '../domain/limits/scope';
import type { LimitTermsSnapshot } from '../domain/ledger/verdict';
import type { StoreFailurePolicy } from '../domain/limits/store-failure';
import type { WindowAlignment, WindowPeriod } from '../domain/limits/window-spec';
import { moneyFromDatabase } from '../platform/database/money-column';
import type { Queryable } from '../platform/database/pool';

export interface LoadedLimits {
  /** The version that these limits were current at: read in the same statement, so in the same snapshot. */
  readonly version: string;
  readonly nowMs: number;
  readonly limits: readonly LimitTermsSnapshot[];
}

interface RawLimit {
  id: string;
  scope: LimitScope;
  scope_id: string;
  unit: LimitUnit;
  amount: string;
  period: WindowPeriod;
  period_count: number;
  alignment: WindowAlignment;
  anchor_ms: string | null;
  timezone: string;
  start_of_day_minutes: number;
  first_day_of_week: number;
  fiscal_start_month: number;
  models: string[];
  enforcement: Enforcement;
  on_store_failure: StoreFailurePolicy;
  version: string;
  soft_amount: string | null;
  mode: LimitPolicy['mode'];
  on_exhaustion: LimitPolicy['onExhaustion'];
  fallback_model: string | null;
  throttle_max_wait_ms: number | null;
  unbounded_input: LimitPolicy['unboundedInput'];
  unbounded_input_tokens: number | null;
}

export async function loadLimits(db: Queryable, scopes: readonly ScopeRef[]): Promise<LoadedLimits> {
  const { rows } = await db.query<{ version: string; now: Date; limits: RawLimit[] | null }>(
    `SELECT s.limits_version::text AS version, ledger_now() AS now,
            (SELECT json_agg(x) FROM (
               SELECT l.id, l.scope, l.scope_id, l.unit, l.amount::text, l.period, l.period_count, l.alignment,
                      (extract(epoch FROM l.anchor_at) * 1000)::bigint::text AS anchor_ms, l.timezone,
                      l.start_of_day_minutes, l.first_day_of_week, l.fiscal_start_month, l.models, l.enforcement, l.on_store_failure,
                      l.version::text,
                      l.soft_amount::text, l.mode, l.on_exhaustion, l.fallback_model, l.throttle_max_wait_ms,
                      l.unbounded_input, l.unbounded_input_tokens
                 FROM unnest($1::text[], $2::text[]) AS w(scope, scope_id)
                 JOIN limits l ON l.scope = w.scope AND l.scope_id = w.scope_id
                WHERE l.deleted_at IS NULL
                ORDER BY l.id) x) AS limits
       FROM ledger_state s`,
    [scopes.map((each) => each.scope), scopes.map((each) => each.scopeId)],
  );
  const [row] = rows;
  if (!row) throw new Error('ledger_state has no row');
  return { version: row.version, nowMs: row.now.getTime(), limits: (row.limits ?? []).map(toSnapshot) };
}

/** The scopes whose limits changed after that version, ended ones included, and the version they are at now. */
export async function changedScopes(
  db: Queryable,
  sinceVersion: string,
): Promise<{ version: string; scopes: ScopeRef[] }> {
  const { rows } = await db.query<{ version: string; scopes: ScopeRef[] | null }>(
    `SELECT s.limits_version::text AS version,
            (SELECT json_agg(json_build_object('scope', l.scope, 'scopeId', l.scope_id))
               FROM limits l WHERE l.version > $1) AS scopes
       FROM ledger_state s`,
    [sinceVersion],
  );
  return { version: rows[0]?.version ?? sinceVersion, scopes: rows[0]?.scopes ?? [] };
}

function toSnapshot(row: RawLimit): LimitTermsSnapshot {
  return {
    id: row.id,
    scope: row.scope,
    scopeId: row.scope_id,
    unit: row.unit,
    amount: moneyFromDatabase(row.amount),
    spec: {
      period: row.period,
      count: row.period_count,
      alignment: row.alignment,
      anchorMs: row.anchor_ms === null ? null : Number(row.anchor_ms),
      timezone: row.timezone,
      startOfDayMinutes: row.start_of_day_minutes,
      firstDayOfWeek: row.first_day_of_week,
      fiscalStartMonth: row.fiscal_start_month,
    },
    models: row.models,
    enforcement: row.enforcement,
    onStoreFailure: row.on_store_failure,
    softAmount: row.soft_amount === null ? null : moneyFromDatabase(row.soft_amount),
    policy: {
      mode: row.mode,
      onExhaustion: row.on_exhaustion,
      fallbackModel: row.fallback_model,
      throttleMaxWaitMs: row.throttle_max_wait_ms,
      unboundedInput: row.unbounded_input,
      unboundedInputTokens: row.unbounded_input_tokens,
    },
    version: row.version,
  };
}
