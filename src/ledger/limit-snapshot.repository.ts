import type { LimitPolicy } from '../domain/limits/limit-policy';
import type { ScopeTerms } from '../domain/limits/effective-limits';
import type { TemplateAssignment } from '../domain/limits/template';
import type { Enforcement, LimitScope, LimitUnit, ScopeRef } from '../domain/limits/scope';
import type { LimitTermsSnapshot } from '../domain/ledger/verdict';
import type { StoreFailurePolicy } from '../domain/limits/store-failure';
import type { WindowAlignment, WindowPeriod } from '../domain/limits/window-spec';
import { moneyFromDatabase } from '../platform/database/money-column';
import type { Queryable } from '../platform/database/pool';
import { paired } from '../limits/scope-rows.repository';

/** The two ids that the id of a wanted scope is made of. */
const UNPAIRED_FIRST = `replace(replace(split_part(w.scope_id, '/', 1), '%2F', '/'), '%25', '%')`;
const UNPAIRED_SECOND = `substr(w.scope_id, strpos(w.scope_id, '/') + 1)`;

export interface LoadedScopes {
  /** The version that these terms were current at: read in the same statement, so in the same snapshot. */
  readonly version: string;
  readonly nowMs: number;
  /** In the order of the scopes asked for. */
  readonly terms: readonly ScopeTerms[];
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

interface RawAssignment {
  id: string;
  template_id: string;
  holder_scope: LimitScope;
  holder_id: string;
  within_scope: LimitScope | '';
  within_id: string;
}

interface RawScopes {
  version: string;
  now: Date;
  limits: RawLimit[] | null;
  assignments: RawAssignment[] | null;
  blocked: string[] | null;
}

/** What temporary increases add to the amount of a limit now. */
const INCREASED = `coalesce((SELECT sum(i.amount) FROM limit_increases i
  WHERE i.limit_id = l.id AND i.ended_at IS NULL AND i.expires_at > ledger_now()), 0)`;

/** Everything that is known of these scopes, in one statement. */
const LOAD_SCOPES = `
  WITH wanted AS (SELECT * FROM unnest($1::text[], $2::text[]) AS w(scope, scope_id))
  SELECT s.limits_version::text AS version, ledger_now() AS now,
         (SELECT json_agg(x) FROM (
            SELECT l.id, l.scope, l.scope_id, l.unit, (l.amount + ${INCREASED})::text AS amount, l.period, l.period_count, l.alignment,
                   (extract(epoch FROM l.anchor_at) * 1000)::bigint::text AS anchor_ms, l.timezone,
                   l.start_of_day_minutes, l.first_day_of_week, l.fiscal_start_month, l.models, l.enforcement,
                   l.on_store_failure, l.version::text, l.soft_amount::text, l.mode, l.on_exhaustion, l.fallback_model,
                   l.throttle_max_wait_ms, l.unbounded_input, l.unbounded_input_tokens
              FROM wanted w JOIN limits l ON l.scope = w.scope AND l.scope_id = w.scope_id
             WHERE l.deleted_at IS NULL
             ORDER BY l.id) x) AS limits,
         (SELECT json_agg(x) FROM (
            SELECT a.* FROM wanted w JOIN template_assignments a
                ON a.holder_scope = w.scope AND a.holder_id = w.scope_id AND a.holder_id <> ''
             WHERE a.deleted_at IS NULL
             UNION ALL
            SELECT a.* FROM wanted w JOIN template_assignments a
                ON a.within_scope = w.scope AND a.within_id = w.scope_id AND a.holder_id = ''
             WHERE a.deleted_at IS NULL
             ORDER BY id) x) AS assignments,
         (SELECT json_agg(w.scope_id) FROM wanted w
            JOIN customers c ON c.organization_id = ${UNPAIRED_FIRST} AND c.external_id = ${UNPAIRED_SECOND}
           WHERE w.scope = 'CUSTOMER' AND c.blocked) AS blocked
    FROM ledger_state s`;

export async function loadScopes(db: Queryable, scopes: readonly ScopeRef[]): Promise<LoadedScopes> {
  const { rows } = await db.query<RawScopes>(LOAD_SCOPES, [
    scopes.map((each) => each.scope),
    scopes.map((each) => each.scopeId),
  ]);
  const [row] = rows;
  if (!row) throw new Error('ledger_state has no row');
  const limits = (row.limits ?? []).map(toSnapshot);
  const assignments = (row.assignments ?? []).map(toAssignment);
  const blocked = new Set(row.blocked ?? []);
  const terms = scopes.map((scope) => ({
    limits: limits.filter((limit) => isSame(limit, scope)),
    assignments: assignments.filter(({ holderScope, holderId, within }) =>
      isSame(within ?? { scope: holderScope, scopeId: holderId ?? '' }, scope),
    ),
    isBlocked: scope.scope === 'CUSTOMER' && blocked.has(scope.scopeId),
  }));
  return { version: row.version, nowMs: row.now.getTime(), terms };
}

/** The scopes about which anything changed after that version, also what has ended, and the version they are at now. */
export async function changedScopes(
  db: Queryable,
  sinceVersion: string,
): Promise<{ version: string; scopes: ScopeRef[] }> {
  await db.query(`SELECT ledger_end_increases()`);
  const { rows } = await db.query<{ version: string; scopes: ScopeRef[] | null }>(
    `SELECT s.limits_version::text AS version, (
        SELECT json_agg(x) FROM (
          SELECT scope, scope_id AS "scopeId" FROM limits WHERE version > $1
          UNION SELECT holder_scope, holder_id FROM template_assignments WHERE version > $1 AND holder_id <> ''
          UNION SELECT within_scope, within_id FROM template_assignments WHERE version > $1 AND holder_id = ''
          UNION SELECT 'CUSTOMER', ${paired('organization_id', 'external_id')} FROM customers WHERE version > $1) x
      ) AS scopes
       FROM ledger_state s`,
    [sinceVersion],
  );
  return { version: rows[0]?.version ?? sinceVersion, scopes: rows[0]?.scopes ?? [] };
}

function isSame(a: ScopeRef, b: ScopeRef): boolean {
  return a.scope === b.scope && a.scopeId === b.scopeId;
}

function toAssignment(row: RawAssignment): TemplateAssignment {
  const { id, template_id: templateId, holder_scope: holderScope, holder_id, within_scope, within_id } = row;
  return {
    ...{ id, templateId, holderScope },
    holderId: holder_id === '' ? null : holder_id,
    within: within_scope === '' ? null : { scope: within_scope, scopeId: within_id },
  };
}

function toSnapshot(row: RawLimit): LimitTermsSnapshot {
  return {
    id: row.id,
    series: row.id,
    assignmentId: null,
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
