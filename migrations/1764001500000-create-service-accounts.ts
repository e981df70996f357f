import type { MigrationInterface, QueryRunner } from 'typeorm';

const ACTOR_KINDS = ['USER', 'KEY', 'MASTER', 'ANONYMOUS', 'SYSTEM', 'DATABASE'];

/** Principals that are no people: of an organization or one of its teams, with access tokens and keys of their own. */
export class CreateServiceAccounts1764001500000 implements MigrationInterface {
  readonly name = 'CreateServiceAccounts1764001500000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE service_accounts (
        id              text PRIMARY KEY,
        organization_id text NOT NULL REFERENCES organizations (id),
        team_id         text REFERENCES teams (id),
        name            text NOT NULL,
        description     text,
        role            text NOT NULL CHECK (role IN ('ADMIN', 'MEMBER', 'VIEWER')),
        metadata        jsonb NOT NULL DEFAULT '{}',
        blocked         boolean NOT NULL DEFAULT false,
        created_by      text NOT NULL,
        created_at      timestamptz(3) NOT NULL DEFAULT now(),
        updated_at      timestamptz(3) NOT NULL DEFAULT now(),
        deleted_at      timestamptz
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX service_accounts_name
        ON service_accounts (organization_id, coalesce(team_id, ''), lower(name)) WHERE deleted_at IS NULL`);
    await runner.query(
      `CREATE INDEX service_accounts_organization ON service_accounts (organization_id, id)`,
    );
    await runner.query(`CREATE INDEX service_accounts_team ON service_accounts (team_id, id)`);
    await runner.query(`
      CREATE TRIGGER service_accounts_audited AFTER INSERT OR UPDATE OR DELETE ON service_accounts FOR EACH ROW
        EXECUTE FUNCTION audit_row('ServiceAccount', 'id', 'organization_id', '')`);
    // A service account never moves, so that its place can stand in the token's own row.
    await runner.query(`
      ALTER TABLE access_tokens
        ALTER COLUMN user_id DROP NOT NULL,
        ADD COLUMN service_account_id text REFERENCES service_accounts (id),
        ADD COLUMN organization_id text,
        ADD COLUMN team_id text,
        ADD CONSTRAINT access_tokens_one_holder CHECK (num_nonnulls(user_id, service_account_id) = 1)`);
    await runner.query(
      `CREATE INDEX access_tokens_service_account ON access_tokens (service_account_id, id)`,
    );
    await audit(runner, 'organization_id');
    await runner.query(`
      ALTER TABLE virtual_keys
        ADD COLUMN service_account_id text REFERENCES service_accounts (id),
        ADD CONSTRAINT virtual_keys_one_owner CHECK (num_nonnulls(user_id, service_account_id) <= 1)`);
    await runner.query(`CREATE INDEX virtual_keys_service_account ON virtual_keys (service_account_id, id)`);
    await permitActors(runner, [...ACTOR_KINDS, 'SERVICE_ACCOUNT']);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE virtual_keys DROP COLUMN service_account_id`);
    await runner.query(`DELETE FROM access_tokens WHERE service_account_id IS NOT NULL`);
    await audit(runner, '');
    await runner.query(`
      ALTER TABLE access_tokens DROP COLUMN service_account_id, DROP COLUMN organization_id, DROP COLUMN team_id,
        ALTER COLUMN user_id SET NOT NULL`);
    await runner.query(`DROP TABLE service_accounts`);
  }
}

/** Whose the audit log says that a token is: nobody's, or the organization of its service account. */
async function audit(runner: QueryRunner, organizationColumn: string): Promise<void> {
  await runner.query(`DROP TRIGGER access_tokens_audited ON access_tokens`);
  await runner.query(`
    CREATE TRIGGER access_tokens_audited AFTER INSERT OR UPDATE OR DELETE ON access_tokens FOR EACH ROW
      EXECUTE FUNCTION audit_row('AccessToken', 'id', '${organizationColumn}', '')`);
}

async function permitActors(runner: QueryRunner, kinds: readonly string[]): Promise<void> {
  const list = kinds.map((kind) => `'${kind}'`).join(', ');
  await runner.query(`
    ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_actor_kind_check,
      ADD CONSTRAINT audit_entries_actor_kind_check CHECK (actor_kind IN (${list}))`);
}
