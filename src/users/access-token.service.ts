import type { DataSource } from 'typeorm';
import type { RequestContext } from '../access/context';
import { requireRule, RULES } from '../access/rules';
import { ok, type Result } from '../domain/result';
import type { HintBus } from '../platform/events/hint-bus';
import { issue, type UserIssue } from '../platform/user-issue';
import { AccessTokenEntity } from './access-token.entity';
import { findAccessTokens } from './access-token.repository';
import type { NewAccessToken, TokenMaker, TokenTerms } from './token-maker';
import { findUsers, lockUser } from './user.repository';

export interface CreateAccessToken extends TokenTerms {
  /** The calling user by default. */
  readonly userId?: string | null | undefined;
}

export class AccessTokenService {
  constructor(
    private readonly db: DataSource,
    private readonly maker: TokenMaker,
    private readonly hints: Pick<HintBus, 'publish'>,
  ) {}

  async create(ctx: RequestContext, input: CreateAccessToken): Promise<Result<NewAccessToken, UserIssue[]>> {
    requireRule(ctx.principal, RULES.signedIn);
    const userId = input.userId ?? ctx.visibility.ownUserId;
    if (userId === null) return issue('REQUIRED', 'userId', 'Say for which user, as the caller is none.');
    const [user] = await findUsers(this.db.manager, ctx.visibility, [userId]);
    if (!user) return issue('NOT_FOUND', 'userId', `There is no user "${userId}".`);
    requireRule(ctx.principal, RULES.self, { userId });
    return this.maker.make(ctx, 'createAccessToken', input, {
      ...{ field: 'userId', id: userId },
      columns: { userId, serviceAccountId: null, organizationId: null, teamId: null },
      lock: async (manager) => (await lockUser(manager, userId)) !== null,
    });
  }

  /** Takes effect in this process at once, in the others within a moment, and after 5 seconds for certain. */
  async revoke(ctx: RequestContext, accessTokenId: string): Promise<Result<AccessTokenEntity, UserIssue[]>> {
    requireRule(ctx.principal, RULES.signedIn);
    const [token] = await findAccessTokens(this.db.manager, ctx.visibility, [accessTokenId]);
    if (!token) return issue('NOT_FOUND', 'accessTokenId', `There is no access token "${accessTokenId}".`);
    requireRule(ctx.principal, RULES.tokenHolder, token);
    if (token.revokedAt !== null) return ok(token);
    const revokedAt = new Date(ctx.clock.now());
    await this.db.manager.update(AccessTokenEntity, accessTokenId, { revokedAt });
    this.hints.publish('access', [token.userId ?? token.serviceAccountId ?? '']);
    token.revokedAt = revokedAt;
    return ok(token);
  }
}
