import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reservations, the append-only spend log, its roll-ups, and the leases of the server processes that own calls. */
export class CreateLedger1764000004000 implements MigrationInterface {
  readonly name = 'CreateLedger1764000004000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ledger_owners (
        id          text PRIMARY KEY,
        started_at  timestamptz NOT NULL,
        lease_until timestamptz NOT NULL
      )`);
    // Attribution is a snapshot: renaming, rotating or deleting what it names never changes it.
    await runner.query(`
      CREATE TABLE reservations (
        id                text PRIMARY KEY,
        owner_id          text NOT NULL,
        state             text NOT NULL DEFAULT 'RESERVED'
          CHECK (state IN ('RESERVED', 'SETTLED', 'VOIDED', 'EXPIRED')),
        admitted_at       timestamptz NOT NULL,
        deadline_at       timestamptz NOT NULL,
        ended_at          timestamptz,
        adjusted_at       timestamptz,
        hold              numeric(38,12) NOT NULL CHECK (hold >= 0),
        hold_input_tokens  bigint NOT NULL DEFAULT 0,
        hold_output_tokens bigint NOT NULL DEFAULT 0,
        priced            boolean NOT NULL DEFAULT true,
        charged           numeric(38,12),
        window_ids        bigint[] NOT NULL,
        held              numeric[] NOT NULL,
        idempotency_key   text,
        body_hash         text,
        ${ATTRIBUTION}
      ) WITH (fillfactor = 70)`);
    await runner.query(`CREATE INDEX reservations_open ON reservations (owner_id) WHERE state = 'RESERVED'`);
    await runner.query(
      `CREATE INDEX reservations_ended ON reservations (ended_at) WHERE state <> 'RESERVED'`,
    );
    await runner.query(`
      CREATE UNIQUE INDEX reservations_idempotency ON reservations (key_id, idempotency_key)
      WHERE idempotency_key IS NOT NULL`);
    await runner.query(`CREATE SEQUENCE spend_seq`);
    await runner.query(`
      CREATE TABLE spend_logs (
        id             text NOT NULL,
        seq            bigint NOT NULL DEFAULT nextval('spend_seq'),
        kind           text NOT NULL CHECK (kind IN ('CALL', 'ADJUSTMENT')),
        call_id        text,
        admitted_at    timestamptz NOT NULL,
        booked_at      timestamptz NOT NULL,
        status         text NOT NULL CHECK (status IN ('SUCCESS', 'FAILURE', 'CANCELLED', 'EXPIRED', 'ADJUSTED')),
        cost           numeric(38,12),
        pricing_status text NOT NULL CHECK (pricing_status IN ('PRICED', 'FREE', 'PARTIAL', 'UNPRICED')),
        price_id       text,
        cost_breakdown jsonb,
        hold           numeric(38,12) NOT NULL,
        overrun        numeric(38,12) NOT NULL DEFAULT 0,
        requests       integer NOT NULL,
        usage          jsonb NOT NULL DEFAULT '{}',
        raw_usage      jsonb,
        usage_source   text NOT NULL CHECK (usage_source IN ('PROVIDER', 'ESTIMATED', 'RESERVATION', 'NONE')),
        input_tokens   bigint NOT NULL DEFAULT 0,
        output_tokens  bigint NOT NULL DEFAULT 0,
        served_model   text,
        duration_ms    integer,
        first_byte_ms  integer,
        http_status    integer,
        error          text,
        actor          text,
        reason         text,
        ${ATTRIBUTION},
        PRIMARY KEY (id, admitted_at)
      ) PARTITION BY RANGE (admitted_at)`);
    await runner.query(`CREATE TABLE spend_logs_default PARTITION OF spend_logs DEFAULT`);
    await runner.query(`CREATE INDEX spend_logs_time ON spend_logs (admitted_at, id)`);
    await runner.query(`CREATE INDEX spend_logs_seq ON spend_logs (seq)`);
    for (const column of ['organization_id', 'team_id', 'project_id', 'user_id', 'key_id', 'customer_id']) {
      await runner.query(`CREATE INDEX spend_logs_${column} ON spend_logs (${column}, admitted_at, id)`);
    }
    await runner.query(`
      CREATE TABLE spend_rollups (
        bucket             timestamptz NOT NULL,
        organization_id    text NOT NULL,
        team_id            text NOT NULL,
        project_id         text NOT NULL,
        user_id            text NOT NULL,
        key_id             text NOT NULL,
        provider           text NOT NULL,
        model              text NOT NULL,
        endpoint           text NOT NULL,
        cost               numeric(38,12) NOT NULL,
        requests           bigint NOT NULL,
        failures           bigint NOT NULL,
        unpriced           bigint NOT NULL,
        input_tokens       bigint NOT NULL,
        output_tokens      bigint NOT NULL,
        cache_read_tokens  bigint NOT NULL,
        cache_write_tokens bigint NOT NULL,
        reasoning_tokens   bigint NOT NULL,
        PRIMARY KEY (bucket, organization_id, team_id, project_id, user_id, key_id, provider, model, endpoint)
      ) WITH (fillfactor = 70)`);
    await runner.query(`CREATE INDEX spend_rollups_organization ON spend_rollups (organization_id, bucket)`);
    await runner.query(`CREATE INDEX spend_rollups_team ON spend_rollups (team_id, bucket)`);
    await runner.query(`CREATE INDEX spend_rollups_key ON spend_rollups (key_id, bucket)`);
    await runner.query(`
      CREATE TABLE spend_totals (
        scope         text NOT NULL,
        scope_id      text NOT NULL,
        cost          numeric(38,12) NOT NULL,
        requests      bigint NOT NULL,
        input_tokens  bigint NOT NULL,
        output_tokens bigint NOT NULL,
        PRIMARY KEY (scope, scope_id)
      ) WITH (fillfactor = 50)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE spend_totals, spend_rollups, spend_logs, reservations, ledger_owners`);
    await runner.query(`DROP SEQUENCE spend_seq`);
  }
}

/** An absent id is the empty text: NULLs never conflict in a unique key and drop out of joins and groups. */
const ATTRIBUTION = `
  organization_id   text NOT NULL,
  organization_name text NOT NULL DEFAULT '',
  team_id           text NOT NULL DEFAULT '',
  team_name         text NOT NULL DEFAULT '',
  project_id        text NOT NULL DEFAULT '',
  user_id           text NOT NULL DEFAULT '',
  key_id            text NOT NULL DEFAULT '',
  key_alias         text NOT NULL DEFAULT '',
  customer_id       text NOT NULL DEFAULT '',
  tags              text[] NOT NULL DEFAULT '{}',
  metadata          jsonb NOT NULL DEFAULT '{}',
  provider          text NOT NULL DEFAULT '',
  deployment_id     text NOT NULL DEFAULT '',
  model             text NOT NULL DEFAULT '',
  -- Every name that limits may know the model by, in lower case: as asked for, and as its provider calls it.
  model_names       text[] NOT NULL DEFAULT '{}',
  endpoint          text NOT NULL DEFAULT '',
  stream            boolean NOT NULL DEFAULT false`;
