import type { RequestContext } from '../access/context';
import type { ServerRole } from '../access/principal';
import { ok, type Result } from '../domain/result';
import type { UserEntity } from '../users/user.entity';
import { fromIssues, notFound, type LitellmFailure, type MemberNames } from './failure';
import { limitHolder, planHolder } from './holder-budget';
import { generateKey } from './key-commands';
import type { LitellmServices } from './services';
import { undo } from './undo';
import type { LitellmUserRole, NewUserInput, UpdateUserInput } from './user.schema';

export interface MadeUser {
  readonly user: UserEntity;
  /** The secret of the key that was made with it; null when none was asked for. */
  readonly secret: string | null;
  readonly ignored: readonly string[];
}

/** LiteLLM's names of the fields of UserService. */
const USER_MEMBERS: MemberNames = {
  id: 'user_id',
  userId: 'user_id',
  name: 'user_alias',
  email: 'user_email',
  role: 'user_role',
  metadata: 'metadata',
};

const ROLES: Readonly<Record<LitellmUserRole, ServerRole>> = {
  proxy_admin: 'ADMIN',
  proxy_admin_viewer: 'VIEWER',
  internal_user: 'MEMBER',
  internal_user_viewer: 'MEMBER',
};

export function roleOf(role: LitellmUserRole | null | undefined): ServerRole | undefined {
  return role == null ? undefined : ROLES[role];
}

export async function newUser(
  ctx: RequestContext,
  services: LitellmServices,
  input: NewUserInput,
): Promise<Result<MadeUser, LitellmFailure>> {
  const plan = await planHolder(ctx, services, null, input);
  if (!plan.ok) return plan;
  const made = await services.users.create(ctx, {
    id: input.user_id,
    // LiteLLM lets a user go without a name.
    name: input.user_alias ?? input.user_email ?? input.user_id ?? 'user',
    email: input.user_email,
    role: roleOf(input.user_role),
    metadata: input.metadata,
  });
  if (!made.ok) return fromIssues(made.error, USER_MEMBERS);
  const user = made.value;
  const finished = await finish(ctx, services, user, input, plan.value);
  // A user who cannot be made whole is taken back.
  if (!finished.ok) await undo(ctx, services, 'USER', user.id);
  return finished.ok ? ok({ user, secret: finished.value, ignored: plan.value.ignored }) : finished;
}

async function finish(
  ctx: RequestContext,
  services: LitellmServices,
  user: UserEntity,
  input: NewUserInput,
  plan: Parameters<typeof limitHolder>[3],
): Promise<Result<string | null, LitellmFailure>> {
  const limited = await limitHolder(ctx, services, { scope: 'USER', scopeId: user.id }, plan);
  if (!limited.ok) return limited;
  for (const teamId of input.teams ?? []) {
    const added = await services.teamMembers.add(ctx, { teamId, userId: user.id, role: 'MEMBER' });
    if (!added.ok) return fromIssues(added.error, { teamId: 'teams' });
  }
  if (input.auto_create_key === false) return ok(null);
  const key = await generateKey(ctx, services, { user_id: user.id, key_alias: input.key_alias });
  return key.ok ? ok(key.value.secret) : key;
}

export async function updateUser(
  ctx: RequestContext,
  services: LitellmServices,
  input: UpdateUserInput,
): Promise<Result<MadeUser, LitellmFailure>> {
  const found = await findUser(ctx, services, input.user_id);
  if (!found.ok) return found;
  const holder = { scope: 'USER', scopeId: found.value.id } as const;
  const plan = await planHolder(ctx, services, holder, input);
  if (!plan.ok) return plan;
  const updated = await services.users.update(ctx, {
    userId: found.value.id,
    name: input.user_alias ?? undefined,
    email: input.user_email,
    role: roleOf(input.user_role),
    metadata: input.metadata,
  });
  if (!updated.ok) return fromIssues(updated.error, USER_MEMBERS);
  const limited = await limitHolder(ctx, services, holder, plan.value);
  return limited.ok ? ok({ user: updated.value, secret: null, ignored: plan.value.ignored }) : limited;
}

export async function deleteUsers(
  ctx: RequestContext,
  services: LitellmServices,
  ids: readonly string[],
): Promise<Result<readonly string[], LitellmFailure>> {
  for (const id of ids) {
    const found = await findUser(ctx, services, id, 'user_ids');
    if (!found.ok) return found;
  }
  for (const id of ids) {
    const removed = await services.users.remove(ctx, id);
    if (!removed.ok) return fromIssues(removed.error, { userId: 'user_ids' });
  }
  return ok(ids);
}

/** The user if the caller sees it and it was not deleted. */
export async function findUser(
  ctx: RequestContext,
  { users }: Pick<LitellmServices, 'users'>,
  id: string,
  param = 'user_id',
): Promise<Result<UserEntity, LitellmFailure>> {
  const user = await users.find(ctx, id);
  return user?.deletedAt === null ? ok(user) : notFound(param, `User not found: there is no user "${id}".`);
}
