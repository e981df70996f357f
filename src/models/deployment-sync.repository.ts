import type { EntityManager } from 'typeorm';
import { CONFIGURED_SOURCES } from '../domain/models/deployment-source';

/** What the database shows of a configured deployment. No secret is among it. */
export interface ConfiguredRow {
  readonly id: string;
  readonly model: string;
  readonly provider: string;
  readonly upstream_model: string;
  readonly api_base: string | null;
  readonly source: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/**
 * Makes the configured deployments of the database those given: writes them, and takes out of service the ones that are
 * not configured any more. Returns the ids of the rows whose use changed. A row that the API made is never touched.
 */
export async function syncConfiguredRows(
  manager: EntityManager,
  rows: readonly ConfiguredRow[],
): Promise<string[]> {
  // Two servers that start together write the same rows: one after the other, else they could deadlock.
  await manager.query(`SELECT pg_advisory_xact_lock(hashtext('deployments.sync'))`);
  const written: { id: string }[] = await manager.query(
    `INSERT INTO deployments AS d (id, model, provider, upstream_model, api_base, source, metadata)
     SELECT id, model, provider, upstream_model, api_base, source, metadata
       FROM jsonb_to_recordset($1::jsonb) AS t(id text, model text, provider text, upstream_model text,
              api_base text, source text, metadata jsonb)
     ON CONFLICT (id) DO UPDATE SET model = excluded.model, provider = excluded.provider,
            upstream_model = excluded.upstream_model, api_base = excluded.api_base, source = excluded.source,
            metadata = excluded.metadata, active = true, updated_at = now()
      WHERE d.source <> 'API'
        AND (d.model, d.provider, d.upstream_model, d.api_base, d.source, d.metadata, d.active)
            IS DISTINCT FROM (excluded.model, excluded.provider, excluded.upstream_model, excluded.api_base,
                              excluded.source, excluded.metadata, true)
     RETURNING d.id`,
    [JSON.stringify(rows)],
  );
  const [ended]: [{ id: string }[], number] = await manager.query(
    `UPDATE deployments SET active = false, updated_at = now()
      WHERE source = ANY($1) AND active AND NOT (id = ANY($2)) RETURNING id`,
    [CONFIGURED_SOURCES, rows.map(({ id }) => id)],
  );
  return [...written, ...ended].map(({ id }) => id);
}
