import type { RequestContext } from '../../access/context';
import { seesUserSpend } from '../../spend/spend-access';
import { listTeamsOfUsers } from '../../teams/team-member.repository';
import { findTeams } from '../../teams/team.repository';
import type { UserEntity } from '../../users/user.entity';
import { allPages } from '../all-pages';
import { badRequest } from '../failure';
import { budgetsOfHolders } from '../holder-budget';
import { pageOfKeys } from '../key-page.repository';
import { describeKeys } from '../key-rows';
import type { Json } from '../lossless';
import { withDefaults, type ManagementPolicy } from '../policy';
import { describeTeams } from '../team-rows';
import { deleteUsers, findUser, newUser, roleOf, updateUser } from '../user-commands';
import { DELETE_USERS, NEW_USER, UPDATE_USER, USER_INFO, USER_LIST, type NewUserInput } from '../user.schema';
import { userMembers } from './holder-members';
import { keyMembers } from './key-members';
import { answer, defineRoute, type LitellmRoute } from './route';
import { teamMembers } from './team-members';

const MAX_LISTED = 1_000;
const PAGE = 100;

/** Defaults are for internal users: who administers the server is held by none. */
function newUserInput({ userDefaults }: ManagementPolicy, input: NewUserInput): NewUserInput {
  const role = input.user_role ?? userDefaults.user_role ?? 'internal_user';
  return role.startsWith('internal_user') ? withDefaults(input, userDefaults) : { ...input, user_role: role };
}

const listRoute = (path: string): LitellmRoute =>
  defineRoute({
    method: 'GET',
    path,
    summary: 'Lists the users that the caller sees, oldest first, on one page.',
    members: USER_LIST,
    async handle(ctx, input, services) {
      const filter = { email: input.user_email, role: roleOf(input.role), search: input.search };
      const all = await allPages('users', (page) => services.users.list(ctx, filter, page));
      if (!all.ok) return all;
      const users = await rowsOf(ctx, all.value);
      return answer({ users, total: users.length, page: 1, page_size: users.length, total_pages: 1 });
    },
  });

export const USER_ROUTES: readonly LitellmRoute[] = [
  defineRoute({
    method: 'POST',
    path: '/user/new',
    summary: 'Makes a user, and a key for it whose secret is shown once.',
    members: NEW_USER,
    async handle(ctx, input, services) {
      const done = await newUser(ctx, services, newUserInput(services.policy, input));
      if (!done.ok) return done;
      const { user, secret, ignored } = done.value;
      return answer({ key: secret, ...(await userRow(ctx, user)), teams: input.teams ?? [] }, { ignored });
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/user/update',
    summary: 'Changes a user. Members that are left out stay as they are; null takes away.',
    members: UPDATE_USER,
    async handle(ctx, input, services) {
      const done = await updateUser(ctx, services, input);
      if (!done.ok) return done;
      const { user, ignored } = done.value;
      return answer({ user_id: user.id, data: await userRow(ctx, user) }, { ignored });
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/user/info',
    summary: 'Shows a user with its limits, spend, keys and teams; by default the one who asks.',
    members: USER_INFO,
    async handle(ctx, input, services) {
      const { principal } = ctx;
      const own = principal.kind === 'USER' || principal.kind === 'KEY' ? principal.userId : null;
      const id = input.user_id ?? own;
      if (id === null) return badRequest('user_id', 'Name the user to show: /user/info?user_id=….');
      const found = await findUser(ctx, services, id);
      if (!found.ok) return found;
      const { manager } = ctx.db;
      const filter = { filter: { userId: id }, sortBy: 'created_at', descending: false, offset: 0 } as const;
      const [[keys], memberships] = await Promise.all([
        pageOfKeys(manager, ctx.visibility, { ...filter, limit: MAX_LISTED }),
        listTeamsOfUsers(manager, ctx.visibility, [id], { first: PAGE }),
      ]);
      const teamIds = (memberships.get(id)?.rows ?? []).map(({ teamId }) => teamId);
      const teams = await findTeams(manager, ctx.visibility, teamIds);
      return answer({
        user_id: id,
        user_info: await userRow(ctx, found.value),
        keys: (await describeKeys(ctx, keys)).map(keyMembers),
        teams: (await describeTeams(ctx, teams)).map(teamMembers),
      });
    },
  }),
  listRoute('/user/list'),
  listRoute('/user/get_users'),
  defineRoute({
    method: 'POST',
    path: '/user/delete',
    summary: 'Deletes users. Their spend stays in the log.',
    members: DELETE_USERS,
    async handle(ctx, input, services) {
      const done = await deleteUsers(ctx, services, input.user_ids);
      return done.ok ? answer({ deleted_users: done.value }) : done;
    },
  }),
];

async function rowsOf(ctx: RequestContext, users: readonly UserEntity[]): Promise<Json[]> {
  const ids = users.map(({ id }) => id);
  const budgets = await budgetsOfHolders(ctx, 'USER', ids, (id) => seesUserSpend(ctx.visibility, id));
  return users.flatMap((user) => {
    const holding = budgets.get(user.id);
    return holding ? [userMembers(user, holding)] : [];
  });
}

export async function userRow(ctx: RequestContext, user: UserEntity): Promise<Json> {
  const [row = {}] = await rowsOf(ctx, [user]);
  return row;
}
