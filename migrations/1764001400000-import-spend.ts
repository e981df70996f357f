import type { MigrationInterface, QueryRunner } from 'typeorm';
import { LEDGER_IMPORT } from './functions/ledger-import';

/** What another server charged can be booked here, in partitions of the months that it was charged in. */
export class ImportSpend1764001400000 implements MigrationInterface {
  readonly name = 'ImportSpend1764001400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(LEDGER_IMPORT);
    await runner.query(ENSURE_MONTH);
    // Calls of other servers are found by their ids there; those made here have ids that tell their time.
    await runner.query(
      `CREATE INDEX spend_logs_foreign_call ON spend_logs (call_id) WHERE call_id NOT LIKE 'call\\_%'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX spend_logs_foreign_call`);
    await runner.query(`DROP FUNCTION ledger_import, spend_ensure_month`);
  }
}

/** Makes the partition of the month that an instant lies in, unless it is there or the default holds rows of the month. */
const ENSURE_MONTH = `
CREATE FUNCTION spend_ensure_month(p_at timestamptz) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  v_start timestamptz := date_trunc('month', p_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC';
  v_end   timestamptz := (date_trunc('month', p_at AT TIME ZONE 'UTC') + interval '1 month') AT TIME ZONE 'UTC';
  v_name  text := 'spend_logs_' || to_char(v_start AT TIME ZONE 'UTC', 'YYYY_MM');
BEGIN
  IF to_regclass(v_name) IS NOT NULL
     OR EXISTS (SELECT 1 FROM spend_logs_default WHERE admitted_at >= v_start AND admitted_at < v_end) THEN
    RETURN false;
  END IF;
  EXECUTE format('CREATE TABLE %I PARTITION OF spend_logs FOR VALUES FROM (%L) TO (%L)', v_name, v_start, v_end);
  EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
    v_name || '_no_truncate', v_name);
  RETURN true;
END $$`;
