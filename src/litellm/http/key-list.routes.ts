import { keyIdOf } from '../find-key';
import { pageOfKeys } from '../key-page.repository';
import { describeKeys } from '../key-rows';
import { KEY_LIST } from '../key-list.schema';
import { keyMembers } from './key-members';
import { answer, defineRoute, type LitellmRoute } from './route';

const DEFAULT_SIZE = 10;

export const KEY_LIST_ROUTES: readonly LitellmRoute[] = [
  defineRoute({
    method: 'GET',
    path: '/key/list',
    summary: 'Lists the keys that the caller sees, by their ids or whole.',
    members: KEY_LIST,
    async handle(ctx, input, services) {
      const page = input.page ?? 1;
      const size = input.size ?? DEFAULT_SIZE;
      const keyId =
        input.key_hash === undefined
          ? undefined
          : ((await keyIdOf(ctx, services.keyedHash, input.key_hash)) ?? '');
      const [keys, total] = await pageOfKeys(ctx.db.manager, ctx.visibility, {
        filter: {
          keyId,
          userId: input.user_id,
          teamId: input.team_id,
          organizationId: input.organization_id,
          projectId: input.project_id,
          alias: input.key_alias,
          tag: input.tag,
        },
        sortBy: input.sort_by ?? 'created_at',
        descending: input.sort_order !== 'asc',
        offset: (page - 1) * size,
        limit: size,
      });
      const listed = input.return_full_object
        ? (await describeKeys(ctx, keys)).map(keyMembers)
        : keys.map((key) => key.id);
      return answer({
        keys: listed,
        total_count: total,
        current_page: page,
        total_pages: Math.ceil(total / size),
      });
    },
  }),
];
