import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Limits: an amount of a unit, in a window, on a scope. Windows are computed, never reset; a window's row holds what
 * stands against the limit in it.
 */
export class CreateLimits1764000003000 implements MigrationInterface {
  readonly name = 'CreateLimits1764000003000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE limits (
        id                   text PRIMARY KEY,
        scope                text NOT NULL,
        scope_id             text NOT NULL,
        organization_id      text REFERENCES organizations (id),
        unit                 text NOT NULL
          CHECK (unit IN ('USD', 'TOKENS', 'INPUT_TOKENS', 'OUTPUT_TOKENS', 'REQUESTS', 'CONCURRENT')),
        amount               numeric(38,12) NOT NULL CHECK (amount >= 0),
        soft_amount          numeric(38,12) CHECK (soft_amount >= 0),
        period               text NOT NULL,
        period_count         integer NOT NULL CHECK (period_count >= 1),
        alignment            text NOT NULL CHECK (alignment IN ('CALENDAR', 'ROLLING')),
        anchor_at            timestamptz,
        timezone             text NOT NULL DEFAULT 'UTC',
        start_of_day_minutes integer NOT NULL DEFAULT 0,
        first_day_of_week    integer NOT NULL DEFAULT 1,
        fiscal_start_month   integer NOT NULL DEFAULT 1,
        models               text[] NOT NULL DEFAULT '{}',
        enforcement          text NOT NULL DEFAULT 'HARD' CHECK (enforcement IN ('HARD', 'CLAMP', 'ADVISORY')),
        alert_thresholds     text[] NOT NULL DEFAULT '{50,80,95,100}',
        version              bigint NOT NULL,
        created_by           text NOT NULL,
        created_at           timestamptz(3) NOT NULL DEFAULT now(),
        updated_at           timestamptz(3) NOT NULL DEFAULT now(),
        deleted_at           timestamptz,
        CHECK ((alignment = 'ROLLING') = (anchor_at IS NOT NULL))
      )`);
    await runner.query(`CREATE INDEX limits_scope ON limits (scope, scope_id, id)`);
    await runner.query(`CREATE INDEX limits_version ON limits (version)`);
    await runner.query(`CREATE INDEX limits_organization ON limits (organization_id, id)`);
    // Hot rows: room on the page keeps every update of spent and reserved a heap-only one.
    await runner.query(`
      CREATE TABLE limit_windows (
        id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        limit_id  text NOT NULL REFERENCES limits (id),
        unit      text NOT NULL,
        starts_at timestamptz NOT NULL,
        ends_at   timestamptz,
        spent     numeric(38,12) NOT NULL DEFAULT 0,
        reserved  numeric(38,12) NOT NULL DEFAULT 0 CHECK (reserved >= 0),
        UNIQUE (limit_id, starts_at)
      ) WITH (fillfactor = 50)`);
    // Short windows are many, and are removed once they have long ended.
    await runner.query(`
      CREATE INDEX limit_windows_short ON limit_windows (ends_at) WHERE ends_at - starts_at <= interval '12 hours'`);
    await runner.query(`
      CREATE FUNCTION model_matches(names text[], patterns text[]) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
        SELECT cardinality(patterns) = 0 OR EXISTS (
          SELECT 1 FROM unnest(patterns) AS p(pattern), unnest(names) AS n(name)
           WHERE name LIKE replace(replace(replace(replace(pattern, E'\\\\', E'\\\\\\\\'), '%', E'\\\\%'), '_', E'\\\\_'), '*', '%'))
      $$`);
    // One row. Every change of a limit bumps the version under the exclusive ledger lock, so that a reservation made
    // from cached limits can prove, inside its own transaction, that the cache was current. The fingerprint keeps processes with different salts apart:
    // they would take each other's keys for unknown.
    await runner.query(`
      CREATE TABLE ledger_state (
        id             boolean PRIMARY KEY DEFAULT true CHECK (id),
        limits_version bigint NOT NULL DEFAULT 0,
        salt_fingerprint text,
        clock_offset   interval NOT NULL DEFAULT '0'
      )`);
    await runner.query(`INSERT INTO ledger_state DEFAULT VALUES`);
    // The ledger's clock is the database's, the same for every server process. The offset exists for tests. In plpgsql,
    // which keeps its plan: a function in SQL is parsed and planned anew by every statement that calls it.
    await runner.query(`
      CREATE FUNCTION ledger_now() RETURNS timestamptz LANGUAGE plpgsql VOLATILE AS $$
      BEGIN
        RETURN (SELECT date_trunc('milliseconds', clock_timestamp() + clock_offset) FROM ledger_state);
      END $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP FUNCTION ledger_now(), model_matches(text[], text[])`);
    await runner.query(`DROP TABLE ledger_state, limit_windows, limits`);
  }
}
