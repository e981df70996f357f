import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ALERT_OWNER } from './functions/alert-owner';
import { ALERT_RAISE, ALERT_RULES_OF } from './functions/alert-raise';
import { ALERT_DIGEST_AT, ALERT_HELD_UNTIL } from './functions/alert-times';
import { ALERT_INSTANT, ALERT_WATCH_WINDOW } from './functions/alert-watch-window';
import { LEDGER_SETTLE } from './functions/ledger-settle';

/**
 * Rules, and the alerts that they raise. What a limit's thresholds are crossed by is noticed in the transaction that books
 * it: a window notes the next amount at which anything is due, and comparing with that is all that a settlement pays.
 */
export class CreateAlerts1764000200000 implements MigrationInterface {
  readonly name = 'CreateAlerts1764000200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE alert_rules (
        id                  text PRIMARY KEY,
        organization_id     text REFERENCES organizations (id),
        scope               text NOT NULL
                            CHECK (scope IN ('SERVER', 'ORGANIZATION', 'TEAM', 'PROJECT', 'KEY', 'LIMIT')),
        scope_id            text NOT NULL,
        kind                text NOT NULL CHECK (kind IN ('THRESHOLD', 'SOFT_LIMIT', 'PROJECTED_EXCEED', 'SPEND_ANOMALY',
                              'UNPRICED_MODEL', 'NEW_MODEL', 'KEY_EXPIRING', 'PROVIDER_FAILING', 'SPEND_REPORT')),
        name                text NOT NULL,
        enabled             boolean NOT NULL DEFAULT true,
        muted_until         timestamptz(3),
        severity            text CHECK (severity IN ('INFO', 'WARNING', 'CRITICAL')),
        thresholds          text[],
        amounts             text[],
        unit                text,
        settings            jsonb NOT NULL DEFAULT '{}',
        cooldown_minutes    integer NOT NULL DEFAULT 60 CHECK (cooldown_minutes >= 0),
        quiet_from_minutes  integer CHECK (quiet_from_minutes BETWEEN 0 AND 1439),
        quiet_until_minutes integer CHECK (quiet_until_minutes BETWEEN 0 AND 1439),
        timezone            text NOT NULL DEFAULT 'UTC',
        digest              text NOT NULL DEFAULT 'NONE' CHECK (digest IN ('NONE', 'HOURLY', 'DAILY')),
        channel_ids         text[],
        created_by          text NOT NULL,
        created_at          timestamptz(3) NOT NULL DEFAULT now(),
        updated_at          timestamptz(3) NOT NULL DEFAULT now(),
        deleted_at          timestamptz(3),
        CHECK ((quiet_from_minutes IS NULL) = (quiet_until_minutes IS NULL))
      )`);
    await runner.query(
      `CREATE INDEX alert_rules_scope ON alert_rules (scope, scope_id, kind) WHERE deleted_at IS NULL`,
    );
    await runner.query(`CREATE INDEX alert_rules_created ON alert_rules (created_at, id)`);
    await runner.query(`
      CREATE TABLE alerts (
        id               text PRIMARY KEY,
        rule_id          text NOT NULL REFERENCES alert_rules (id),
        kind             text NOT NULL,
        severity         text NOT NULL CHECK (severity IN ('INFO', 'WARNING', 'CRITICAL')),
        scope            text NOT NULL,
        scope_id         text NOT NULL,
        organization_id  text,
        team_id          text,
        project_id       text,
        user_id          text,
        key_id           text,
        limit_id         text,
        window_start     timestamptz,
        window_end       timestamptz,
        threshold        text,
        subject          text NOT NULL,
        title            text NOT NULL,
        message          text NOT NULL,
        details          jsonb NOT NULL DEFAULT '{}',
        dedupe_key       text NOT NULL UNIQUE,
        raised_at        timestamptz(3) NOT NULL,
        held_until       timestamptz(3),
        digest_at        timestamptz(3),
        acknowledged_at  timestamptz(3),
        acknowledged_by  text,
        acknowledge_note text
      )`);
    await runner.query(`CREATE INDEX alerts_raised ON alerts (raised_at, id)`);
    await runner.query(`CREATE INDEX alerts_rule ON alerts (rule_id, scope_id, raised_at)`);
    for (const column of ['organization_id', 'team_id', 'key_id', 'limit_id'])
      await runner.query(
        `CREATE INDEX alerts_${column} ON alerts (${column}, raised_at, id) WHERE ${column} IS NOT NULL`,
      );
    await runner.query(`
      CREATE TABLE alert_outbox (
        alert_id   text PRIMARY KEY REFERENCES alerts (id),
        created_at timestamptz(3) NOT NULL
      )`);
    await this.addDefaultRules(runner);
    // How much may be spent in the window before anything is due; null when nothing ever is.
    await runner.query(`ALTER TABLE limit_windows ADD COLUMN alert_at numeric(38,12) DEFAULT 0`);
    for (const text of [ALERT_OWNER, ALERT_HELD_UNTIL, ALERT_DIGEST_AT, ALERT_RAISE, ALERT_RULES_OF])
      await runner.query(text);
    for (const text of [ALERT_INSTANT, ALERT_WATCH_WINDOW, LEDGER_SETTLE]) await runner.query(text);
    await this.watchWindows(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TRIGGER limit_windows_watched ON limit_windows`);
    await runner.query(`DROP TRIGGER limits_watched ON limits`);
    await runner.query(`DROP TRIGGER limit_increases_watched ON limit_increases`);
    await runner.query(`DROP FUNCTION alert_watch_spent, alert_watch_limit, alert_watch_again, alert_watch_window,
      alert_instant, alert_rules_of, alert_raise, alert_digest_at, alert_held_until, alert_owner`);
    await runner.query(`ALTER TABLE limit_windows DROP COLUMN alert_at`);
    await runner.query(`DROP TABLE alert_outbox, alerts, alert_rules`);
  }

  /** What every server watches without being set up. New models are news only where somebody asks for them. */
  private async addDefaultRules(runner: QueryRunner): Promise<void> {
    await runner.query(`
      INSERT INTO alert_rules (id, scope, scope_id, kind, name, settings, cooldown_minutes, created_by) VALUES
        ('rule_default_threshold', 'SERVER', 'server', 'THRESHOLD', 'Thresholds of limits', '{}', 60, 'spendgraph'),
        ('rule_default_soft', 'SERVER', 'server', 'SOFT_LIMIT', 'Soft limits', '{}', 60, 'spendgraph'),
        ('rule_default_projected', 'SERVER', 'server', 'PROJECTED_EXCEED', 'Limits that will not last', '{}', 0,
         'spendgraph'),
        ('rule_default_anomaly', 'SERVER', 'server', 'SPEND_ANOMALY', 'Unusual spend', '{}', 0, 'spendgraph'),
        ('rule_default_unpriced', 'SERVER', 'server', 'UNPRICED_MODEL', 'Models without a price', '{}', 1440, 'spendgraph'),
        ('rule_default_expiring', 'SERVER', 'server', 'KEY_EXPIRING', 'Keys that expire', '{}', 0, 'spendgraph'),
        ('rule_default_failing', 'SERVER', 'server', 'PROVIDER_FAILING', 'Failing providers', '{}', 60, 'spendgraph')`);
  }

  private async watchWindows(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION alert_watch_spent() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM alert_watch_window(NEW.id);
        RETURN NULL;
      END $$`);
    // The condition is all that a settlement pays which crosses nothing. One that reserves does not set spent.
    await runner.query(`
      CREATE TRIGGER limit_windows_watched AFTER INSERT OR UPDATE OF spent ON limit_windows FOR EACH ROW
        WHEN (NEW.spent >= NEW.alert_at AND NEW.spent > 0) EXECUTE FUNCTION alert_watch_spent()`);
    // Whoever changes what is due takes the ledger alone, so no window is booked in meanwhile.
    await runner.query(`
      CREATE FUNCTION alert_watch_again(p_limit_id text) RETURNS void LANGUAGE plpgsql AS $$
      DECLARE
        v_window bigint;
      BEGIN
        UPDATE limit_windows SET alert_at = 0
         WHERE limit_id = p_limit_id AND (ends_at IS NULL OR ends_at > ledger_now());
        -- A limit that was lowered is over a threshold at once. Of a template, whose holders may be many, each is seen
        -- when it is next booked in.
        FOR v_window IN
          SELECT id FROM limit_windows
           WHERE limit_id = p_limit_id AND assignment_id = '' AND spent > 0 AND (ends_at IS NULL OR ends_at > ledger_now())
           ORDER BY id
        LOOP
          PERFORM alert_watch_window(v_window);
        END LOOP;
      END $$`);
    await runner.query(`
      CREATE FUNCTION alert_watch_limit() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM alert_watch_again(CASE TG_TABLE_NAME WHEN 'limits' THEN to_jsonb(NEW) ->> 'id'
                                                     ELSE to_jsonb(NEW) ->> 'limit_id' END);
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER limits_watched AFTER UPDATE OF amount, soft_amount, alert_thresholds, deleted_at ON limits
        FOR EACH ROW WHEN (
          (OLD.amount, OLD.soft_amount, OLD.alert_thresholds, OLD.deleted_at)
          IS DISTINCT FROM (NEW.amount, NEW.soft_amount, NEW.alert_thresholds, NEW.deleted_at))
        EXECUTE FUNCTION alert_watch_limit()`);
    await runner.query(`
      CREATE TRIGGER limit_increases_watched AFTER INSERT OR UPDATE OF ended_at ON limit_increases
        FOR EACH ROW EXECUTE FUNCTION alert_watch_limit()`);
  }
}
