import type { Pool } from 'pg';

/**
 * Records every commit that makes a reservation stand where it does not fit: an update that raises `reserved` while
 * spent + reserved passes the limit. It watches each statement inside the database, so nothing slips between samples.
 */
export async function watchLawFive(pool: Pool): Promise<void> {
  await pool.query(`
    CREATE TABLE law_five_violations (window_id bigint, spent numeric, reserved numeric, amount numeric);
    CREATE FUNCTION check_law_five() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE v_amount numeric;
    BEGIN
      SELECT amount INTO v_amount FROM limits WHERE id = NEW.limit_id AND enforcement <> 'ADVISORY' AND mode = 'ENFORCE';
      IF NEW.reserved > OLD.reserved AND NEW.spent + NEW.reserved > v_amount THEN
        INSERT INTO law_five_violations VALUES (NEW.id, NEW.spent, NEW.reserved, v_amount);
      END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER law_five AFTER UPDATE ON limit_windows FOR EACH ROW EXECUTE FUNCTION check_law_five()`);
}

export async function lawFiveViolations(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM law_five_violations`);
  return rows[0]?.n ?? -1;
}
