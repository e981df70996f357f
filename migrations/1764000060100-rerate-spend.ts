import type { MigrationInterface, QueryRunner } from 'typeorm';
import { LEDGER_RERATE, LEDGER_SCOPES_OF } from './functions/ledger-rerate';
import { LEDGER_SETTLE } from './functions/ledger-settle';

/**
 * `ledger_rerate`: what calls cost by a price that arrived later is booked beside them. A call keeps the terms that its
 * price depends on besides its usage, such as its service tier, so that it can be rated again as it was.
 */
export class RerateSpend1764000060100 implements MigrationInterface {
  readonly name = 'RerateSpend1764000060100';

  async up(runner: QueryRunner): Promise<void> {
    // Null for a call at standard terms, which most are.
    await runner.query(`ALTER TABLE spend_logs ADD COLUMN pricing_terms jsonb`);
    await runner.query(LEDGER_SETTLE);
    await runner.query(LEDGER_SCOPES_OF);
    await runner.query(LEDGER_RERATE);
    await runner.query(`
      CREATE INDEX spend_logs_unpriced ON spend_logs (admitted_at, id)
      WHERE pricing_status IN ('UNPRICED', 'PARTIAL')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX spend_logs_unpriced`);
    await runner.query(`DROP FUNCTION ledger_rerate, ledger_scopes_of`);
    await runner.query(`ALTER TABLE spend_logs DROP COLUMN pricing_terms`);
  }
}
