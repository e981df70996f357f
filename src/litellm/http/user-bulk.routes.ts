import { readMembers } from '../members';
import type { Json } from '../lossless';
import { updateUser } from '../user-commands';
import { BULK_UPDATE_USERS, UPDATE_USER } from '../user.schema';
import { answer, defineRoute, type LitellmRoute } from './route';
import { userRow } from './user.routes';

export const USER_BULK_ROUTES: readonly LitellmRoute[] = [
  defineRoute({
    method: 'POST',
    path: '/user/bulk_update',
    summary: 'Changes several users, each by itself: one that cannot be changed stops none of the others.',
    members: BULK_UPDATE_USERS,
    async handle(ctx, input, services) {
      const results: Json[] = [];
      const ignored: string[] = [];
      for (const raw of input.users) {
        const read = readMembers(UPDATE_USER, raw);
        const done = read.ok ? await updateUser(ctx, services, read.value.input) : read;
        ignored.push(...(read.ok ? read.value.ignored : []), ...(done.ok ? done.value.ignored : []));
        results.push({
          user_id: raw['user_id'] ?? null,
          success: done.ok,
          error: done.ok ? null : done.error.message,
          updated_user: done.ok ? await userRow(ctx, done.value.user) : null,
        });
      }
      const successful = results.filter(({ success }) => success === true).length;
      return answer(
        {
          results,
          total_requested: results.length,
          successful_updates: successful,
          failed_updates: results.length - successful,
        },
        { ignored },
      );
    },
  }),
];
