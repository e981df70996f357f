import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { toConnection, type ConnectionOf } from '../platform/graphql/connection';
import { toPayload } from '../platform/graphql/payload';
import {
  ArchiveOrganizationInput,
  CreateOrganizationInput,
  OrganizationsArgs,
  UpdateOrganizationInput,
} from './organization.input';
import { loadOrganization } from './organization.loader';
import {
  ArchiveOrganizationPayload,
  CreateOrganizationPayload,
  UpdateOrganizationPayload,
} from './organization.payload';
import { OrganizationService } from './organization.service';
import { Organization, OrganizationConnection, toOrganization } from './organization.type';

const payload = (row: Parameters<typeof toOrganization>[0]) => ({ organization: toOrganization(row) });

@Resolver(() => Organization)
export class OrganizationResolver {
  constructor(private readonly organizations: OrganizationService) {}

  @Query(() => Organization, {
    nullable: true,
    description: describe(
      'The organization with that id; null when it is absent or not visible.',
      RULES.signedIn,
    ),
  })
  organization(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID, { description: 'Id of the organization.' }) id: string,
  ): Promise<Organization | null> {
    return loadOrganization(ctx, id);
  }

  @Query(() => OrganizationConnection, {
    name: 'organizations',
    description: describe('The organizations, oldest first.', RULES.signedIn),
  })
  async organizationList(
    @Ctx() ctx: RequestContext,
    @Args(() => OrganizationsArgs) args: OrganizationsArgs,
  ): Promise<ConnectionOf<Organization>> {
    return toConnection(await this.organizations.list(ctx, args.filter ?? {}, args), toOrganization);
  }

  @Mutation(() => CreateOrganizationPayload, {
    description: describe('Makes an organization.', RULES.serverAdmin),
  })
  async createOrganization(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => CreateOrganizationInput, { description: 'The new organization.' })
    input: CreateOrganizationInput,
  ): Promise<CreateOrganizationPayload> {
    return toPayload(await this.organizations.create(ctx, input), payload);
  }

  @Mutation(() => UpdateOrganizationPayload, {
    description: describe('Changes an organization.', RULES.organizationAdmin),
  })
  async updateOrganization(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => UpdateOrganizationInput, { description: 'What to change.' })
    input: UpdateOrganizationInput,
  ): Promise<UpdateOrganizationPayload> {
    return toPayload(await this.organizations.update(ctx, input), payload);
  }

  @Mutation(() => ArchiveOrganizationPayload, {
    description: describe(
      'Archives an organization for good: its keys are refused, its records and spend stay.',
      RULES.serverAdmin,
    ),
  })
  async archiveOrganization(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => ArchiveOrganizationInput, { description: 'The organization to archive.' })
    input: ArchiveOrganizationInput,
  ): Promise<ArchiveOrganizationPayload> {
    return toPayload(await this.organizations.archive(ctx, input.organizationId), payload);
  }
}
