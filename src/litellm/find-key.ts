import type { RequestContext } from '../access/context';
import { idKind } from '../domain/ids';
import { ok, type Result } from '../domain/result';
import type { VirtualKeyEntity } from '../keys/virtual-key.entity';
import { notFound, type LitellmFailure } from './failure';
import { findSecretOwner } from './key-secret-owner.repository';
import { findKeyByAlias } from './key-page.repository';
import type { LitellmServices } from './services';

type Services = Pick<LitellmServices, 'keys' | 'keyedHash'>;

const SHA256 = /^[0-9a-f]{64}$/i;

/**
 * The id of the key that LiteLLM's callers mean: by its secret ("sk-…"), by its id ("key_…"), or by the SHA-256 of its
 * secret, which is LiteLLM's own id of a key. Null when it is none of these or nobody's. Tells nothing of who may see it.
 */
export async function keyIdOf(
  ctx: RequestContext,
  keyedHash: LitellmServices['keyedHash'],
  spelled: string,
): Promise<string | null> {
  if (idKind(spelled) === 'key') return spelled;
  if (spelled.startsWith('sk-')) return findSecretOwner(ctx.db.manager, keyedHash.hash(spelled));
  if (SHA256.test(spelled)) return findSecretOwner(ctx.db.manager, keyedHash.hashOfSha256(spelled));
  return null;
}

/** The key if the caller sees it and it was not deleted. The failure does not repeat what may be a secret. */
export async function findKey(
  ctx: RequestContext,
  services: Services,
  spelled: string,
  param: string,
): Promise<Result<VirtualKeyEntity, LitellmFailure>> {
  const id = await keyIdOf(ctx, services.keyedHash, spelled);
  const key = id === null ? null : await services.keys.find(ctx, id);
  return key?.deletedAt === null ? ok(key) : notFound(param, 'Key not found in database.');
}

export async function findKeyNamed(
  ctx: RequestContext,
  alias: string,
  param: string,
): Promise<Result<VirtualKeyEntity, LitellmFailure>> {
  const key = await findKeyByAlias(ctx.db.manager, ctx.visibility, alias);
  return key ? ok(key) : notFound(param, `There is no key with the alias "${alias}".`);
}

/** The ids of a filter by key; undefined without one. A key that is nobody's is an error: it would look like no spend. */
export async function keyFilter(
  ctx: RequestContext,
  keyedHash: LitellmServices['keyedHash'],
  spelled: string | undefined,
): Promise<Result<readonly string[] | undefined, LitellmFailure>> {
  if (spelled === undefined) return ok(undefined);
  const id = await keyIdOf(ctx, keyedHash, spelled);
  return id === null ? notFound('api_key', 'Key not found in database.') : ok([id]);
}
