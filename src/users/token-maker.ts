import type { DataSource, EntityManager } from 'typeorm';
import type { RequestContext } from '../access/context';
import { createOnce } from '../access/idempotency';
import type { KeyedHash } from '../access/keyed-hash';
import { displayAccessToken, newAccessToken } from '../domain/access-token-text';
import { newId } from '../domain/ids';
import { err, ok, type Result } from '../domain/result';
import { changes } from '../platform/database/changes';
import { nameIssues } from '../platform/input-checks';
import { issue, type UserIssue } from '../platform/user-issue';
import { AccessTokenEntity } from './access-token.entity';
import { countUsableAccessTokens } from './access-token.repository';

const MAX_USABLE_TOKENS = 100;

/** What is said of a new token. */
export interface TokenTerms {
  readonly name: string;
  /** Null for a token that does not expire. */
  readonly expiresAt?: Date | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** For whom a token is made. */
export interface NewTokenHolder {
  /** The field of the input that names it. */
  readonly field: 'userId' | 'serviceAccountId';
  readonly id: string;
  readonly columns: Pick<AccessTokenEntity, 'userId' | 'serviceAccountId' | 'organizationId' | 'teamId'>;
  /** Holds the row until the transaction ends; false when it is gone. */
  readonly lock: (manager: EntityManager) => Promise<boolean>;
}

export interface NewAccessToken {
  readonly token: AccessTokenEntity;
  /** The one time that it is known. Null when a retry found the token made already. */
  readonly secret: string | null;
}

/** Makes access tokens, whoever they are for. Whether the caller may is asked before. */
export class TokenMaker {
  constructor(
    private readonly db: DataSource,
    private readonly hash: KeyedHash,
  ) {}

  async make(
    ctx: RequestContext,
    operation: string,
    input: TokenTerms,
    holder: NewTokenHolder,
  ): Promise<Result<NewAccessToken, UserIssue[]>> {
    const issues = nameIssues('name', input.name);
    if (issues.length > 0) return err(issues);
    const now = new Date(ctx.clock.now());
    if (input.expiresAt != null && input.expiresAt <= now)
      return issue('INVALID', 'expiresAt', 'The time of expiry must lie in the future.');
    const secret = newAccessToken();
    const { field, id } = holder;
    return this.db.transaction(async (manager) => {
      if (!(await holder.lock(manager))) return issue('NOT_FOUND', field, `There is no "${id}" any more.`);
      if ((await countUsableAccessTokens(manager, id, now)) >= MAX_USABLE_TOKENS)
        return issue(
          'LIMIT_REACHED',
          field,
          `It has ${MAX_USABLE_TOKENS} usable tokens already. Revoke one.`,
        );
      const request = { key: input.idempotencyKey, operation, input };
      const made = await createOnce(manager, ctx, request, () =>
        this.insert(manager, input, holder, secret, now),
      );
      const token = await manager.findOneByOrFail(AccessTokenEntity, { id: made.id });
      return ok({ token, secret: made.created ? secret : null });
    });
  }

  private async insert(
    manager: EntityManager,
    { name, expiresAt = null }: TokenTerms,
    { columns }: NewTokenHolder,
    secret: string,
    now: Date,
  ): Promise<string> {
    const id = newId('accessToken', now.getTime());
    const row = changes<AccessTokenEntity>({
      ...columns,
      ...{ id, name: name.trim(), hash: this.hash.hash(secret), display: displayAccessToken(secret) },
      ...{ expiresAt, createdAt: now },
    });
    await manager.insert(AccessTokenEntity, row);
    return id;
  }
}
