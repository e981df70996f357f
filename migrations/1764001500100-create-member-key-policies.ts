import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the plain members of a team may do with keys of their own. A team without a row permits nothing. */
export class CreateMemberKeyPolicies1764001500100 implements MigrationInterface {
  readonly name = 'CreateMemberKeyPolicies1764001500100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE member_key_policies (
        team_id              text PRIMARY KEY REFERENCES teams (id),
        organization_id      text NOT NULL REFERENCES organizations (id),
        enabled              boolean NOT NULL,
        models               text[] NOT NULL DEFAULT '{}',
        max_amount           numeric(38,12) CHECK (max_amount >= 0),
        duration             text,
        max_lifetime_seconds integer CHECK (max_lifetime_seconds > 0),
        max_keys             integer CHECK (max_keys > 0),
        updated_at           timestamptz(3) NOT NULL DEFAULT now()
      )`);
    await runner.query(`
      CREATE TRIGGER member_key_policies_audited AFTER INSERT OR UPDATE OR DELETE ON member_key_policies FOR EACH ROW
        EXECUTE FUNCTION audit_row('Team', 'team_id', 'organization_id', 'member_keys_')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE member_key_policies`);
  }
}
