import type { DataSource } from 'typeorm';
import type { Result } from '../domain/result';
import { withinTransaction } from '../platform/database/within-transaction';
import { sqlState } from '../platform/database/sql-state';
import { AppError } from '../platform/errors';
import type { HintBus } from '../platform/events/hint-bus';
import type { UserIssue } from '../platform/user-issue';
import { importServices, type ImportServices, type ServiceSettings } from './import-services';
import type { ImportKind, ImportReport } from './import-report';
import type { LitellmSource, SourceRow } from './litellm-source';
import type { SealedTexts } from './sealed-text';

export type Became = 'IMPORTED' | 'ALREADY_THERE';

/** Why a row is not imported, in words that name no other row. */
export type Outcome = Result<Became, string>;

/** Data exceptions, broken constraints, and what is too large. */
const UNSTORABLE = /^(?:22|23|54)/;

/** Thrown to take back what a row that is skipped had begun to make. */
class TakenBack extends Error {
  constructor(readonly reason: string) {
    super(reason);
  }
}

interface RunParts {
  readonly source: LitellmSource;
  readonly report: ImportReport;
  /** In a dry run, within a transaction that is taken back at the end. */
  readonly db: DataSource;
  readonly settings: ServiceSettings;
  readonly texts: SealedTexts;
  readonly hints: Pick<HintBus, 'publish'>;
  readonly dryRun: boolean;
  /** Called after each batch of logs with how many were read. */
  readonly onLogs: (read: number) => void;
  /** The SHA-256 of each present secret whose key is imported, or would be. */
  readonly keys: Set<string>;
}

/** What every step of an import works with. */
export class ImportRun {
  /** Budgets of LiteLLM that one thing has for itself, by id: their terms are set on the thing. */
  readonly ownBudgets = new Map<string, SourceRow>();
  /** Budgets that many things share, by id: those that were made a template, and why the others were not. */
  readonly sharedBudgets = new Map<string, Result<SourceRow, string>>();

  constructor(readonly parts: RunParts) {}

  get nowMs(): number {
    return this.parts.settings.clock.now();
  }

  /** The use cases outside of any transaction, to look things up. */
  services(): ImportServices {
    return importServices(this.parts.db, { publish: () => undefined }, this.parts.settings);
  }

  /** Imports one row, whole or not at all, and counts what became of it. `name` tells which, by what is no secret. */
  async row(
    kind: ImportKind,
    name: string,
    work: (services: ImportServices) => Promise<Outcome>,
  ): Promise<Outcome> {
    const outcome = await this.whole(work);
    const { report } = this.parts;
    if (outcome.ok) report.count(kind, outcome.value);
    else report.skip(kind, outcome.error, name);
    return outcome;
  }

  /**
   * Runs the work in one transaction, which a refusal takes back. Other processes hear of the changes once they are
   * committed.
   */
  async whole<T>(work: (services: ImportServices) => Promise<Result<T, string>>): Promise<Result<T, string>> {
    const { db, settings, hints } = this.parts;
    const told: Parameters<HintBus['publish']>[] = [];
    try {
      const done = await db.transaction(async (manager) => {
        const publish: HintBus['publish'] = (...hint) => void told.push(hint);
        const outcome = await work(importServices(withinTransaction(db, manager), { publish }, settings));
        if (!outcome.ok) throw new TakenBack(outcome.error);
        return outcome;
      });
      for (const hint of told) hints.publish(...hint);
      return done;
    } catch (error) {
      if (error instanceof TakenBack) return { ok: false, error: error.reason };
      if (error instanceof AppError) return { ok: false, error: error.message };
      const state = sqlState(error) ?? '';
      if (UNSTORABLE.test(state)) return { ok: false, error: `the database refused it (SQLSTATE ${state})` };
      throw error;
    }
  }
}

/** What a service says is wrong, as the reason for which a row is skipped. */
export function refusal(issues: readonly UserIssue[]): { readonly ok: false; readonly error: string } {
  return { ok: false, error: issues[0]?.message.replace(/[.]$/, '') ?? 'it was refused' };
}
