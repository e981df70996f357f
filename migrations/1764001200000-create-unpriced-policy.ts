import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether calls of models without a price are refused: a decision of an administrator, in one row at most. */
export class CreateUnpricedPolicy1764001200000 implements MigrationInterface {
  readonly name = 'CreateUnpricedPolicy1764001200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE unpriced_policy (
        id         text PRIMARY KEY CHECK (id = 'server'),
        refuses    boolean NOT NULL,
        updated_at timestamptz(3) NOT NULL
      )`);
    await runner.query(`
      CREATE TRIGGER unpriced_policy_audited AFTER INSERT OR UPDATE OR DELETE ON unpriced_policy FOR EACH ROW
        EXECUTE FUNCTION audit_row('UnpricedPolicy', 'id', '', '')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE unpriced_policy`);
  }
}
