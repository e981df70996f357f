import type { ImportRun } from './import-run';
import { refillHolders, refillWindows, spendingLimits } from './present-books.repository';

/** Few enough that calls do not wait long for the ledger. */
const AT_ONCE = 20;

/** Makes every present window hold what the log has in it, after rows were imported. */
export async function refillBooks(run: ImportRun): Promise<void> {
  const { db } = run.parts;
  for (let after = ''; ;) {
    const limits = await spendingLimits(db.manager, after, AT_ONCE);
    const last = limits.at(-1);
    if (last === undefined) break;
    await db.transaction((manager) =>
      refillWindows(
        manager,
        limits.map((limit) => limit.id),
      ),
    );
    after = last.id;
  }
  await db.transaction((manager) => refillHolders(manager));
}
