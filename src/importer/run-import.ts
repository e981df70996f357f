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
import type { SealedTexts } from './sealed-text';

export interface ImportParts {
  readonly source: LitellmSource;
  readonly db: DataSource;
  readonly settings: ServiceSettings;
  readonly texts: SealedTexts;
  readonly hints: Pick<HintBus, 'publish'>;
  readonly dryRun: boolean;
  readonly onLogs: (read: number) => void;
}

/** Ends the transaction of a dry run. */
const NOTHING_KEPT = new Error('a dry run keeps nothing');

/**
 * Copies what LiteLLM's database holds. Each thing is imported together with what limits it; a run that was broken off is
 * taken up by the next one. A dry run does the same in a transaction that is taken back, and only compares the rows of
 * the log, afterwards: limits are set with the ledger taken alone, which must not last as long as reading a log does.
 */
export async function runImport(parts: ImportParts): Promise<ImportSummary> {
  const report = new ImportReport();
  const run = new ImportRun({ ...parts, report, keys: new Set<string>() });
  if (parts.dryRun) {
    await tryThings(run);
    await importLogs(run);
  } else {
    await importThings(run);
    await importLogs(run);
    await refillBooks(run);
    await importBalances(run);
  }
  return report.summary(parts.dryRun);
}

async function importThings(run: ImportRun): Promise<void> {
  await importBudgets(run);
  await importTenants(run);
  await importKeys(run);
  await importCustomers(run);
  await importModels(run);
}

async function tryThings({ parts }: ImportRun): Promise<void> {
  await parts.db
    .transaction(async (manager) => {
      const db = withinTransaction(parts.db, manager);
      const run = new ImportRun({ ...parts, db, hints: { publish: () => undefined } });
      await importThings(run);
      await importBalances(run);
      throw NOTHING_KEPT;
    })
    .catch((error: unknown) => {
      if (error !== NOTHING_KEPT) throw error;
    });
}
