import { newId } from '../domain/ids';
import type { Queryable } from '../platform/database/pool';
import type { CustomerName } from './customer.repository';

/** Makes the records of customers that have none, sorted, so that two processes making the same never wait in a circle. */
export async function makeCustomers(
  db: Queryable,
  names: readonly CustomerName[],
  nowMs: number,
): Promise<void> {
  const distinct = new Map(names.map((name) => [`${name.organizationId}\n${name.externalId}`, name]));
  const wanted = [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, name]) => name);
  await db.query(
    `INSERT INTO customers (id, organization_id, external_id)
     SELECT w.id, w.organization_id, w.external_id
       FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS w(id, organization_id, external_id, n)
       JOIN organizations o ON o.id = w.organization_id
      ORDER BY w.n
     ON CONFLICT (organization_id, external_id) DO UPDATE SET deleted_at = NULL, created_at = now(), updated_at = now()
       WHERE customers.deleted_at IS NOT NULL`,
    [
      wanted.map(() => newId('customer', nowMs)),
      wanted.map((name) => name.organizationId),
      wanted.map((name) => name.externalId),
    ],
  );
}
