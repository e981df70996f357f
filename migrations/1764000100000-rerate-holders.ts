import type { MigrationInterface, QueryRunner } from 'typeorm';
import { LEDGER_RERATE, LEDGER_SCOPES_OF } from './functions/ledger-rerate';

/** What calls are rated anew is booked to the windows of templates' holders and of customers too. */
export class RerateHolders1764000100000 implements MigrationInterface {
  readonly name = 'RerateHolders1764000100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(LEDGER_SCOPES_OF);
    await runner.query(LEDGER_RERATE);
  }

  async down(): Promise<void> {
    // The functions are those that their own migration takes away.
  }
}
