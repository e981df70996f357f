import type { DataSource } from 'typeorm';
import type { Pool } from 'pg';
import type { JournalledAsk } from '../../domain/ledger/journal-entry';
import { windowAt } from '../../domain/limits/window';
import { makeHolderWindow } from '../../limits/holder-books.repository';
import { backfillWindow } from '../../limits/limit-books.repository';
import { LimitEntity, windowSpecOf } from '../../limits/limit.entity';
import { findMissingWindows } from './journal-booking.repository';

/**
 * Makes the windows that journalled calls were admitted in where nobody else has called in them. With the ledger taken
 * alone, and filled from the log like those of a new limit, so that whatever else is booked meanwhile is in them once.
 */
export async function makePastWindows(
  db: DataSource,
  pool: Pool,
  asked: readonly JournalledAsk[],
): Promise<void> {
  if (asked.length === 0 || (await findMissingWindows(pool, asked)).length === 0) return;
  await db.transaction(async (manager) => {
    await manager.query(`SELECT ledger_lock_exclusive()`);
    // Found anew: another process may have been quicker.
    const made = new Set<string>();
    for (const { limitId, admittedAtMs, ...holder } of await findMissingWindows(pool, asked)) {
      const limit = await manager.findOneBy(LimitEntity, { id: limitId });
      if (!limit) continue;
      const window = windowAt(windowSpecOf(limit), admittedAtMs);
      const name = [limitId, holder.assignmentId, holder.holderId, String(window.startsAtMs)].join(' ');
      if (made.has(name)) continue;
      if (holder.assignmentId === '') await backfillWindow(manager, limit, window);
      else await makeHolderWindow(manager, limit, holder, window);
      made.add(name);
    }
  });
}
