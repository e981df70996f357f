import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { AppError } from '../platform/errors';
import type { RequestContext } from './context';
import { principalName } from './principal';

/**
 * Runs `create` once per caller and key: a retry with the same input gets the id that the first attempt made; the same
 * key with other input is refused. Without a key it simply creates. Runs inside the caller's transaction, so that the
 * record and the object are made together or not at all.
 */
export async function createOnce(
  manager: EntityManager,
  ctx: RequestContext,
  request: { readonly key: string | null | undefined; readonly operation: string; readonly input: unknown },
  create: () => Promise<string>,
): Promise<{ id: string; created: boolean }> {
  if (request.key == null) return { id: await create(), created: true };
  const principal = principalName(ctx.principal);
  const hash = createHash('sha256').update(JSON.stringify(request.input)).digest('hex');
  // Serialises concurrent attempts with one key: the second waits for the first and then finds its record.
  await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [
    `${principal}\n${request.key}`,
  ]);
  const rows: { operation: string; input_hash: string; result_id: string }[] = await manager.query(
    `SELECT operation, input_hash, result_id FROM idempotency_keys WHERE principal = $1 AND key = $2`,
    [principal, request.key],
  );
  const earlier = rows[0];
  if (earlier) {
    if (earlier.operation === request.operation && earlier.input_hash === hash) {
      return { id: earlier.result_id, created: false };
    }
    throw new AppError('CONFLICT', 'This idempotencyKey was used for another input. Use a new key.', [
      'input',
      'idempotencyKey',
    ]);
  }
  const id = await create();
  await manager.query(
    `INSERT INTO idempotency_keys (principal, key, operation, input_hash, result_id) VALUES ($1, $2, $3, $4, $5)`,
    [principal, request.key, request.operation, hash, id],
  );
  return { id, created: true };
}
