import type { ImportRun } from './import-run';
import { bookImported, countImported, ensureMonth, type SpendColumns } from './import-spend.repository';
import type { SourceRow } from './litellm-source';
import { hashOfLog, LogOwnersLookup } from './log-owners';
import { textOf } from './row-values';
import { TABLES } from './source-tables';
import { spendRow } from './spend-row';

/** What is held at one time, whatever the length of the log. */
const BATCH = 1_000;

/** Books the log of calls, oldest first, batch by batch; each batch is whole or not there. */
export async function importLogs(run: ImportRun): Promise<void> {
  const owners = new LogOwnersLookup(run);
  const months = new Set<string>();
  let read = 0;
  for await (const batch of run.parts.source.batches(TABLES.spendLogs, BATCH)) {
    await owners.prepare(batch);
    const rows = batch.flatMap((row) => mapped(run, owners, row));
    const booked = await book(run, rows, months);
    if (booked > 0) run.parts.report.count('spendLogs', 'IMPORTED', booked);
    if (rows.length > booked) run.parts.report.count('spendLogs', 'ALREADY_THERE', rows.length - booked);
    read += batch.length;
    run.parts.onLogs(read);
  }
}

function mapped(run: ImportRun, owners: LogOwnersLookup, row: SourceRow): SpendColumns[] {
  const owner = owners.ownersOf(row);
  const columns = spendRow(row, owner, run.nowMs);
  if (!columns.ok) {
    run.parts.report.skip('spendLogs', columns.error, textOf(row, 'request_id') ?? 'without an id');
    return [];
  }
  // In a dry run the keys are gone again by now.
  if (owner.keyId === '' && !run.parts.keys.has(hashOfLog(row))) {
    run.parts.report.note(
      'spend logs of no key that is here, kept with whatever else they name',
      columns.value.id,
    );
  }
  return [columns.value];
}

/** A dry run only looks which rows would be new. */
async function book(run: ImportRun, rows: readonly SpendColumns[], months: Set<string>): Promise<number> {
  const { db, dryRun, hints } = run.parts;
  if (dryRun) return rows.length - (await countImported(db.manager, rows));
  for (const { admitted_at: at } of rows) {
    const month = at.slice(0, 7);
    if (months.has(month)) continue;
    months.add(month);
    await ensureMonth(db.manager, at);
  }
  const { booked, limits } = await bookImported(db.manager, rows);
  hints.publish('limits', limits);
  return booked;
}
