import type { MigrationInterface, QueryRunner } from 'typeorm';
import { LEDGER_EXPLAIN } from './functions/ledger-explain';

/** A reservation in thought: what the ledger would say of a call. */
export class ExplainAdmission1764000020200 implements MigrationInterface {
  readonly name = 'ExplainAdmission1764000020200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(LEDGER_EXPLAIN);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP FUNCTION ledger_explain`);
  }
}
