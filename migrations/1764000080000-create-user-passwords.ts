import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Passwords for signing in to the page, and the access tokens that signing in makes. */
export class CreateUserPasswords1764000080000 implements MigrationInterface {
  readonly name = 'CreateUserPasswords1764000080000';

  async up(runner: QueryRunner): Promise<void> {
    // Apart from the users, so that no ordinary read of a user can carry a hash along.
    await runner.query(`
      CREATE TABLE user_passwords (
        user_id    text PRIMARY KEY REFERENCES users (id),
        hash       text NOT NULL,
        changed_at timestamptz(3) NOT NULL DEFAULT now()
      )`);
    await runner.query(`ALTER TABLE access_tokens ADD COLUMN is_session boolean NOT NULL DEFAULT false`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE access_tokens DROP COLUMN is_session`);
    await runner.query(`DROP TABLE user_passwords`);
  }
}
