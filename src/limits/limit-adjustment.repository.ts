import type { EntityManager } from 'typeorm';
import type { Window } from '../domain/limits/window-spec';
import { keysetChildren } from '../platform/database/keyset-children';
import { byInstant, type Page, type PageRequest } from '../platform/database/keyset';
import { formatMoney } from '../domain/money/decimal-text';
import { LimitAdjustmentEntity, type AdjustmentKind } from './limit-adjustment.entity';
import { LimitIncreaseEntity } from './limit-increase.entity';
import { instantsOf } from './limit-books.repository';
import type { LimitEntity } from './limit.entity';

/** Whose window: both empty for the limit's own. */
export interface WindowHolder {
  readonly assignmentId: string;
  readonly holderId: string;
}

export interface Booking {
  readonly id: string;
  readonly kind: AdjustmentKind;
  readonly amount: bigint;
  readonly actor: string;
  readonly reason: string;
}

/**
 * Books in that window, which is made when no call has needed it yet. False when it is not the present one any more, or
 * when the limits changed meanwhile.
 */
export async function bookInOwnWindow(
  manager: EntityManager,
  limit: LimitEntity,
  window: Window,
  booking: Booking,
): Promise<boolean> {
  const { startsAt, endsAt } = instantsOf(window);
  const rows: unknown[] = await manager.query(
    `SELECT a.booked_at FROM ledger_state s
      CROSS JOIN LATERAL ledger_make_windows(s.limits_version, ARRAY[$1], ARRAY[''], ARRAY[''], ARRAY[$2],
                                             ARRAY[$3::timestamptz], ARRAY[$4::timestamptz]) w
      CROSS JOIN LATERAL ledger_adjust($5, w.id, $6, $7, $8, $9) a`,
    [limit.id, limit.unit, startsAt, endsAt, ...valuesOf(booking)],
  );
  return rows.length > 0;
}

/** Books in the present window of one holder of a template's limit. False when nothing was counted in one yet. */
export async function bookInHoldersWindow(
  manager: EntityManager,
  limitId: string,
  { assignmentId, holderId }: WindowHolder,
  booking: Booking,
): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    `SELECT a.booked_at FROM limit_windows w
      CROSS JOIN LATERAL ledger_adjust($4, w.id, $5, $6, $7, $8) a
      WHERE w.limit_id = $1 AND w.assignment_id = $2 AND w.holder_id = $3 AND w.holder_id <> ''
        AND w.starts_at <= ledger_now() AND (w.ends_at IS NULL OR w.ends_at > ledger_now())`,
    [limitId, assignmentId, holderId, ...valuesOf(booking)],
  );
  return rows.length > 0;
}

function valuesOf({ id, kind, amount, actor, reason }: Booking): string[] {
  return [id, kind, formatMoney(amount), actor, reason];
}

/** The adjustments of each of these limits, newest first, a page each. */
export async function listAdjustments(
  manager: EntityManager,
  limitIds: readonly string[],
  page: PageRequest,
): Promise<Map<string, Page<LimitAdjustmentEntity>>> {
  const query = manager.createQueryBuilder(LimitAdjustmentEntity, 'adj').where('TRUE');
  const parent = { column: 'adj.limit_id', idOf: (row: LimitAdjustmentEntity) => row.limitId };
  const read = (row: LimitAdjustmentEntity): Date => row.bookedAt;
  const order = byInstant('adjustment.bookedAt', 'adj.booked_at', read, { descending: true });
  return keysetChildren(query, parent, limitIds, order, page);
}

/** The temporary increases of each of these limits, newest first, a page each. */
export async function listIncreases(
  manager: EntityManager,
  limitIds: readonly string[],
  page: PageRequest,
): Promise<Map<string, Page<LimitIncreaseEntity>>> {
  const query = manager.createQueryBuilder(LimitIncreaseEntity, 'inc').where('TRUE');
  const parent = { column: 'inc.limit_id', idOf: (row: LimitIncreaseEntity) => row.limitId };
  const read = (row: LimitIncreaseEntity): Date => row.createdAt;
  const order = byInstant('increase.createdAt', 'inc.created_at', read, { descending: true });
  return keysetChildren(query, parent, limitIds, order, page);
}
