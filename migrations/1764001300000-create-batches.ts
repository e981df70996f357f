import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Files and batches that keys have at a provider. An id there says nothing of whose it is, so that is kept here; an empty
 * `key_id` is the administrator's.
 */
export class CreateBatches1764001300000 implements MigrationInterface {
  readonly name = 'CreateBatches1764001300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE provider_files (
        id            text PRIMARY KEY,
        key_id        text NOT NULL,
        deployment_id text NOT NULL,
        model         text NOT NULL,
        purpose       text NOT NULL,
        -- The provider's own description, as it was seen last.
        content       jsonb NOT NULL,
        -- What the requests in it can use at most; null for a file of results.
        bound         jsonb,
        created_at    timestamptz(3) NOT NULL DEFAULT now(),
        deleted_at    timestamptz(3)
      )`);
    await runner.query(
      `CREATE INDEX provider_files_key ON provider_files (key_id, created_at, id) WHERE deleted_at IS NULL`,
    );
    // A batch is one call of the ledger. Its id is not known until the provider has answered.
    await runner.query(`
      CREATE TABLE batches (
        call_id        text PRIMARY KEY,
        id             text UNIQUE,
        key_id         text NOT NULL,
        deployment_id  text NOT NULL,
        model          text NOT NULL,
        upstream_model text NOT NULL,
        input_file_id  text NOT NULL,
        bound          jsonb NOT NULL,
        content        jsonb,
        state          text NOT NULL DEFAULT 'SUBMITTING' CHECK (state IN ('SUBMITTING', 'OPEN', 'ENDED')),
        submitted_at   timestamptz(3) NOT NULL DEFAULT ledger_now(),
        next_look_at   timestamptz(3) NOT NULL,
        ended_at       timestamptz(3)
      )`);
    await runner.query(`CREATE INDEX batches_key ON batches (key_id, submitted_at, call_id)`);
    await runner.query(`CREATE INDEX batches_due ON batches (next_look_at) WHERE state <> 'ENDED'`);
    // A batch outlives the process that sent it. Calls of this owner end by their own deadline alone.
    await runner.query(
      `INSERT INTO ledger_owners (id, started_at, lease_until) VALUES ('batches', now(), 'infinity')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM ledger_owners WHERE id = 'batches'`);
    await runner.query(`DROP TABLE batches, provider_files`);
  }
}
