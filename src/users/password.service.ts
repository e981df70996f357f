import type { DataSource } from 'typeorm';
import type { RequestContext } from '../access/context';
import { requireRule, RULES } from '../access/rules';
import { ok, type Result } from '../domain/result';
import type { HintBus } from '../platform/events/hint-bus';
import { issue, type UserIssue } from '../platform/user-issue';
import type { PasswordHasher } from './password-hasher';
import { findPasswordHash, revokeSessions, savePassword } from './user-password.repository';
import type { UserEntity } from './user.entity';
import { findUsers, lockUser } from './user.repository';

/** NIST SP 800-63B: length counts, rules of composition do not. The upper bound keeps hashing cheap. */
const MIN_LENGTH = 12;
const MAX_LENGTH = 256;

export interface SetPassword {
  /** The calling user by default. */
  readonly userId?: string | null | undefined;
  readonly password: string;
  /** Needed by users who change their own. */
  readonly currentPassword?: string | null | undefined;
}

/** Passwords of users. Setting one ends the sessions that the old one began. */
export class PasswordService {
  constructor(
    private readonly db: DataSource,
    private readonly hasher: PasswordHasher,
    private readonly hints: Pick<HintBus, 'publish'>,
  ) {}

  async set(ctx: RequestContext, input: SetPassword): Promise<Result<UserEntity, UserIssue[]>> {
    requireRule(ctx.principal, RULES.signedIn);
    const userId = input.userId ?? ctx.visibility.ownUserId;
    if (userId === null) return issue('REQUIRED', 'userId', 'Say for which user, as the caller is none.');
    const [user] = await findUsers(this.db.manager, ctx.visibility, [userId]);
    const absent = issue('NOT_FOUND', 'userId', `There is no user "${userId}".`);
    if (!user) return absent;
    requireRule(ctx.principal, RULES.self, { userId });
    const { length } = input.password;
    if (length < MIN_LENGTH || length > MAX_LENGTH)
      return issue('INVALID', 'password', `A password has ${MIN_LENGTH} to ${MAX_LENGTH} characters.`);
    const isOwn = ctx.principal.kind === 'USER' && ctx.principal.userId === userId;
    const current = await findPasswordHash(this.db.manager, userId);
    if (isOwn && current !== null && !(await this.hasher.verify(current, input.currentPassword ?? '')))
      return issue('INVALID', 'currentPassword', 'The current password is another one.');
    const hash = await this.hasher.hash(input.password);
    const now = new Date(ctx.clock.now());
    const outcome = await this.db.transaction(async (manager) => {
      if (!(await lockUser(manager, userId))) return absent;
      await savePassword(manager, { userId, hash, changedAt: now });
      await revokeSessions(manager, userId, now);
      return ok(user);
    });
    if (outcome.ok) this.hints.publish('access', [userId]);
    return outcome;
  }
}
