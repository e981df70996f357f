import type { BatchBound } from '../../domain/metering/batch-bound';
import type { JsonRecord } from '../../domain/metering/json';
import type { Queryable } from '../../platform/database/pool';

/** A file at a provider that a key has there. */
export interface ProviderFile {
  readonly id: string;
  /** Empty for the administrator's. */
  readonly keyId: string;
  readonly deploymentId: string;
  /** The name of the model by which its account was found. */
  readonly model: string;
  readonly purpose: string;
  /** The provider's description, as it was seen last. */
  readonly content: JsonRecord;
  /** Null for a file of results. */
  readonly bound: BatchBound | null;
}

/** A file of requests. */
export type BatchFile = ProviderFile & { readonly bound: BatchBound };

const COLUMNS = `id, key_id AS "keyId", deployment_id AS "deploymentId", model, purpose, content, bound`;

/** False when the id is known already: then it is another's, and stays so. */
export async function insertFile(db: Queryable, file: ProviderFile): Promise<boolean> {
  const { id, keyId, deploymentId, model, purpose, content, bound } = file;
  const { rows } = await db.query(
    `INSERT INTO provider_files (id, key_id, deployment_id, model, purpose, content, bound)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING RETURNING id`,
    [id, keyId, deploymentId, model, purpose, JSON.stringify(content), bound && JSON.stringify(bound)],
  );
  return rows.length === 1;
}

/** A null key finds everybody's. */
export async function findFile(
  db: Queryable,
  id: string,
  keyId: string | null,
): Promise<ProviderFile | null> {
  const { rows } = await db.query<ProviderFile>(
    `SELECT ${COLUMNS} FROM provider_files
      WHERE id = $1 AND ($2::text IS NULL OR key_id = $2) AND deleted_at IS NULL`,
    [id, keyId],
  );
  return rows[0] ?? null;
}

/** Whether it is anybody's, deleted or not. */
export async function isKnownFile(db: Queryable, id: string): Promise<boolean> {
  const { rows } = await db.query(`SELECT 1 FROM provider_files WHERE id = $1`, [id]);
  return rows.length > 0;
}

export async function markFileDeleted(db: Queryable, id: string): Promise<void> {
  await db.query(`UPDATE provider_files SET deleted_at = now() WHERE id = $1 AND deleted_at IS NULL`, [id]);
}

export interface FilePage {
  readonly keyId: string | null;
  readonly purpose: string | null;
  readonly after: string | null;
  readonly limit: number;
  readonly isAscending: boolean;
}

/** Up to one more than asked for, which tells whether there are more. An `after` that is not there begins nowhere. */
export async function listFiles(db: Queryable, page: FilePage): Promise<JsonRecord[]> {
  const [than, order] = page.isAscending ? ['>', 'ASC'] : ['<', 'DESC'];
  const { rows } = await db.query<{ content: JsonRecord }>(
    `SELECT content FROM provider_files
      WHERE ($1::text IS NULL OR key_id = $1) AND ($2::text IS NULL OR purpose = $2) AND deleted_at IS NULL
        AND ($3::text IS NULL OR (created_at, id) ${than} (
          SELECT created_at, id FROM provider_files WHERE id = $3 AND ($1::text IS NULL OR key_id = $1)))
      ORDER BY created_at ${order}, id ${order} LIMIT $4`,
    [page.keyId, page.purpose, page.after, page.limit + 1],
  );
  return rows.map(({ content }) => content);
}
