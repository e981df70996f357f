import type { DataSource } from 'typeorm';
import type { RequestContext } from '../access/context';
import { requireRule, RULES } from '../access/rules';
import type { Result } from '../domain/result';
import { issue, type UserIssue } from '../platform/user-issue';
import type { NewAccessToken, TokenMaker, TokenTerms } from '../users/token-maker';
import { findServiceAccounts, lockServiceAccount } from './service-account.repository';

export interface CreateServiceAccountToken extends TokenTerms {
  /** The calling service account by default. */
  readonly serviceAccountId?: string | null | undefined;
}

/** The credentials of service accounts: nobody signs in as one by a password or an identity provider. */
export class ServiceAccountTokenService {
  constructor(
    private readonly db: DataSource,
    private readonly maker: TokenMaker,
  ) {}

  async create(
    ctx: RequestContext,
    input: CreateServiceAccountToken,
  ): Promise<Result<NewAccessToken, UserIssue[]>> {
    requireRule(ctx.principal, RULES.signedIn);
    const id = input.serviceAccountId ?? ctx.visibility.ownServiceAccountId;
    if (id === null)
      return issue('REQUIRED', 'serviceAccountId', 'Say for which service account, as the caller is none.');
    const [account] = await findServiceAccounts(this.db.manager, ctx.visibility, [id]);
    if (!account) return issue('NOT_FOUND', 'serviceAccountId', `There is no service account "${id}".`);
    const { organizationId, teamId } = account;
    const place = { organizationId, teamId, serviceAccountId: id };
    requireRule(ctx.principal, RULES.serviceAccountHolder, place);
    return this.maker.make(ctx, 'createServiceAccountToken', input, {
      ...{ field: 'serviceAccountId', id },
      columns: { userId: null, ...place },
      lock: async (manager) => (await lockServiceAccount(manager, id)) !== null,
    });
  }
}
