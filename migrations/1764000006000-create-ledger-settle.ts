import type { MigrationInterface, QueryRunner } from 'typeorm';
import { LEDGER_BOOK } from './functions/ledger-book';
import { LEDGER_SETTLE } from './functions/ledger-settle';

/**
 * `ledger_settle`: a batch of calls ends. Windows, reservations, spend rows and roll-ups change in one transaction, each
 * reservation once, whoever tries twice. Locks in the order that everybody keeps: reservations by id, windows by id,
 * roll-ups by key, totals by key.
 */
export class CreateLedgerSettle1764000006000 implements MigrationInterface {
  readonly name = 'CreateLedgerSettle1764000006000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UNIT_AMOUNT);
    await runner.query(LEDGER_BOOK);
    await runner.query(LEDGER_SETTLE);
    await runner.query(APPEND_ONLY);
    await runner.query(ENSURE_PARTITIONS);
    await runner.query(`SELECT spend_ensure_partitions(3)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP FUNCTION spend_ensure_partitions(integer)`);
    await runner.query(`DROP FUNCTION ledger_settle, ledger_book`);
    await runner.query(`DROP FUNCTION ledger_unit_amount(text, numeric, bigint, bigint, integer)`);
    await runner.query(`DROP FUNCTION refuse_change() CASCADE`);
  }
}

/** What a spend row counts for in a window of each unit. CONCURRENT has only a reserved side. */
const UNIT_AMOUNT = `
CREATE FUNCTION ledger_unit_amount(unit text, cost numeric, input_tokens bigint, output_tokens bigint, requests integer)
RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE unit
    WHEN 'USD' THEN coalesce(cost, 0)
    WHEN 'TOKENS' THEN (input_tokens + output_tokens)::numeric
    WHEN 'INPUT_TOKENS' THEN input_tokens::numeric
    WHEN 'OUTPUT_TOKENS' THEN output_tokens::numeric
    WHEN 'REQUESTS' THEN requests::numeric
    ELSE 0
  END
$$`;

/** Spend rows are never changed: corrections are rows of their own. The triggers refuse whoever asks. */
const APPEND_ONLY = `
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: the table is append-only', TG_OP, TG_TABLE_NAME USING ERRCODE = '42501';
END $$;
CREATE TRIGGER spend_logs_append_only BEFORE UPDATE OR DELETE ON spend_logs
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER spend_logs_no_truncate BEFORE TRUNCATE ON spend_logs
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER spend_logs_default_no_truncate BEFORE TRUNCATE ON spend_logs_default
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`;

/** Makes the partitions of this month and the months ahead, where they are missing and the default holds no such row. */
const ENSURE_PARTITIONS = `
CREATE FUNCTION spend_ensure_partitions(p_months_ahead integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  v_start timestamptz;
  v_end   timestamptz;
  v_name  text;
  v_made  integer := 0;
BEGIN
  FOR i IN 0 .. p_months_ahead LOOP
    v_start := (date_trunc('month', ledger_now() AT TIME ZONE 'UTC') + make_interval(months => i)) AT TIME ZONE 'UTC';
    v_end := (date_trunc('month', ledger_now() AT TIME ZONE 'UTC') + make_interval(months => i + 1)) AT TIME ZONE 'UTC';
    v_name := 'spend_logs_' || to_char(v_start AT TIME ZONE 'UTC', 'YYYY_MM');
    IF to_regclass(v_name) IS NULL
       AND NOT EXISTS (SELECT 1 FROM spend_logs_default WHERE admitted_at >= v_start AND admitted_at < v_end) THEN
      EXECUTE format('CREATE TABLE %I PARTITION OF spend_logs FOR VALUES FROM (%L) TO (%L)', v_name, v_start, v_end);
      EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
        v_name || '_no_truncate', v_name);
      v_made := v_made + 1;
    END IF;
  END LOOP;
  RETURN v_made;
END $$`;
