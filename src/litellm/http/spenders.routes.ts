import { seesUserSpend } from '../../spend/spend-access';
import { allPages } from '../all-pages';
import { SPAN } from '../global-spend.schema';
import { budgetsOfHolders } from '../holder-budget';
import { pageOfKeys } from '../key-page.repository';
import { describeKeys } from '../key-rows';
import { exactNumber } from '../lossless';
import { SPEND_KEYS, SPEND_USERS } from '../spend.schema';
import { attributeParts } from '../top-spenders';
import { userMembers } from './holder-members';
import { keyMembers } from './key-members';
import { answer, defineRoute, type LitellmRoute } from './route';

const DEFAULT_KEYS = 100;

/** Who spent: keys and users as their rows are shown elsewhere, and tags. */
export const SPENDERS_ROUTES: readonly LitellmRoute[] = [
  defineRoute({
    method: 'GET',
    path: '/spend/keys',
    summary: 'Lists the keys that the caller sees, those that ever spent most first.',
    members: SPEND_KEYS,
    async handle(ctx, input) {
      const query = { filter: {}, sortBy: 'spend', descending: true, offset: 0 } as const;
      const limit = input.limit ?? DEFAULT_KEYS;
      const [keys] = await pageOfKeys(ctx.db.manager, ctx.visibility, { ...query, limit });
      return answer((await describeKeys(ctx, keys)).map(keyMembers));
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/spend/users',
    summary: 'Lists the users that the caller sees, those that ever spent most first.',
    members: SPEND_USERS,
    async handle(ctx, input, services) {
      const wanted = input.user_id;
      const one = wanted === undefined ? undefined : await services.users.find(ctx, wanted);
      const users =
        wanted === undefined
          ? await allPages('users', (page) => services.users.list(ctx, {}, page))
          : { ok: true as const, value: one ? [one] : [] };
      if (!users.ok) return users;
      const ids = users.value.map(({ id }) => id);
      const budgets = await budgetsOfHolders(ctx, 'USER', ids, (id) => seesUserSpend(ctx.visibility, id));
      const rows = users.value.flatMap((user) => {
        const holding = budgets.get(user.id);
        return holding ? [{ user, holding, total: holding.totalSpend ?? 0n }] : [];
      });
      rows.sort((a, b) => (a.total === b.total ? 0 : a.total > b.total ? -1 : 1));
      return answer(rows.map(({ user, holding }) => userMembers(user, holding)));
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/spend/tags',
    summary: 'What was spent with each tag. A call with several tags counts for each.',
    members: SPAN,
    async handle(ctx, input, services) {
      const found = await attributeParts(ctx, services, input, 'TAG');
      if (!found.ok) return found;
      return answer(
        found.value.map((part) => ({
          individual_request_tag: part.of('TAG'),
          log_count: part.sums.requests,
          total_spend: exactNumber(part.sums.cost),
        })),
      );
    },
  }),
];
