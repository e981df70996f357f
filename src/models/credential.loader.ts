import type { RequestContext } from '../access/context';
import { findCredentials } from './credential.repository';
import { toCredential, type Credential } from './credential.type';

/** The credential with that id, or null when it is absent or not visible. One statement per request and level. */
export async function loadCredential(ctx: RequestContext, id: string): Promise<Credential | null> {
  const loader = ctx.loaders.byId('credential', async (ids) => {
    const rows = await findCredentials(ctx.db.manager, ctx.visibility, ids);
    return new Map(rows.map((row) => [row.id, toCredential(row)]));
  });
  return loader.load(id);
}
