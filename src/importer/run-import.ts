import { withinTransaction } from '../platform/database/within-transaction';
import type { DataSource } from 'typeorm';
import type { HintBus } from '../platform/events/hint-bus';
import { importBalances } from './import-balances';
import { importBudgets } from './import-budgets';
import { importCustomers } from './import-customers';
import { importKeys } from './import-keys';
import { importLogs } from './import-logs';
import { importModels } from './import-models';
import { ImportReport, type ImportSummary } from './import-report';
import { ImportRun } from './import-run';
import type { ServiceSettings } from './import-services';
import { importTenants } from './import-tenants';
import type { LitellmSource } from './litellm-source';
import { refillBooks } from './refill-books';

export interface ImportParts {
  readonly source: LitellmSource;
  readonly db: DataSource;
  readonly settings: ServiceSettings;
  readonly hints: Pick<HintBus, 'publish'>;
  readonly dryRun: boolean;
  readonly onLogs: (read: number) => void;
}

/** Ends the transaction of a dry run. */
const NOTHING_KEPT = new Error('a dry run keeps nothing');

/**
 * Copies what LiteLLM's database holds. Each thing is imported together with what limits it; a run that was broken off is
 * taken up by the next one. A dry run does the same in one transaction that is taken back, except that the rows of the
 * log are compared only.
 */
export async function runImport(parts: ImportParts): Promise<ImportSummary> {
  const report = new ImportReport();
  if (!parts.dryRun) await importAll(new ImportRun({ ...parts, report }));
  else {
    await parts.db
      .transaction(async (manager) => {
        const db = withinTransaction(parts.db, manager);
        await importAll(new ImportRun({ ...parts, report, db, hints: { publish: () => undefined } }));
        throw NOTHING_KEPT;
      })
      .catch((error: unknown) => {
        if (error !== NOTHING_KEPT) throw error;
      });
  }
  return report.summary(parts.dryRun);
}

async function importAll(run: ImportRun): Promise<void> {
  await importBudgets(run);
  await importTenants(run);
  await importKeys(run);
  await importCustomers(run);
  await importModels(run);
  await importLogs(run);
  if (!run.parts.dryRun) await refillBooks(run);
  await importBalances(run);
}
