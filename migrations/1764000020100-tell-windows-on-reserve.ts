import type { MigrationInterface, QueryRunner } from 'typeorm';
import { LEDGER_RESERVE } from './functions/ledger-reserve';

/**
 * `ledger_reserve` also tells what stood in the windows of a batch, so that answers can say what is left without asking
 * again. A function that returns other columns cannot be replaced, only made anew.
 */
export class TellWindowsOnReserve1764000020100 implements MigrationInterface {
  readonly name = 'TellWindowsOnReserve1764000020100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP FUNCTION ledger_reserve(text, bigint, bigint[], numeric[], jsonb)`);
    await runner.query(LEDGER_RESERVE);
  }

  /** The columns that are told in addition harm nobody. */
  async down(): Promise<void> {
    await Promise.resolve();
  }
}
