import type { RequestContext } from '../access/context';
import { findDeployments } from './deployment.repository';
import { toDeployment, type Deployment } from './deployment.type';

/** The deployment with that id, or null when it is absent or not visible. One statement per request and level. */
export async function loadDeployment(ctx: RequestContext, id: string): Promise<Deployment | null> {
  const loader = ctx.loaders.byId('deployment', async (ids) => {
    const rows = await findDeployments(ctx.db.manager, ctx.visibility, ids);
    return new Map(rows.map((row) => [row.id, toDeployment(row)]));
  });
  return loader.load(id);
}
