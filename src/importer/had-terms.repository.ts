import type { EntityManager } from 'typeorm';
import type { ScopeRef } from '../domain/limits/scope';

/**
 * Whether anything was ever limited on the thing, by limits of its own or by templates given to it by name. What was
 * taken away since counts too: somebody decided so.
 */
export async function hadTerms(manager: EntityManager, { scope, scopeId }: ScopeRef): Promise<boolean> {
  const [row]: { had: boolean }[] = await manager.query(
    `SELECT EXISTS (SELECT 1 FROM limits WHERE scope = $1 AND scope_id = $2)
         OR EXISTS (SELECT 1 FROM template_assignments WHERE holder_scope = $1 AND holder_id = $2) AS had`,
    [scope, scopeId],
  );
  return row?.had === true;
}
