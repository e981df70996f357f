import type { RequestContext } from '../../access/context';
import { badRequest } from '../failure';
import { findKey } from '../find-key';
import {
  deleteKeys,
  generateKey,
  regenerateKey,
  setKeyBlocked,
  updateKey,
  type GeneratedKey,
} from '../key-commands';
import { describeKey } from '../key-rows';
import {
  DELETE_KEYS,
  GENERATE_KEY,
  KEY_INFO,
  ONE_KEY,
  REGENERATE_KEY,
  SERVICE_ACCOUNT_KEY,
  UPDATE_KEY,
} from '../key.schema';
import { keyMembers } from './key-members';
import { answer, defineRoute, type LitellmRoute, type RouteOutcome } from './route';

const blockRoute = (path: string, blocked: boolean, summary: string): LitellmRoute =>
  defineRoute({
    method: 'POST',
    path,
    summary,
    members: ONE_KEY,
    async handle(ctx, input, services) {
      const done = await setKeyBlocked(ctx, services, input.key, blocked);
      return done.ok ? answer(keyMembers(await describeKey(ctx, done.value))) : done;
    },
  });

const regenerateRoute = (path: string): LitellmRoute =>
  defineRoute({
    method: 'POST',
    path,
    summary: 'Gives a key a new secret, which is shown once. Its id, limits and history stay.',
    members: REGENERATE_KEY,
    async handle(ctx, input, services) {
      const done = await regenerateKey(ctx, services, input);
      return done.ok ? generated(ctx, done.value) : done;
    },
  });

export const KEY_ROUTES: readonly LitellmRoute[] = [
  defineRoute({
    method: 'POST',
    path: '/key/generate',
    summary: 'Makes a virtual key, whose secret is shown once.',
    members: GENERATE_KEY,
    async handle(ctx, input, services) {
      const done = await generateKey(ctx, services, input);
      return done.ok ? generated(ctx, done.value) : done;
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/key/service-account/generate',
    summary: 'Makes a virtual key of a team that belongs to no user, so that it outlives whoever made it.',
    members: SERVICE_ACCOUNT_KEY,
    async handle(ctx, input, services) {
      const done = await generateKey(ctx, services, { ...input, user_id: undefined });
      return done.ok ? generated(ctx, done.value) : done;
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/key/info',
    summary: 'Shows a key, its limits and its spend; by default the key that asks.',
    members: KEY_INFO,
    async handle(ctx, input, services) {
      const own = ctx.principal.kind === 'KEY' ? ctx.principal.keyId : null;
      const spelled = input.key ?? own;
      if (spelled === null) {
        return badRequest('key', 'Name the key to show in the query: /key/info?key=sk-….');
      }
      const found = await findKey(ctx, services, spelled, 'key');
      if (!found.ok) return found;
      const info = {
        ...keyMembers(await describeKey(ctx, found.value)),
        token: undefined,
        token_id: undefined,
      };
      return answer({ key: found.value.id, info });
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/key/update',
    summary: 'Changes a key. Members that are left out stay as they are; null takes away.',
    members: UPDATE_KEY,
    async handle(ctx, input, services) {
      const done = await updateKey(ctx, services, input);
      if (!done.ok) return done;
      const { key, ignored } = done.value;
      return answer({ key: key.id, ...keyMembers(await describeKey(ctx, key)) }, { ignored });
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/key/delete',
    summary: 'Deletes keys for good. Their spend stays in the log.',
    members: DELETE_KEYS,
    async handle(ctx, input, services) {
      const done = await deleteKeys(ctx, services, input);
      return done.ok ? answer({ deleted_keys: done.value }) : done;
    },
  }),
  blockRoute('/key/block', true, 'Blocks a key: its calls are refused until it is unblocked.'),
  blockRoute('/key/unblock', false, 'Lets a blocked key call again.'),
  regenerateRoute('/key/regenerate'),
  regenerateRoute('/key/:key/regenerate'),
];

async function generated(ctx: RequestContext, done: GeneratedKey): Promise<RouteOutcome> {
  const row = keyMembers(await describeKey(ctx, done.key));
  const warnings = done.warnings.length === 0 ? {} : { warnings: done.warnings };
  return answer({ key: done.secret, ...row, ...warnings }, { ignored: done.ignored });
}
