import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where calls are sent (credentials, deployments) and what they cost (price rules). */
export class CreateModelsAndPrices1764000002000 implements MigrationInterface {
  readonly name = 'CreateModelsAndPrices1764000002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE credentials (
        id         text PRIMARY KEY,
        name       text NOT NULL,
        provider   text NOT NULL,
        ciphertext bytea NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        updated_at timestamptz(3) NOT NULL DEFAULT now(),
        deleted_at timestamptz
      )`);
    await runner.query(`CREATE UNIQUE INDEX credentials_name ON credentials (name) WHERE deleted_at IS NULL`);
    await runner.query(`
      CREATE TABLE deployments (
        id             text PRIMARY KEY,
        model          text NOT NULL,
        provider       text NOT NULL,
        upstream_model text NOT NULL,
        api_base       text,
        credential_id  text REFERENCES credentials (id),
        source         text NOT NULL CHECK (source IN ('API', 'CONFIG', 'ENVIRONMENT', 'DEMO')),
        metadata       jsonb NOT NULL DEFAULT '{}',
        active         boolean NOT NULL DEFAULT true,
        created_at     timestamptz(3) NOT NULL DEFAULT now(),
        updated_at     timestamptz(3) NOT NULL DEFAULT now(),
        deleted_at     timestamptz
      )`);
    await runner.query(`CREATE INDEX deployments_model ON deployments (model, id)`);
    await runner.query(`
      CREATE TABLE prices (
        id              text PRIMARY KEY,
        scope           text NOT NULL CHECK (scope IN ('KEY', 'TEAM', 'ORGANIZATION', 'DEPLOYMENT', 'MODEL')),
        scope_id        text,
        provider        text,
        model           text NOT NULL,
        sheet           jsonb NOT NULL,
        effective_from  timestamptz NOT NULL,
        effective_until timestamptz,
        source          text NOT NULL,
        created_by      text NOT NULL,
        created_at      timestamptz(3) NOT NULL DEFAULT now(),
        CHECK ((scope = 'MODEL') = (scope_id IS NULL)),
        CHECK (effective_until IS NULL OR effective_until > effective_from)
      )`);
    await runner.query(`CREATE INDEX prices_model ON prices (model, effective_from)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE prices, deployments, credentials`);
  }
}
