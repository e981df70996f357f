import type { EntityManager } from 'typeorm';
import { keysetChildren } from '../platform/database/keyset-children';
import { byInstant, type Page, type PageRequest } from '../platform/database/keyset';
import { moneyFromDatabase } from '../platform/database/money-column';
import { LimitWindowEntity } from './limit-window.entity';

export interface WindowHolding {
  /** Of its row; absent when no call has needed the window yet. */
  readonly id?: string;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  readonly spent: bigint;
  readonly reserved: bigint;
}

/** The newest window of a limit that has begun, and the ledger's clock at the time of reading. */
export interface LatestWindow {
  readonly now: Date;
  /** Null when no call has needed a window yet. It may have ended: the present one is then still empty. */
  readonly latest: WindowHolding | null;
  /** What temporary increases add to the amount of the limit now. */
  readonly increase: bigint;
}

interface Raw {
  id: string;
  window_id: string | null;
  now: Date;
  increase: string;
  starts_at: Date | null;
  ends_at: Date | null;
  spent: string | null;
  reserved: string | null;
}

/** For each of these limits, in one statement. The caller has made sure that they are visible. */
export async function findLatestWindows(
  manager: EntityManager,
  limitIds: readonly string[],
): Promise<Map<string, LatestWindow>> {
  const rows: Raw[] = await manager.query(
    `SELECT wanted.id, clock.now, w.id::text AS window_id, w.starts_at, w.ends_at, w.spent, w.reserved, i.increase
       FROM (SELECT ledger_now() AS now) AS clock
      CROSS JOIN unnest($1::text[]) AS wanted(id)
      CROSS JOIN LATERAL (SELECT coalesce(sum(amount), 0)::text AS increase FROM limit_increases
         WHERE limit_id = wanted.id AND ended_at IS NULL AND expires_at > clock.now) AS i
       LEFT JOIN LATERAL (
         SELECT id, starts_at, ends_at, spent, reserved FROM limit_windows
          WHERE limit_id = wanted.id AND starts_at <= clock.now ORDER BY starts_at DESC LIMIT 1) AS w ON TRUE`,
    [limitIds],
  );
  return new Map(
    rows.map((row) => [
      row.id,
      { now: row.now, latest: holdingOf(row), increase: moneyFromDatabase(row.increase) },
    ]),
  );
}

/** The windows of each of these limits, newest first, a page each. */
export async function listWindows(
  manager: EntityManager,
  limitIds: readonly string[],
  page: PageRequest,
): Promise<Map<string, Page<LimitWindowEntity>>> {
  const query = manager.createQueryBuilder(LimitWindowEntity, 'win').where('TRUE');
  const parent = { column: 'win.limit_id', idOf: (row: LimitWindowEntity) => row.limitId };
  const order = byInstant('window.startsAt', 'win.starts_at', (row: LimitWindowEntity) => row.startsAt, {
    descending: true,
  });
  return keysetChildren(query, parent, limitIds, order, page);
}

export interface WindowPlace {
  readonly limitId: string;
  readonly startsAt: Date;
}

/** The windows at these places; those that no call needed are left out. */
export async function findWindows(
  manager: EntityManager,
  places: readonly WindowPlace[],
): Promise<LimitWindowEntity[]> {
  const wanted = 'SELECT * FROM unnest(CAST(:limitIds AS text[]), CAST(:starts AS timestamptz[]))';
  return manager
    .createQueryBuilder(LimitWindowEntity, 'win')
    .where(`(win.limit_id, win.starts_at) IN (${wanted})`, {
      limitIds: places.map((place) => place.limitId),
      starts: places.map((place) => place.startsAt.toISOString()),
    })
    .getMany();
}

function holdingOf(row: Raw): WindowHolding | null {
  if (row.starts_at === null || row.spent === null || row.reserved === null) return null;
  return {
    ...(row.window_id === null ? {} : { id: row.window_id }),
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    spent: moneyFromDatabase(row.spent),
    reserved: moneyFromDatabase(row.reserved),
  };
}
