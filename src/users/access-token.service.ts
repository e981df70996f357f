import type { DataSource, EntityManager } from 'typeorm';
import type { RequestContext } from '../access/context';
import { createOnce } from '../access/idempotency';
import type { KeyedHash } from '../access/keyed-hash';
import { requireRule, RULES } from '../access/rules';
import { displayAccessToken, newAccessToken } from '../domain/access-token-text';
import { newId } from '../domain/ids';
import { err, ok, type Result } from '../domain/result';
import { changes } from '../platform/database/changes';
import type { HintBus } from '../platform/events/hint-bus';
import { nameIssues } from '../platform/input-checks';
import { issue, type UserIssue } from '../platform/user-issue';
import { AccessTokenEntity } from './access-token.entity';
import { countUsableAccessTokens, findAccessTokens } from './access-token.repository';
import { findUsers, lockUser } from './user.repository';

const MAX_USABLE_TOKENS = 100;

export interface CreateAccessToken {
  /** The calling user by default. */
  readonly userId?: string | null | undefined;
  readonly name: string;
  /** Null for a token that does not expire. */
  readonly expiresAt?: Date | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

export interface NewAccessToken {
  readonly token: AccessTokenEntity;
  /** The one time that it is known. Null when a retry found the token made already. */
  readonly secret: string | null;
}

export class AccessTokenService {
  constructor(
    private readonly db: DataSource,
    private readonly hash: KeyedHash,
    private readonly hints: Pick<HintBus, 'publish'>,
  ) {}

  async create(ctx: RequestContext, input: CreateAccessToken): Promise<Result<NewAccessToken, UserIssue[]>> {
    requireRule(ctx.principal, RULES.signedIn);
    const userId = input.userId ?? ctx.visibility.ownUserId;
    if (userId === null) return issue('REQUIRED', 'userId', 'Say for which user, as the caller is none.');
    const [user] = await findUsers(this.db.manager, ctx.visibility, [userId]);
    const absent = issue('NOT_FOUND', 'userId', `There is no user "${userId}".`);
    if (!user) return absent;
    requireRule(ctx.principal, RULES.self, { userId });
    const issues = nameIssues('name', input.name);
    if (issues.length > 0) return err(issues);
    const now = new Date(ctx.clock.now());
    if (input.expiresAt != null && input.expiresAt <= now)
      return issue('INVALID', 'expiresAt', 'The time of expiry must lie in the future.');
    const secret = newAccessToken();
    return this.db.transaction(async (manager) => {
      if (!(await lockUser(manager, userId))) return absent;
      if ((await countUsableAccessTokens(manager, userId, now)) >= MAX_USABLE_TOKENS)
        return issue(
          'LIMIT_REACHED',
          'userId',
          `The user has ${MAX_USABLE_TOKENS} usable tokens already. Revoke one.`,
        );
      const request = { key: input.idempotencyKey, operation: 'createAccessToken', input };
      const made = await createOnce(manager, ctx, request, () =>
        this.insert(manager, { ...input, userId, secret, now }),
      );
      const token = await manager.findOneByOrFail(AccessTokenEntity, { id: made.id });
      return ok({ token, secret: made.created ? secret : null });
    });
  }

  /** Takes effect in this process at once, in the others within a moment, and after 5 seconds for certain. */
  async revoke(ctx: RequestContext, accessTokenId: string): Promise<Result<AccessTokenEntity, UserIssue[]>> {
    requireRule(ctx.principal, RULES.signedIn);
    const [token] = await findAccessTokens(this.db.manager, ctx.visibility, [accessTokenId]);
    if (!token) return issue('NOT_FOUND', 'accessTokenId', `There is no access token "${accessTokenId}".`);
    requireRule(ctx.principal, RULES.self, { userId: token.userId });
    if (token.revokedAt !== null) return ok(token);
    const revokedAt = new Date(ctx.clock.now());
    await this.db.manager.update(AccessTokenEntity, accessTokenId, { revokedAt });
    this.hints.publish('access', [token.userId]);
    token.revokedAt = revokedAt;
    return ok(token);
  }

  private async insert(
    manager: EntityManager,
    input: CreateAccessToken & { userId: string; secret: string; now: Date },
  ): Promise<string> {
    const { userId, secret, now } = input;
    const id = newId('accessToken', now.getTime());
    const row = changes<AccessTokenEntity>({
      id,
      userId,
      name: input.name.trim(),
      hash: this.hash.hash(secret),
      display: displayAccessToken(secret),
      expiresAt: input.expiresAt ?? null,
      createdAt: now,
    });
    await manager.insert(AccessTokenEntity, row);
    return id;
  }
}
