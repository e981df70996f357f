import type { TestApp } from '../support/app';
import type { Tenants } from '../support/tenants';
import type { Operation } from './operation';

/** What the audit log has of the making of the tenant's team. */
export async function auditEntryOf(app: TestApp, { own }: Tenants): Promise<string> {
  const { rows } = await app.pool.query<{ id: string }>(
    `SELECT id FROM audit_entries WHERE action = 'createTeam' AND subject_id = $1`,
    [own.teamId],
  );
  return rows[0]?.id ?? '';
}

/** The audit log. */
export const AUDIT_OPERATIONS: Readonly<Record<string, Operation>> = {
  auditEntry: async (app, tenants) => ({
    query: 'query ($id: ID!) { auditEntry(id: $id) { id } }',
    variables: { id: await auditEntryOf(app, tenants) },
  }),
  auditLog: async (app, tenants) => ({
    query: 'query ($id: ID!) { auditLog(filter: { subjectId: $id }) { nodes { id } } }',
    variables: { id: tenants.own.teamId },
    contains: await auditEntryOf(app, tenants),
  }),
};
