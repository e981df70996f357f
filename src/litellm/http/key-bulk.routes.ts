import { updateKeys } from '../bulk-keys';
import { findKey } from '../find-key';
import { KEY_ALIASES } from '../key-list.schema';
import { pageOfKeys } from '../key-page.repository';
import { describeKeys } from '../key-rows';
import { BULK_UPDATE_KEYS, KEYS_INFO, RESET_KEY_SPEND } from '../key-spend.schema';
import { exactNumber, exactNumberOrNull } from '../lossless';
import { NO_MEMBERS } from '../organization.schema';
import { resetSpend } from '../reset-spend';
import { errorBody } from './failure-of';
import { keyMembers } from './key-members';
import { answer, defineRoute, type LitellmRoute } from './route';

const DEFAULT_SIZE = 50;

export const KEY_BULK_ROUTES: readonly LitellmRoute[] = [
  defineRoute({
    method: 'POST',
    path: '/v2/key/info',
    summary: 'Shows several keys. One that is not there is left out.',
    members: KEYS_INFO,
    async handle(ctx, input, services) {
      const found = await Promise.all(input.keys.map((key) => findKey(ctx, services, key, 'keys')));
      const keys = found.flatMap((each) => (each.ok ? [each.value] : []));
      const rows = (await describeKeys(ctx, keys)).map(keyMembers);
      return answer({
        key: keys.map(({ id }) => id),
        info: rows.map((row) => ({ ...row, token: undefined })),
      });
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/key/bulk_update',
    summary: 'Changes several keys, each by itself: one that cannot be changed stops none of the others.',
    members: BULK_UPDATE_KEYS,
    async handle(ctx, input, services) {
      const { updated, failed, ignored } = await updateKeys(ctx, services, input.keys);
      const rows = (await describeKeys(ctx, updated)).map(keyMembers);
      return answer(
        {
          total_requested: input.keys.length,
          successful_updates: rows.map((row) => ({ key: row['token'], key_info: row })),
          failed_updates: failed.map(({ raw, failure }) => ({
            key: typeof raw['key'] === 'string' && !raw['key'].startsWith('sk-') ? raw['key'] : null,
            key_alias: raw['key_alias'] ?? null,
            failed_reason: failure.message,
            ...errorBody(failure),
          })),
        },
        { ignored },
      );
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/key/aliases',
    summary: 'Lists the aliases of the keys that the caller sees.',
    members: KEY_ALIASES,
    async handle(ctx, input) {
      const page = input.page ?? 1;
      const size = input.size ?? DEFAULT_SIZE;
      const [keys, total] = await pageOfKeys(ctx.db.manager, ctx.visibility, {
        filter: { hasAlias: true, aliasContains: input.search, teamId: input.team_id },
        ...{ sortBy: 'key_alias', descending: false, offset: (page - 1) * size, limit: size },
      });
      return answer({
        aliases: keys.map(({ alias }) => alias),
        ...{ total_count: total, current_page: page, size, total_pages: Math.ceil(total / size) },
      });
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/key/:key/reset_spend',
    summary: 'Sets what counts as spent of the max_budget of a key. The log stays as it is.',
    members: RESET_KEY_SPEND,
    async handle(ctx, input, services) {
      const found = await findKey(ctx, services, input.key, 'key');
      if (!found.ok) return found;
      const { id: scopeId, teamId, organizationId } = found.value;
      const on = { scope: 'KEY', scopeId, within: { teamId, organizationId } } as const;
      const done = await resetSpend(ctx, services, on, input.reset_to);
      if (!done.ok) return done;
      const { previous, budget } = done.value;
      return answer({
        key_hash: found.value.id,
        spend: exactNumberOrNull(budget.spentSinceReset),
        previous_spend: exactNumber(previous),
        max_budget: exactNumberOrNull(budget.maxBudget),
        budget_reset_at: budget.resetsAt?.toISOString() ?? null,
      });
    },
  }),
  healthRoute('GET'),
  healthRoute('POST'),
];

function healthRoute(method: 'GET' | 'POST'): LitellmRoute {
  return defineRoute({
    method,
    path: '/key/health',
    summary: 'Says that the key that asks works. Keys have no logging of their own here.',
    members: NO_MEMBERS,
    handle: () => Promise.resolve(answer({ key: 'healthy', logging_callbacks: null })),
  });
}
