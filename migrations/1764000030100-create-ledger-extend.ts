import type { MigrationInterface, QueryRunner } from 'typeorm';
import { LEDGER_EXTEND } from './functions/ledger-extend';

/** Streams whose answer has no bound hold room for it slice by slice. */
export class CreateLedgerExtend1764000030100 implements MigrationInterface {
  readonly name = 'CreateLedgerExtend1764000030100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(LEDGER_EXTEND);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP FUNCTION ledger_extend(bigint, text[], numeric[], jsonb)`);
  }
}
