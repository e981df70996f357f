import type { MigrationInterface, QueryRunner } from 'typeorm';
import { LEDGER_RESERVE } from './functions/ledger-reserve';

/**
 * `ledger_reserve`: a batch of calls asks for room in every window on its path, all or nothing per call, in order of
 * arrival. One function call is one round trip and one transaction: row locks are held by the database alone, so a
 * paused server process never stalls the others.
 */
export class CreateLedgerReserve1764000005000 implements MigrationInterface {
  readonly name = 'CreateLedgerReserve1764000005000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(LEDGER_LOCKS);
    await runner.query(LEDGER_RESERVE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP FUNCTION ledger_reserve`);
    await runner.query(`DROP FUNCTION ledger_lock_shared(), ledger_lock_exclusive()`);
  }
}

/** Batches share the ledger lock; whoever changes limits takes it alone and then sees every committed batch. */
const LEDGER_LOCKS = `
  CREATE FUNCTION ledger_lock_shared() RETURNS void LANGUAGE plpgsql AS
  $$ BEGIN PERFORM pg_advisory_xact_lock_shared(7305103200110); END $$;
  CREATE FUNCTION ledger_lock_exclusive() RETURNS void LANGUAGE plpgsql AS
  $$ BEGIN PERFORM pg_advisory_xact_lock(7305103200110); END $$`;
