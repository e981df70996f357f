import type { Pool } from 'pg';
import type { RequestContext } from '../access/context';
import { requireRule, RULES } from '../access/rules';
import { verifyLedger, type LedgerReport } from './verify-ledger';

/** Proves the ledger on demand. A proof reads the whole log, so those who ask at the same time share one. */
export class LedgerIntegrityService {
  private running: Promise<LedgerReport> | null = null;

  constructor(private readonly pool: Pool) {}

  async report(ctx: RequestContext): Promise<LedgerReport> {
    requireRule(ctx.principal, RULES.serverViewer);
    this.running ??= verifyLedger(this.pool).finally(() => {
      this.running = null;
    });
    return this.running;
  }
}
