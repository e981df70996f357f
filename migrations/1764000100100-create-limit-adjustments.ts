import type { MigrationInterface, QueryRunner } from 'typeorm';
import { LEDGER_ADJUST } from './functions/ledger-adjust';
import { LEDGER_END_INCREASES } from './functions/ledger-end-increases';
import { LEDGER_EXTEND } from './functions/ledger-extend';
import { LEDGER_RESERVE } from './functions/ledger-reserve';

/**
 * Credits, resets and temporary increases of limits. Credits and resets are signed rows that are never changed; what is
 * spent in a window is its spend rows and these.
 */
export class CreateLimitAdjustments1764000100100 implements MigrationInterface {
  readonly name = 'CreateLimitAdjustments1764000100100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE limit_adjustments (
        id            text PRIMARY KEY,
        limit_id      text NOT NULL REFERENCES limits (id),
        assignment_id text NOT NULL DEFAULT '',
        holder_id     text NOT NULL DEFAULT '',
        kind          text NOT NULL CHECK (kind IN ('CREDIT', 'RESET')),
        amount        numeric(38,12) NOT NULL,
        booked_at     timestamptz NOT NULL,
        actor         text NOT NULL,
        reason        text NOT NULL
      )`);
    await runner.query(
      `CREATE INDEX limit_adjustments_series ON limit_adjustments (limit_id, assignment_id, holder_id, booked_at)`,
    );
    await runner.query(
      `CREATE INDEX limit_adjustments_booked ON limit_adjustments (limit_id, booked_at, id)`,
    );
    await runner.query(`
      CREATE TRIGGER limit_adjustments_append_only BEFORE UPDATE OR DELETE ON limit_adjustments
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER limit_adjustments_no_truncate BEFORE TRUNCATE ON limit_adjustments
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
    await runner.query(`
      CREATE TABLE limit_increases (
        id         text PRIMARY KEY,
        limit_id   text NOT NULL REFERENCES limits (id),
        amount     numeric(38,12) NOT NULL CHECK (amount > 0),
        expires_at timestamptz NOT NULL,
        reason     text NOT NULL,
        actor      text NOT NULL,
        created_at timestamptz NOT NULL,
        -- When the limits' version turned after its end; until then whoever reserves is told to look again.
        ended_at   timestamptz
      )`);
    await runner.query(`CREATE INDEX limit_increases_limit ON limit_increases (limit_id, created_at, id)`);
    await runner.query(
      `CREATE INDEX limit_increases_open ON limit_increases (expires_at) WHERE ended_at IS NULL`,
    );
    // When the limits change by themselves next: an increase expires. Reservations prove that it lies ahead.
    await runner.query(`ALTER TABLE ledger_state ADD COLUMN limits_change_at timestamptz`);
    await runner.query(LEDGER_ADJUST);
    await runner.query(LEDGER_END_INCREASES);
    await runner.query(LEDGER_RESERVE);
    await runner.query(LEDGER_EXTEND);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP FUNCTION ledger_adjust, ledger_end_increases`);
    await runner.query(`DROP TABLE limit_increases, limit_adjustments`);
    await runner.query(`ALTER TABLE ledger_state DROP COLUMN limits_change_at`);
  }
}
