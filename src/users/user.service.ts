import type { DataSource } from 'typeorm';
import type { RequestContext } from '../access/context';
import { createOnce } from '../access/idempotency';
import type { ServerRole } from '../access/principal';
import { requireRule, RULES } from '../access/rules';
import { newId } from '../domain/ids';
import { err, ok, type Result } from '../domain/result';
import { changes } from '../platform/database/changes';
import type { Page, PageRequest } from '../platform/database/keyset';
import { refuseDuplicates } from '../platform/database/unique-violation';
import type { HintBus } from '../platform/events/hint-bus';
import { emailIssues, idIssues, metadataIssues, nameIssues } from '../platform/input-checks';
import { issue, type UserIssue } from '../platform/user-issue';
import { UserEntity } from './user.entity';
import { findUsers, listUsers, lockUser, removeUserAccess, type UserFilter } from './user.repository';

interface UserFields {
  readonly email?: string | null | undefined;
  readonly name?: string | null | undefined;
  readonly role?: ServerRole | null | undefined;
  readonly metadata?: Record<string, unknown> | null | undefined;
}

export interface CreateUser extends UserFields {
  readonly id?: string | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

export interface UpdateUser extends UserFields {
  readonly userId: string;
}

type Outcome = Result<UserEntity, UserIssue[]>;
type UserValues = Parameters<typeof changes<UserEntity>>[0];

export class UserService {
  constructor(
    private readonly db: DataSource,
    private readonly hints: Pick<HintBus, 'publish'>,
  ) {}

  /** Deleted users are found too, as long as the caller may see them. */
  async find(ctx: RequestContext, id: string): Promise<UserEntity | null> {
    requireRule(ctx.principal, RULES.signedIn);
    const [found] = await findUsers(this.db.manager, ctx.visibility, [id]);
    return found ?? null;
  }

  async list(ctx: RequestContext, filter: UserFilter, page: PageRequest): Promise<Page<UserEntity>> {
    requireRule(ctx.principal, RULES.signedIn);
    return listUsers(this.db.manager, ctx.visibility, filter, page);
  }

  async create(ctx: RequestContext, input: CreateUser): Promise<Outcome> {
    requireRule(ctx.principal, RULES.serverAdmin);
    const issues = [...idIssues('id', input.id), ...fieldIssues(input)];
    if (issues.length > 0) return err(issues);
    const now = new Date(ctx.clock.now());
    return refusingTaken(input, () =>
      this.db.transaction(async (manager) => {
        const request = { key: input.idempotencyKey, operation: 'createUser', input };
        const { id } = await createOnce(manager, ctx, request, async () => {
          const id = input.id ?? newId('user', ctx.clock.now());
          const row = changes<UserEntity>({ ...columns(input), id, createdAt: now, updatedAt: now });
          await manager.insert(UserEntity, row);
          return id;
        });
        return ok(await manager.findOneByOrFail(UserEntity, { id }));
      }),
    );
  }

  async update(ctx: RequestContext, input: UpdateUser): Promise<Outcome> {
    const issues = fieldIssues(input);
    if (issues.length > 0) return err(issues);
    return refusingTaken(input, () => this.change(ctx, input.userId, columns(input)));
  }

  /** Its tokens, and the keys that belong to it, are refused until it is unblocked. */
  async block(ctx: RequestContext, userId: string): Promise<Outcome> {
    return this.change(ctx, userId, { blocked: true });
  }

  async unblock(ctx: RequestContext, userId: string): Promise<Outcome> {
    return this.change(ctx, userId, { blocked: false });
  }

  /** Ends the user for good: memberships go, tokens are revoked, the e-mail address is free again. The record stays. */
  async remove(ctx: RequestContext, userId: string): Promise<Outcome> {
    return this.change(ctx, userId, { deletedAt: new Date(ctx.clock.now()) });
  }

  private async change(ctx: RequestContext, userId: string, values: UserValues): Promise<Outcome> {
    const visible = await this.find(ctx, userId);
    const absent = issue('NOT_FOUND', 'userId', `There is no user "${userId}".`);
    if (!visible) return absent;
    requireRule(ctx.principal, RULES.serverAdmin);
    const now = new Date(ctx.clock.now());
    const outcome = await this.db.transaction(async (manager) => {
      if (!(await lockUser(manager, userId))) return absent;
      await manager.update(UserEntity, userId, changes<UserEntity>({ ...values, updatedAt: now }));
      if (values.deletedAt != null) await removeUserAccess(manager, userId, now);
      return ok(await manager.findOneByOrFail(UserEntity, { id: userId }));
    });
    if (outcome.ok) this.hints.publish('access', [userId]);
    return outcome;
  }
}

function columns(input: UserFields): UserValues {
  return {
    email: input.email?.trim() ?? input.email,
    name: input.name?.trim() ?? input.name,
    role: input.role === null ? 'MEMBER' : input.role,
    metadata: input.metadata === null ? {} : input.metadata,
  };
}

function fieldIssues(input: UserFields): UserIssue[] {
  return [
    ...emailIssues('email', input.email?.trim()),
    ...nameIssues('name', input.name),
    ...metadataIssues('metadata', input.metadata),
  ];
}

function refusingTaken(input: UserFields & { id?: unknown }, work: () => Promise<Outcome>): Promise<Outcome> {
  return refuseDuplicates<Outcome>(work, {
    users_pkey: issue(
      'CONFLICT',
      'id',
      `A user with the id "${String(input.id)}" exists already. The id of a deleted user is not given out again, because its spend stays.`,
    ),
    users_email: issue(
      'CONFLICT',
      'email',
      `A user with the e-mail address "${String(input.email)}" exists already.`,
    ),
  });
}
