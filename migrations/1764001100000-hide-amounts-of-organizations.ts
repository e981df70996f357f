import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An organization may keep amounts from the holders of its keys. */
export class HideAmountsOfOrganizations1764001100000 implements MigrationInterface {
  readonly name = 'HideAmountsOfOrganizations1764001100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE organizations ADD COLUMN hides_amounts boolean NOT NULL DEFAULT false`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE organizations DROP COLUMN hides_amounts`);
  }
}
