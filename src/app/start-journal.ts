import { join } from 'node:path';
import { CallJournal } from '../ledger/journal/call-journal';
import { JournalBooker } from '../ledger/journal/journal-booker';
import type { LedgerFallback } from '../ledger/ledger.service';
import type { Lifecycle } from '../platform/lifecycle';
import type { ServiceParts } from './services';

const BOOK_INTERVAL_MS = 1_000;
const FOLDER = 'journal';

/** Opens the journal of this process in the state folder, and books what earlier processes left in it. */
export async function startJournal(
  { config, database, hints, clock, log }: Omit<ServiceParts, 'tokenizer'>,
  ownerId: string,
  lifecycle: Lifecycle,
): Promise<LedgerFallback> {
  const folder = join(config.dataDir, FOLDER);
  const journal = new CallJournal({ folder, ownerId, maxBytes: config.spending.journalMaxBytes });
  const { pool, db } = database;
  const parts = { journal, folder, ownerId, pool, db, hints, clock, log };
  const booker = new JournalBooker({ ...parts, intervalMs: BOOK_INTERVAL_MS });
  await booker.start();
  lifecycle.onStop('the journal', () => booker.stop());
  const withoutLimits = config.spending.storeFailure === 'allow' ? 'ALLOW' : 'REFUSE';
  return { journal, booker, withoutLimits };
}
