import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { toConnection, type ConnectionOf } from '../platform/graphql/connection';
import { toPayload } from '../platform/graphql/payload';
import { toAccessToken } from '../users/access-token.type';
import { ServiceAccountTokenService } from './service-account-token.service';
import {
  BlockServiceAccountInput,
  CreateServiceAccountInput,
  CreateServiceAccountTokenInput,
  DeleteServiceAccountInput,
  ServiceAccountsArgs,
  UnblockServiceAccountInput,
  UpdateServiceAccountInput,
} from './service-account.input';
import { loadServiceAccount } from './service-account.loader';
import {
  BlockServiceAccountPayload,
  CreateServiceAccountPayload,
  CreateServiceAccountTokenPayload,
  DeleteServiceAccountPayload,
  UnblockServiceAccountPayload,
  UpdateServiceAccountPayload,
} from './service-account.payload';
import { ServiceAccountService } from './service-account.service';
import { ServiceAccount, ServiceAccountConnection, toServiceAccount } from './service-account.type';

const payload = (row: Parameters<typeof toServiceAccount>[0]) => ({ serviceAccount: toServiceAccount(row) });

@Resolver(() => ServiceAccount)
export class ServiceAccountResolver {
  constructor(
    private readonly accounts: ServiceAccountService,
    private readonly tokens: ServiceAccountTokenService,
  ) {}

  @Query(() => ServiceAccount, {
    nullable: true,
    description: describe(
      'The service account with that id, deleted or not; null when it is absent or not visible.',
      RULES.signedIn,
    ),
  })
  serviceAccount(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID, { description: 'Id of the service account.' }) id: string,
  ): Promise<ServiceAccount | null> {
    return loadServiceAccount(ctx, id);
  }

  @Query(() => ServiceAccountConnection, {
    name: 'serviceAccounts',
    description: describe('The service accounts, oldest first.', RULES.signedIn),
  })
  async serviceAccountList(
    @Ctx() ctx: RequestContext,
    @Args(() => ServiceAccountsArgs) args: ServiceAccountsArgs,
  ): Promise<ConnectionOf<ServiceAccount>> {
    return toConnection(await this.accounts.list(ctx, args.filter ?? {}, args), toServiceAccount);
  }

  @Mutation(() => CreateServiceAccountPayload, {
    description: describe(
      'Makes a service account. createServiceAccountToken lets it in.',
      RULES.serviceAccountAdmin,
    ),
  })
  async createServiceAccount(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => CreateServiceAccountInput, { description: 'The new service account.' })
    input: CreateServiceAccountInput,
  ): Promise<CreateServiceAccountPayload> {
    return toPayload(await this.accounts.create(ctx, input), payload);
  }

  @Mutation(() => UpdateServiceAccountPayload, {
    description: describe(
      'Changes a service account; a new role holds within 5 seconds.',
      RULES.serviceAccountAdmin,
    ),
  })
  async updateServiceAccount(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => UpdateServiceAccountInput, { description: 'What to change.' })
    input: UpdateServiceAccountInput,
  ): Promise<UpdateServiceAccountPayload> {
    return toPayload(await this.accounts.update(ctx, input), payload);
  }

  @Mutation(() => BlockServiceAccountPayload, {
    description: describe(
      'Blocks a service account: its access tokens, and the keys that belong to it, are refused until it is unblocked.',
      RULES.serviceAccountAdmin,
    ),
  })
  async blockServiceAccount(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => BlockServiceAccountInput, { description: 'The service account to block.' })
    input: BlockServiceAccountInput,
  ): Promise<BlockServiceAccountPayload> {
    return toPayload(await this.accounts.block(ctx, input.serviceAccountId), payload);
  }

  @Mutation(() => UnblockServiceAccountPayload, {
    description: describe('Ends the blocking of a service account.', RULES.serviceAccountAdmin),
  })
  async unblockServiceAccount(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => UnblockServiceAccountInput, { description: 'The service account to unblock.' })
    input: UnblockServiceAccountInput,
  ): Promise<UnblockServiceAccountPayload> {
    return toPayload(await this.accounts.unblock(ctx, input.serviceAccountId), payload);
  }

  @Mutation(() => DeleteServiceAccountPayload, {
    description: describe(
      'Deletes a service account for good: its access tokens are revoked, keys that belong to it are refused. The record ' +
        'stays, so that what it did can be told.',
      RULES.serviceAccountAdmin,
    ),
  })
  async deleteServiceAccount(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => DeleteServiceAccountInput, { description: 'The service account to delete.' })
    input: DeleteServiceAccountInput,
  ): Promise<DeleteServiceAccountPayload> {
    return toPayload(await this.accounts.remove(ctx, input.serviceAccountId), payload);
  }

  @Mutation(() => CreateServiceAccountTokenPayload, {
    description: describe(
      'Makes an access token of a service account. Its secret is shown this once; revokeAccessToken ends it.',
      RULES.serviceAccountHolder,
    ),
  })
  async createServiceAccountToken(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => CreateServiceAccountTokenInput, { description: 'The new access token.' })
    input: CreateServiceAccountTokenInput,
  ): Promise<CreateServiceAccountTokenPayload> {
    return toPayload(await this.tokens.create(ctx, input), ({ token, secret }) => ({
      accessToken: toAccessToken(token),
      secret,
    }));
  }
}
