import type { RequestContext } from '../access/context';
import { findAuditEntries } from './audit-entry.repository';
import { toAuditEntry, type AuditEntry } from './audit-entry.type';

/** The entry with that id, or null when it is absent or not visible. One statement per request and level. */
export async function loadAuditEntry(ctx: RequestContext, id: string): Promise<AuditEntry | null> {
  const loader = ctx.loaders.byId('auditEntry', async (ids) => {
    const rows = await findAuditEntries(ctx.db.manager, ctx.visibility, ids);
    return new Map(rows.map((row) => [row.id, toAuditEntry(row)]));
  });
  return loader.load(id);
}
