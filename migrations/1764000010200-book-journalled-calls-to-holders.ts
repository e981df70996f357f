import type { MigrationInterface, QueryRunner } from 'typeorm';
import { LEDGER_ADMIT_JOURNALLED } from './functions/ledger-admit-journalled';

/** Calls that were let through without the database are booked to the windows of templates' holders too. */
export class BookJournalledCallsToHolders1764000010200 implements MigrationInterface {
  readonly name = 'BookJournalledCallsToHolders1764000010200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(LEDGER_ADMIT_JOURNALLED);
  }

  async down(): Promise<void> {
    // The function is the one that its own migration takes away.
  }
}
