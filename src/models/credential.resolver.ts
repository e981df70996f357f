import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { toConnection, type ConnectionOf } from '../platform/graphql/connection';
import { toPayload } from '../platform/graphql/payload';
import {
  CreateCredentialInput,
  CredentialsArgs,
  DeleteCredentialInput,
  UpdateCredentialInput,
} from './credential.input';
import { loadCredential } from './credential.loader';
import {
  CreateCredentialPayload,
  DeleteCredentialPayload,
  UpdateCredentialPayload,
} from './credential.payload';
import { CredentialService } from './credential.service';
import { Credential, CredentialConnection, toCredential } from './credential.type';

const payload = (row: Parameters<typeof toCredential>[0]) => ({ credential: toCredential(row) });

@Resolver(() => Credential)
export class CredentialResolver {
  constructor(private readonly service: CredentialService) {}

  @Query(() => Credential, {
    nullable: true,
    description: describe(
      'The credential with that id; null when it is absent or not visible.',
      RULES.serverViewer,
    ),
  })
  credential(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID, { description: 'Id of the credential.' }) id: string,
  ): Promise<Credential | null> {
    return loadCredential(ctx, id);
  }

  @Query(() => CredentialConnection, {
    description: describe('The credentials of providers, oldest first.', RULES.serverViewer),
  })
  async credentials(
    @Ctx() ctx: RequestContext,
    @Args(() => CredentialsArgs) args: CredentialsArgs,
  ): Promise<ConnectionOf<Credential>> {
    return toConnection(await this.service.list(ctx, args.filter ?? {}, args), toCredential);
  }

  @Mutation(() => CreateCredentialPayload, {
    description: describe('Stores a secret of a provider, encrypted.', RULES.serverAdmin),
  })
  async createCredential(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => CreateCredentialInput, { description: 'The new credential.' })
    input: CreateCredentialInput,
  ): Promise<CreateCredentialPayload> {
    return toPayload(await this.service.create(ctx, input), payload);
  }

  @Mutation(() => UpdateCredentialPayload, {
    description: describe('Changes a credential.', RULES.serverAdmin),
  })
  async updateCredential(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => UpdateCredentialInput, { description: 'What to change.' })
    input: UpdateCredentialInput,
  ): Promise<UpdateCredentialPayload> {
    return toPayload(await this.service.update(ctx, input), payload);
  }

  @Mutation(() => DeleteCredentialPayload, {
    description: describe(
      'Deletes a credential that no deployment uses, with its secret.',
      RULES.serverAdmin,
    ),
  })
  async deleteCredential(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => DeleteCredentialInput, { description: 'Which credential.' })
    input: DeleteCredentialInput,
  ): Promise<DeleteCredentialPayload> {
    return toPayload(await this.service.delete(ctx, input.credentialId), payload);
  }
}
