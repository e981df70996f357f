import type { MigrationInterface, QueryRunner } from 'typeorm';
import { LEDGER_SCOPES_OF } from './functions/ledger-rerate';

/** What calls are rated anew is booked to the windows of limits on model groups too. */
export class LimitModelGroups1764000230000 implements MigrationInterface {
  readonly name = 'LimitModelGroups1764000230000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(LEDGER_SCOPES_OF);
  }

  async down(): Promise<void> {
    // The function is the one that its own migration takes away.
  }
}
