import type { EntityManager } from 'typeorm';
import type { LimitScope, ScopeRef } from '../domain/limits/scope';
import { DEFAULT_LEVELS } from '../domain/limits/template';
import type { Window } from '../domain/limits/window-spec';
import { windowAt } from '../domain/limits/window';
import { adjustedIn, HELD, instantsOf, IS_OPEN, sumUpReserved } from './limit-books.repository';
import { LimitEntity, windowSpecOf } from './limit.entity';
import { holderOf, isOnScope } from './scope-rows.repository';

/** What a change may have touched: limits of templates, assignments, and things whose own limits changed. */
export interface Touched {
  readonly limitIds?: readonly string[];
  readonly assignmentIds?: readonly string[];
  readonly holders?: readonly ScopeRef[];
}

interface Reach {
  readonly limitIds: readonly string[];
  readonly assignmentIds: readonly string[];
  readonly holders: readonly ScopeRef[];
}

/**
 * Puts the windows of holders of templates in order after a change of limits, templates or assignments, inside its
 * transaction, with the ledger held alone: those in which calls count no longer end now, and those in which they count
 * from now on hold what the log and the open reservations have in them. What is in order already stays as it is.
 */
export async function reconcileHolders(manager: EntityManager, now: Date, touched: Touched): Promise<void> {
  const reach = await withTheirHolders(manager, touched);
  await closeIneffective(manager, now, reach);
  for (const limit of await limitsInReach(manager, reach)) {
    const kinds: { scope: LimitScope; by_name: boolean }[] = await manager.query(
      `SELECT DISTINCT holder_scope AS scope, holder_id <> '' AS by_name FROM template_assignments
        WHERE template_id = $1 AND deleted_at IS NULL`,
      [limit.scopeId],
    );
    for (const kind of kinds) await backfillHolders(manager, now, limit, kind, reach);
  }
}

/** A template that is given to a thing by name takes the place of defaults, so that those are touched with it. */
async function withTheirHolders(manager: EntityManager, touched: Touched): Promise<Reach> {
  const { limitIds = [], assignmentIds = [], holders = [] } = touched;
  const named: ScopeRef[] = await manager.query(
    `SELECT DISTINCT a.holder_scope AS scope, a.holder_id AS "scopeId" FROM template_assignments a
      WHERE a.holder_id <> '' AND (a.id = ANY ($1)
         OR a.template_id IN (SELECT l.scope_id FROM limits l WHERE l.scope = 'TEMPLATE' AND l.id = ANY ($2)))`,
    [assignmentIds, limitIds],
  );
  return { limitIds, assignmentIds, holders: [...holders, ...named] };
}

/** Whether the limit `l` of a template holds for `holder` by the assignment `a`: the rules of `effectiveLimits`. */
export function isEffective(holder: string): string {
  const alike = `other.deleted_at IS NULL AND other.unit = l.unit AND other.models = l.models`;
  return `(l.deleted_at IS NULL AND a.deleted_at IS NULL AND l.scope = 'TEMPLATE' AND l.scope_id = a.template_id
    AND NOT EXISTS (SELECT 1 FROM limits other
      WHERE other.scope = a.holder_scope AND other.scope_id = ${holder} AND ${alike})
    AND (a.holder_id <> '' OR NOT EXISTS (SELECT 1 FROM template_assignments given
      JOIN limits other ON other.scope = 'TEMPLATE' AND other.scope_id = given.template_id
      WHERE given.holder_scope = a.holder_scope AND given.holder_id = ${holder} AND given.deleted_at IS NULL
        AND ${alike})))`;
}

function isInReach(holder: string): string {
  return `(l.id = ANY ($1::text[]) OR a.id = ANY ($2::text[]) OR EXISTS (
    SELECT 1 FROM unnest($3::text[], $4::text[]) AS h(scope, id) WHERE h.scope = a.holder_scope AND h.id = ${holder}))`;
}

function parametersOf({ limitIds, assignmentIds, holders }: Reach): unknown[] {
  return [limitIds, assignmentIds, holders.map((each) => each.scope), holders.map((each) => each.scopeId)];
}

async function closeIneffective(manager: EntityManager, now: Date, reach: Reach): Promise<void> {
  const lost = `w.limit_id = l.id AND w.assignment_id = a.id AND (w.ends_at IS NULL OR w.ends_at > $5)
    AND ${isInReach('w.holder_id')} AND NOT ${isEffective('w.holder_id')}`;
  const parameters = [...parametersOf(reach), now];
  await manager.query(
    `UPDATE limit_windows w SET ends_at = $5 FROM limits l, template_assignments a WHERE ${lost} AND w.starts_at < $5`,
    parameters,
  );
  await manager.query(
    `DELETE FROM limit_windows w USING limits l, template_assignments a WHERE ${lost} AND w.starts_at >= $5`,
    parameters,
  );
}

async function limitsInReach(manager: EntityManager, reach: Reach): Promise<LimitEntity[]> {
  const ids: { id: string }[] = await manager.query(
    `SELECT DISTINCT l.id FROM limits l
       JOIN template_assignments a ON a.template_id = l.scope_id AND a.deleted_at IS NULL
      WHERE l.scope = 'TEMPLATE' AND l.deleted_at IS NULL
        AND (l.id = ANY ($1::text[]) OR a.id = ANY ($2::text[]) OR EXISTS (
          SELECT 1 FROM unnest($3::text[], $4::text[]) AS h(scope, id)
           WHERE h.scope = a.holder_scope AND (a.holder_id = '' OR a.holder_id = h.id)))
      ORDER BY l.id`,
    parametersOf(reach),
  );
  return Promise.all(ids.map(({ id }) => manager.findOneByOrFail(LimitEntity, { id })));
}

/** Windows of the limit for the holders of one kind that used anything in the present one, or have such a window already. */
async function backfillHolders(
  manager: EntityManager,
  now: Date,
  limit: LimitEntity,
  kind: { readonly scope: LimitScope; readonly by_name: boolean },
  reach: Reach,
): Promise<void> {
  const { startsAt, endsAt } = instantsOf(windowAt(windowSpecOf(limit), now.getTime()));
  const holder = kind.by_name ? 'a.holder_id' : holderOf(kind.scope, 'r');
  const assigned = `JOIN limits l ON l.id = $6
    JOIN template_assignments a ON a.template_id = l.scope_id AND a.deleted_at IS NULL AND a.holder_scope = $7
     AND ${kind.by_name ? `a.holder_id <> '' AND ${isOnScope(kind.scope, 'a.holder_id', 'r')}` : `a.holder_id = '' AND ${holder} <> '' AND ${isWithin(kind.scope)}`}`;
  const inWindow = `r.admitted_at >= $5 AND ($8::timestamptz IS NULL OR r.admitted_at < $8)
    AND model_matches(r.model_names, l.models) AND ${isInReach(holder)}`;
  const parameters = [...parametersOf(reach), startsAt, limit.id, kind.scope, endsAt];
  const opened: { id: string }[] = await manager.query(
    `WITH used AS (
       SELECT a.id AS assignment_id, ${holder} AS holder_id,
              ledger_unit_amount(l.unit, r.cost, r.input_tokens, r.output_tokens, r.requests::integer) AS amount
         FROM spend_entries r ${assigned} WHERE ${inWindow}
       UNION ALL
       SELECT a.id, ${holder}, 0 FROM reservations r ${assigned} WHERE ${IS_OPEN} AND ${inWindow}
       UNION ALL
       SELECT a.id, w.holder_id, 0 FROM limit_windows w JOIN limits l ON l.id = w.limit_id
         JOIN template_assignments a ON a.id = w.assignment_id AND a.holder_scope = $7
          AND (a.holder_id <> '') = ${String(kind.by_name)}
        WHERE w.limit_id = $6 AND w.starts_at = $5 AND ${isInReach('w.holder_id')})
     INSERT INTO limit_windows (limit_id, assignment_id, holder_id, unit, starts_at, ends_at, spent)
     SELECT l.id, a.id, u.holder_id, l.unit, $5, $8, u.amount + ${adjustedIn('l.id', 'a.id', 'u.holder_id', '$5', '$8')}
       FROM (SELECT assignment_id, holder_id, sum(amount) AS amount FROM used GROUP BY 1, 2) u
       JOIN template_assignments a ON a.id = u.assignment_id JOIN limits l ON l.id = $6
      WHERE ${isEffective('u.holder_id')}
     ON CONFLICT (limit_id, assignment_id, holder_id, starts_at)
     DO UPDATE SET ends_at = excluded.ends_at, spent = excluded.spent
     RETURNING id::text`,
    parameters,
  );
  if (opened.length === 0) return;
  const ids = opened.map((row) => row.id);
  await manager.query(
    `WITH missing AS (
       SELECT r.id, array_agg(w.id ORDER BY w.id) AS window_ids, count(*) AS windows
         FROM reservations r ${assigned}
         JOIN limit_windows w ON w.limit_id = l.id AND w.assignment_id = a.id AND w.holder_id = ${holder}
          AND w.starts_at = $5 AND w.id = ANY ($9::bigint[]) AND NOT (w.id = ANY (r.window_ids))
        WHERE ${IS_OPEN} AND ${inWindow} GROUP BY r.id)
     UPDATE reservations r SET window_ids = r.window_ids || m.window_ids,
            held = r.held || array_fill(${HELD.replace('$1', '$10')}, ARRAY[m.windows::integer])
       FROM missing m WHERE m.id = r.id`,
    [...parameters, ids, limit.unit],
  );
  await sumUpReserved(manager, ids);
}

/** An empty window of a holder that has none yet: nobody was admitted in it, or there would be one. */
export async function makeHolderWindow(
  manager: EntityManager,
  limit: LimitEntity,
  holder: { readonly assignmentId: string; readonly holderId: string },
  window: Window,
): Promise<void> {
  const { startsAt, endsAt } = instantsOf(window);
  await manager.query(
    `INSERT INTO limit_windows (limit_id, assignment_id, holder_id, unit, starts_at, ends_at)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (limit_id, assignment_id, holder_id, starts_at) DO NOTHING`,
    [limit.id, holder.assignmentId, holder.holderId, limit.unit, startsAt, endsAt],
  );
}

/** Whether a row belongs to what a default for a kind of holder is set on. */
function isWithin(holder: LimitScope): string {
  const levels = DEFAULT_LEVELS[holder] ?? [];
  const cases = levels.map((level) => `WHEN '${level}' THEN ${isOnScope(level, 'a.within_id', 'r')}`);
  return `CASE a.within_scope ${cases.join(' ')} ELSE FALSE END`;
}
