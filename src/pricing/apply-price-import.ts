import type { EntityManager } from 'typeorm';
import { newId } from '../domain/ids';
import type { PriceImportEntity } from './price-import.entity';

export interface Approval {
  readonly from: Date;
  readonly by: string;
  readonly atMs: number;
}

/** Ends the versions that the import replaces or removes, and makes the new ones: two statements, whatever its size. */
export async function applyPriceImport(
  manager: EntityManager,
  { id, source, sha256, createdAt }: PriceImportEntity,
  { from, by, atMs }: Approval,
): Promise<void> {
  await manager.query(
    `UPDATE prices SET effective_until = $2
       FROM price_import_changes AS change
      WHERE change.import_id = $1 AND prices.id = change.price_id`,
    [id, from],
  );
  const fresh: { id: string }[] = await manager.query(
    `SELECT id FROM price_import_changes WHERE import_id = $1 AND sheet IS NOT NULL ORDER BY id`,
    [id],
  );
  const origin = `${source}, sha256 ${sha256}, imported ${createdAt.toISOString()}`;
  await manager.query(
    `INSERT INTO prices (id, scope, provider, model, sheet, effective_from, source, created_by)
     SELECT version.id, 'CATALOGUE', change.provider, change.model, change.sheet, $3, $4, $5
       FROM unnest($1::text[], $2::text[]) AS version (id, change_id)
       JOIN price_import_changes AS change ON change.id = version.change_id`,
    [fresh.map(() => newId('price', atMs)), fresh.map((change) => change.id), from, origin, by],
  );
}
