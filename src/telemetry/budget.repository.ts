import type { EntityManager } from 'typeorm';
import type { LimitScope } from '../domain/limits/scope';
import { LimitEntity } from '../limits/limit.entity';

/** The scopes that LiteLLM has gauges for. */
export const GAUGED_SCOPES = [
  'TEAM',
  'KEY',
  'USER',
  'ORGANIZATION',
  'CUSTOMER',
  'PROVIDER',
] as const satisfies readonly LimitScope[];
export type GaugedScope = (typeof GAUGED_SCOPES)[number];

/** A budget in dollars, and the name of what it is set on. */
export interface GaugedBudget {
  readonly limit: LimitEntity & { scope: GaugedScope };
  /** Empty where the thing has no name. */
  readonly name: string;
}

/** Dollar budgets on all models of these scopes; of too many, those that are closest to their end. */
export async function listGaugedBudgets(manager: EntityManager, max: number): Promise<GaugedBudget[]> {
  const rows: { id: string; name: string | null }[] = await manager.query(
    `SELECT lim.id, coalesce(t.name, k.alias, u.name, o.name) AS name
       FROM limits lim
       LEFT JOIN teams t ON lim.scope = 'TEAM' AND t.id = lim.scope_id
       LEFT JOIN virtual_keys k ON lim.scope = 'KEY' AND k.id = lim.scope_id
       LEFT JOIN users u ON lim.scope = 'USER' AND u.id = lim.scope_id
       LEFT JOIN organizations o ON lim.scope = 'ORGANIZATION' AND o.id = lim.scope_id
       LEFT JOIN LATERAL (
         SELECT spent + reserved AS used FROM limit_windows
          WHERE limit_id = lim.id AND starts_at <= ledger_now() ORDER BY starts_at DESC LIMIT 1) w ON TRUE
      WHERE lim.deleted_at IS NULL AND lim.unit = 'USD' AND lim.models = '{}' AND lim.scope = ANY($1)
      ORDER BY coalesce(w.used, 0) / greatest(lim.amount, 1e-12) DESC, lim.id
      LIMIT $2`,
    [GAUGED_SCOPES, max],
  );
  const limits = await manager
    .createQueryBuilder(LimitEntity, 'lim')
    .where('lim.id = ANY(:ids)', { ids: rows.map((row) => row.id) })
    .getMany();
  const byId = new Map(limits.map((limit) => [limit.id, limit]));
  return rows.flatMap(({ id, name }) => {
    const limit = byId.get(id);
    return limit !== undefined && isGauged(limit) ? [{ limit, name: name ?? '' }] : [];
  });
}

function isGauged(limit: LimitEntity): limit is GaugedBudget['limit'] {
  return GAUGED_SCOPES.some((scope) => scope === limit.scope);
}
