import type { MigrationInterface, QueryRunner } from 'typeorm';
import { LEDGER_ADMIT_JOURNALLED } from './functions/ledger-admit-journalled';

/** Limits say whether calls may go through while the database is away; those that did are booked once, and listed. */
export class CreateJournal1764000030000 implements MigrationInterface {
  readonly name = 'CreateJournal1764000030000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE limits ADD COLUMN on_store_failure text NOT NULL DEFAULT 'REFUSE'
        CHECK (on_store_failure IN ('REFUSE', 'ALLOW'))`);
    // Kept for ever: it is what makes a journal that is found a second time harmless.
    await runner.query(`
      CREATE TABLE journalled_calls (
        call_id     text PRIMARY KEY,
        owner_id    text NOT NULL,
        admitted_at timestamptz NOT NULL,
        booked_at   timestamptz NOT NULL
      )`);
    await runner.query(LEDGER_ADMIT_JOURNALLED);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP FUNCTION ledger_admit_journalled(text, jsonb)`);
    await runner.query(`DROP TABLE journalled_calls`);
    await runner.query(`ALTER TABLE limits DROP COLUMN on_store_failure`);
  }
}
