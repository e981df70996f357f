import type { MigrationInterface, QueryRunner } from 'typeorm';

/** By what name an identity provider knows a user. */
export class CreateUserIdentities1764000500100 implements MigrationInterface {
  readonly name = 'CreateUserIdentities1764000500100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE user_identities (
        issuer     text NOT NULL,
        subject    text NOT NULL,
        user_id    text NOT NULL REFERENCES users (id),
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        PRIMARY KEY (issuer, subject)
      )`);
    await runner.query(`CREATE INDEX user_identities_user ON user_identities (user_id)`);
    await runner.query(`
      CREATE TRIGGER user_identities_audited AFTER INSERT OR UPDATE OR DELETE ON user_identities FOR EACH ROW
        EXECUTE FUNCTION audit_row('User', 'user_id', '', 'identity_')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE user_identities`);
  }
}
