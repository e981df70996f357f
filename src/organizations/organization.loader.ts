import type { RequestContext } from '../access/context';
import { findOrganizations } from './organization.repository';
import { toOrganization, type Organization } from './organization.type';

/** The organization with that id, or null when it is absent or not visible. One statement per request and level. */
export async function loadOrganization(ctx: RequestContext, id: string): Promise<Organization | null> {
  const loader = ctx.loaders.byId('organization', async (ids) => {
    const rows = await findOrganizations(ctx.db.manager, ctx.visibility, ids);
    return new Map(rows.map((row) => [row.id, toOrganization(row)]));
  });
  return loader.load(id);
}
