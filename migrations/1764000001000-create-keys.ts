import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Virtual keys. A key keeps its id through rotations; each of its secrets is a row of its own, stored as a keyed hash. */
export class CreateKeys1764000001000 implements MigrationInterface {
  readonly name = 'CreateKeys1764000001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE virtual_keys (
        id                text PRIMARY KEY,
        organization_id   text NOT NULL REFERENCES organizations (id),
        team_id           text REFERENCES teams (id),
        project_id        text REFERENCES projects (id),
        user_id           text REFERENCES users (id),
        alias             text,
        display           text NOT NULL,
        models            text[] NOT NULL DEFAULT '{}',
        tags              text[] NOT NULL DEFAULT '{}',
        metadata          jsonb NOT NULL DEFAULT '{}',
        blocked           boolean NOT NULL DEFAULT false,
        expires_at        timestamptz,
        max_output_tokens integer CHECK (max_output_tokens > 0),
        version           integer NOT NULL DEFAULT 1,
        created_by        text NOT NULL,
        created_at        timestamptz(3) NOT NULL DEFAULT now(),
        updated_at        timestamptz(3) NOT NULL DEFAULT now(),
        deleted_at        timestamptz
      )`);
    await runner.query(
      `CREATE UNIQUE INDEX virtual_keys_alias ON virtual_keys (alias) WHERE deleted_at IS NULL`,
    );
    for (const column of ['organization_id', 'team_id', 'project_id', 'user_id']) {
      await runner.query(`CREATE INDEX virtual_keys_${column} ON virtual_keys (${column}, id)`);
    }
    await runner.query(`
      CREATE TABLE virtual_key_secrets (
        hash        bytea PRIMARY KEY,
        key_id      text NOT NULL REFERENCES virtual_keys (id),
        display     text NOT NULL,
        valid_until timestamptz,
        created_at  timestamptz(3) NOT NULL DEFAULT now()
      )`);
    await runner.query(`CREATE INDEX virtual_key_secrets_key ON virtual_key_secrets (key_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE virtual_key_secrets, virtual_keys`);
  }
}
