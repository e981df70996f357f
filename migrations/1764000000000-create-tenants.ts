import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Organizations, teams, projects, users, their memberships and access tokens. */
export class CreateTenants1764000000000 implements MigrationInterface {
  readonly name = 'CreateTenants1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE organizations (
        id          text PRIMARY KEY,
        name        text NOT NULL,
        models      text[] NOT NULL DEFAULT '{}',
        metadata    jsonb NOT NULL DEFAULT '{}',
        blocked     boolean NOT NULL DEFAULT false,
        created_at  timestamptz(3) NOT NULL DEFAULT now(),
        updated_at  timestamptz(3) NOT NULL DEFAULT now(),
        archived_at timestamptz(3)
      )`);
    // Teams and keys made without an organization live in this one, so that every growing table has a tenant.
    await runner.query(`INSERT INTO organizations (id, name) VALUES ('org_default', 'Default')`);
    await runner.query(`
      CREATE TABLE users (
        id         text PRIMARY KEY,
        email      text,
        name       text,
        role       text NOT NULL DEFAULT 'MEMBER' CHECK (role IN ('ADMIN', 'VIEWER', 'MEMBER')),
        metadata   jsonb NOT NULL DEFAULT '{}',
        blocked    boolean NOT NULL DEFAULT false,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        updated_at timestamptz(3) NOT NULL DEFAULT now(),
        deleted_at timestamptz
      )`);
    await runner.query(`CREATE UNIQUE INDEX users_email ON users (lower(email)) WHERE deleted_at IS NULL`);
    await runner.query(`
      CREATE TABLE access_tokens (
        id         text PRIMARY KEY,
        user_id    text NOT NULL REFERENCES users (id),
        name       text NOT NULL,
        hash       bytea NOT NULL UNIQUE,
        display    text NOT NULL,
        expires_at timestamptz,
        revoked_at timestamptz,
        created_at timestamptz(3) NOT NULL DEFAULT now()
      )`);
    await runner.query(`CREATE INDEX access_tokens_user ON access_tokens (user_id, id)`);
    await runner.query(`
      CREATE TABLE teams (
        id              text PRIMARY KEY,
        organization_id text NOT NULL REFERENCES organizations (id),
        name            text NOT NULL,
        models          text[] NOT NULL DEFAULT '{}',
        tags            text[] NOT NULL DEFAULT '{}',
        metadata        jsonb NOT NULL DEFAULT '{}',
        blocked         boolean NOT NULL DEFAULT false,
        created_at      timestamptz(3) NOT NULL DEFAULT now(),
        updated_at      timestamptz(3) NOT NULL DEFAULT now(),
        archived_at     timestamptz(3)
      )`);
    await runner.query(`CREATE INDEX teams_organization ON teams (organization_id, id)`);
    await runner.query(`
      CREATE TABLE projects (
        id              text PRIMARY KEY,
        organization_id text NOT NULL REFERENCES organizations (id),
        team_id         text NOT NULL REFERENCES teams (id),
        name            text NOT NULL,
        description     text,
        models          text[] NOT NULL DEFAULT '{}',
        metadata        jsonb NOT NULL DEFAULT '{}',
        blocked         boolean NOT NULL DEFAULT false,
        created_at      timestamptz(3) NOT NULL DEFAULT now(),
        updated_at      timestamptz(3) NOT NULL DEFAULT now(),
        archived_at     timestamptz(3)
      )`);
    await runner.query(`CREATE INDEX projects_team ON projects (team_id, id)`);
    await runner.query(`CREATE INDEX projects_organization ON projects (organization_id, id)`);
    await runner.query(`
      CREATE TABLE organization_members (
        id              text PRIMARY KEY,
        organization_id text NOT NULL REFERENCES organizations (id),
        user_id         text NOT NULL REFERENCES users (id),
        role            text NOT NULL CHECK (role IN ('ADMIN', 'MEMBER', 'VIEWER')),
        created_at      timestamptz(3) NOT NULL DEFAULT now(),
        UNIQUE (organization_id, user_id)
      )`);
    await runner.query(`CREATE INDEX organization_members_user ON organization_members (user_id, id)`);
    await runner.query(`
      CREATE TABLE team_members (
        id              text PRIMARY KEY,
        organization_id text NOT NULL REFERENCES organizations (id),
        team_id         text NOT NULL REFERENCES teams (id),
        user_id         text NOT NULL REFERENCES users (id),
        role            text NOT NULL CHECK (role IN ('ADMIN', 'MEMBER', 'VIEWER')),
        created_at      timestamptz(3) NOT NULL DEFAULT now(),
        UNIQUE (team_id, user_id)
      )`);
    await runner.query(`CREATE INDEX team_members_user ON team_members (user_id, id)`);
    await runner.query(`
      CREATE TABLE idempotency_keys (
        principal  text NOT NULL,
        key        text NOT NULL,
        operation  text NOT NULL,
        input_hash text NOT NULL,
        result_id  text NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        PRIMARY KEY (principal, key)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP TABLE idempotency_keys, team_members, organization_members, projects, teams, access_tokens, users,
        organizations`,
    );
  }
}
