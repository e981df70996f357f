import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Where alerts are sent, and what was sent. A message is what goes out at once: one alert, or several that were gathered.
 * A delivery says that an alert goes to a channel, and by which message; there is one of each pair, however many
 * processes look.
 */
export class CreateAlertChannels1764000210000 implements MigrationInterface {
  readonly name = 'CreateAlertChannels1764000210000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE alert_channels (
        id               text PRIMARY KEY,
        organization_id  text REFERENCES organizations (id),
        team_id          text REFERENCES teams (id),
        name             text NOT NULL,
        type             text NOT NULL
                         CHECK (type IN ('WEBHOOK', 'LITELLM_WEBHOOK', 'SLACK', 'TEAMS', 'PAGERDUTY', 'EMAIL')),
        source           text NOT NULL DEFAULT 'API' CHECK (source IN ('API', 'CONFIG')),
        target           text,
        recipients       text[] NOT NULL DEFAULT '{}',
        ciphertext       bytea,
        enabled          boolean NOT NULL DEFAULT true,
        kinds            text[],
        minimum_severity text NOT NULL DEFAULT 'INFO' CHECK (minimum_severity IN ('INFO', 'WARNING', 'CRITICAL')),
        scopes           text[],
        created_by       text NOT NULL,
        created_at       timestamptz(3) NOT NULL DEFAULT now(),
        updated_at       timestamptz(3) NOT NULL DEFAULT now(),
        deleted_at       timestamptz(3),
        CHECK (team_id IS NULL OR organization_id IS NOT NULL)
      )`);
    await runner.query(`CREATE INDEX alert_channels_created ON alert_channels (created_at, id)`);
    await runner.query(`
      CREATE INDEX alert_channels_of_organization ON alert_channels (organization_id) WHERE deleted_at IS NULL`);
    await runner.query(`
      CREATE TABLE alert_messages (
        id              text PRIMARY KEY,
        channel_id      text NOT NULL REFERENCES alert_channels (id),
        resolves_id     text UNIQUE,
        resolved        boolean NOT NULL DEFAULT false,
        recipients      text[],
        digest_at       timestamptz(3),
        state           text NOT NULL DEFAULT 'PENDING' CHECK (state IN ('PENDING', 'DELIVERED', 'DEAD', 'CANCELLED')),
        attempts        integer NOT NULL DEFAULT 0,
        tries_left      integer NOT NULL,
        next_attempt_at timestamptz(3) NOT NULL,
        lease_until     timestamptz(3),
        last_attempt_at timestamptz(3),
        http_status     integer,
        duration_ms     integer,
        error           text,
        delivered_at    timestamptz(3),
        created_at      timestamptz(3) NOT NULL
      )`);
    await runner.query(`
      CREATE INDEX alert_messages_due ON alert_messages (next_attempt_at) WHERE state = 'PENDING'`);
    await runner.query(`
      CREATE INDEX alert_messages_pending ON alert_messages (channel_id) WHERE state = 'PENDING'`);
    await runner.query(`
      CREATE INDEX alert_messages_unresolved ON alert_messages (channel_id)
       WHERE state = 'DELIVERED' AND resolves_id IS NULL AND NOT resolved`);
    // What is gathered into one message: there is one that can still grow for each channel and instant.
    await runner.query(`
      CREATE UNIQUE INDEX alert_messages_open ON alert_messages (channel_id, digest_at)
       WHERE state = 'PENDING' AND attempts = 0 AND digest_at IS NOT NULL`);
    await runner.query(`
      CREATE TABLE alert_deliveries (
        id              text PRIMARY KEY,
        alert_id        text NOT NULL,
        channel_id      text NOT NULL REFERENCES alert_channels (id),
        message_id      text NOT NULL REFERENCES alert_messages (id),
        created_at      timestamptz(3) NOT NULL,
        CONSTRAINT alert_deliveries_once UNIQUE (alert_id, channel_id)
      )`);
    await runner.query(
      `CREATE INDEX alert_deliveries_of_channel ON alert_deliveries (channel_id, created_at, id)`,
    );
    await runner.query(`CREATE INDEX alert_deliveries_of_message ON alert_deliveries (message_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE alert_deliveries`);
    await runner.query(`DROP TABLE alert_messages`);
    await runner.query(`DROP TABLE alert_channels`);
  }
}
