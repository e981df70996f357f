import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  AUDIT_EVENT,
  AUDIT_HIDDEN,
  AUDIT_ID,
  AUDIT_ORGANIZATION,
  AUDIT_ROW,
  AUDIT_SHOWN,
} from './functions/audit-row';

interface AuditedTable {
  readonly table: string;
  readonly type: string;
  /** Column of the subject's id; `id` by default. */
  readonly id?: string;
  /** Way to its organization, see `audit_organization`; the column `organization_id` by default. */
  readonly organization?: string;
  readonly prefix?: string;
  /** What is audited of it, in the words of CREATE TRIGGER; every change by default. */
  readonly on?: string;
  readonly when?: string;
}

const TABLES: readonly AuditedTable[] = [
  { table: 'organizations', type: 'Organization', organization: 'id' },
  { table: 'organization_members', type: 'OrganizationMember' },
  { table: 'teams', type: 'Team' },
  { table: 'team_members', type: 'TeamMember' },
  { table: 'projects', type: 'Project' },
  { table: 'users', type: 'User', organization: '' },
  { table: 'user_passwords', type: 'User', id: 'user_id', organization: '', prefix: 'password_' },
  { table: 'access_tokens', type: 'AccessToken', organization: '' },
  { table: 'virtual_keys', type: 'VirtualKey' },
  { table: 'virtual_key_secrets', type: 'VirtualKey', id: 'key_id', organization: 'KEY', prefix: 'secret_' },
  { table: 'credentials', type: 'Credential', organization: '' },
  { table: 'deployments', type: 'Deployment', organization: '' },
  // An import is one decision over thousands of prices: its own entry tells it, and its rows name it.
  { table: 'prices', type: 'Price', organization: 'SCOPE', on: 'INSERT', when: `NEW.scope <> 'CATALOGUE'` },
  { table: 'prices', type: 'Price', organization: 'SCOPE', on: 'UPDATE', when: `NEW.scope <> 'CATALOGUE'` },
  { table: 'prices', type: 'Price', organization: 'SCOPE', on: 'DELETE' },
  { table: 'price_adjustments', type: 'PriceAdjustment', organization: 'SCOPE' },
  { table: 'price_imports', type: 'PriceImport', organization: '' },
  { table: 'limits', type: 'Limit' },
  { table: 'limit_adjustments', type: 'LimitAdjustment', organization: 'LIMIT' },
  // That it is over is the clock's doing.
  { table: 'limit_increases', type: 'LimitIncrease', organization: 'LIMIT', on: 'INSERT OR DELETE' },
  { table: 'limit_templates', type: 'LimitTemplate' },
  { table: 'template_assignments', type: 'TemplateAssignment' },
  // The first call for a customer makes its record too, which is nobody's decision.
  {
    table: 'customers',
    type: 'Customer',
    on: 'INSERT',
    when: `nullif(current_setting('spendgraph.note', true), '') IS NOT NULL`,
  },
  { table: 'customers', type: 'Customer', on: 'UPDATE OR DELETE' },
  { table: 'alert_rules', type: 'AlertRule' },
  { table: 'alert_channels', type: 'AlertChannel' },
  // Alerts are raised by the server; what people do is to acknowledge them.
  { table: 'alerts', type: 'Alert', on: 'UPDATE OF acknowledged_at, acknowledged_by, acknowledge_note' },
];

/** The audit log: who changed what, from what to what. Append-only, and written in the transaction of the change. */
export class CreateAuditLog1764000500000 implements MigrationInterface {
  readonly name = 'CreateAuditLog1764000500000';

  async up(runner: QueryRunner): Promise<void> {
    // No foreign keys: an entry outlives what it tells of.
    await runner.query(`
      CREATE TABLE audit_entries (
        id              text PRIMARY KEY,
        actor_kind      text NOT NULL CHECK (actor_kind IN ('USER', 'KEY', 'MASTER', 'ANONYMOUS', 'SYSTEM', 'DATABASE')),
        actor_id        text,
        on_behalf_of    text,
        action          text NOT NULL,
        subject_type    text NOT NULL,
        subject_id      text,
        organization_id text,
        before          jsonb,
        after           jsonb,
        request_id      text,
        address         text,
        user_agent      text,
        created_at      timestamptz(3) NOT NULL
      )`);
    await runner.query(`CREATE INDEX audit_entries_created ON audit_entries (created_at, id)`);
    for (const column of ['organization_id', 'subject_id', 'actor_id']) {
      await runner.query(`CREATE INDEX audit_entries_${column} ON audit_entries (${column}, created_at, id)`);
    }
    await runner.query(`
      CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE ON audit_entries
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER audit_entries_no_truncate BEFORE TRUNCATE ON audit_entries
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
    for (const text of [AUDIT_ID, AUDIT_HIDDEN, AUDIT_ORGANIZATION, AUDIT_EVENT, AUDIT_SHOWN, AUDIT_ROW]) {
      await runner.query(text);
    }
    for (const audited of TABLES) await runner.query(triggerOf(audited));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP FUNCTION audit_row() CASCADE`);
    await runner.query(`DROP FUNCTION audit_shown, audit_event, audit_organization, audit_hidden, audit_id`);
    await runner.query(`DROP TABLE audit_entries`);
  }
}

function triggerOf(audited: AuditedTable): string {
  const { table, type, id = 'id', organization = 'organization_id', prefix = '', when } = audited;
  const { on = 'INSERT OR UPDATE OR DELETE' } = audited;
  const name = `${table}_audited${audited.on === undefined ? '' : `_${/^\w+/.exec(on)?.[0].toLowerCase() ?? ''}`}`;
  const condition = when === undefined ? '' : `WHEN (${when})`;
  return `CREATE TRIGGER ${name} AFTER ${on} ON ${table} FOR EACH ROW ${condition}
    EXECUTE FUNCTION audit_row('${type}', '${id}', '${organization}', '${prefix}')`;
}
