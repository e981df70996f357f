import type { MigrationInterface, QueryRunner } from 'typeorm';
import { SPEND_ARCHIVE, SPEND_DROP_MONTH, SPEND_ENTRIES } from './functions/spend-archive';

/** Months of the spend log can be dropped without a window, total or roll-up losing what stood in them. */
export class ArchiveSpend1764001000100 implements MigrationInterface {
  readonly name = 'ArchiveSpend1764001000100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SPEND_ARCHIVE);
    for (const column of [
      'bucket',
      'organization_id',
      'team_id',
      'project_id',
      'user_id',
      'key_id',
      'customer_id',
    ]) {
      await runner.query(
        column === 'bucket'
          ? `CREATE INDEX spend_archive_bucket ON spend_archive (bucket)`
          : `CREATE INDEX spend_archive_${column} ON spend_archive (${column}, bucket)`,
      );
    }
    await runner.query(`
      CREATE TRIGGER spend_archive_append_only BEFORE UPDATE OR DELETE ON spend_archive
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER spend_archive_no_truncate BEFORE TRUNCATE ON spend_archive
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
    await runner.query(SPEND_ENTRIES);
    await runner.query(SPEND_DROP_MONTH);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP FUNCTION spend_drop_month(timestamptz)`);
    await runner.query(`DROP VIEW spend_entries`);
    await runner.query(`DROP TABLE spend_archive`);
  }
}
