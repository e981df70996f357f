import type { MigrationInterface, QueryRunner } from 'typeorm';

/** So that reports of one person or project read their own roll-ups, not those of everybody. */
export class IndexRollupsByUser1764000090000 implements MigrationInterface {
  readonly name = 'IndexRollupsByUser1764000090000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX spend_rollups_user ON spend_rollups (user_id, bucket)`);
    await runner.query(`CREATE INDEX spend_rollups_project ON spend_rollups (project_id, bucket)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX spend_rollups_project`);
    await runner.query(`DROP INDEX spend_rollups_user`);
  }
}
