import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { toPayload } from '../platform/graphql/payload';
import { loadUser } from '../users/user.loader';
import { User } from '../users/user.type';
import {
  AddOrganizationMemberInput,
  RemoveOrganizationMemberInput,
  UpdateOrganizationMemberInput,
} from './organization-member.input';
import {
  AddOrganizationMemberPayload,
  RemoveOrganizationMemberPayload,
  UpdateOrganizationMemberPayload,
} from './organization-member.payload';
import { OrganizationMemberService } from './organization-member.service';
import { OrganizationMember, toOrganizationMember } from './organization-member.type';
import { loadOrganization } from './organization.loader';
import { Organization } from './organization.type';

const payload = (row: Parameters<typeof toOrganizationMember>[0]) => ({ member: toOrganizationMember(row) });

@Resolver(() => OrganizationMember)
export class OrganizationMemberResolver {
  constructor(private readonly members: OrganizationMemberService) {}

  @FieldResolver(() => Organization, { nullable: true, description: 'The organization.' })
  organization(@Ctx() ctx: RequestContext, @Root() member: OrganizationMember): Promise<Organization | null> {
    return loadOrganization(ctx, member.organizationId);
  }

  @FieldResolver(() => User, { nullable: true, description: 'The user who is the member.' })
  user(@Ctx() ctx: RequestContext, @Root() member: OrganizationMember): Promise<User | null> {
    return loadUser(ctx, member.userId);
  }

  @Mutation(() => AddOrganizationMemberPayload, {
    description: describe('Makes a user a member of an organization.', RULES.organizationAdmin),
  })
  async addOrganizationMember(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => AddOrganizationMemberInput, { description: 'The new member.' })
    input: AddOrganizationMemberInput,
  ): Promise<AddOrganizationMemberPayload> {
    return toPayload(await this.members.add(ctx, input), payload);
  }

  @Mutation(() => UpdateOrganizationMemberPayload, {
    description: describe('Gives a member of an organization another role.', RULES.organizationAdmin),
  })
  async updateOrganizationMember(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => UpdateOrganizationMemberInput, { description: 'The member and the new role.' })
    input: UpdateOrganizationMemberInput,
  ): Promise<UpdateOrganizationMemberPayload> {
    return toPayload(await this.members.update(ctx, input), payload);
  }

  @Mutation(() => RemoveOrganizationMemberPayload, {
    description: describe(
      'Ends the membership of a user in an organization. Memberships in its teams are apart from it and stay.',
      RULES.organizationAdmin,
    ),
  })
  async removeOrganizationMember(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => RemoveOrganizationMemberInput, { description: 'The member to remove.' })
    input: RemoveOrganizationMemberInput,
  ): Promise<RemoveOrganizationMemberPayload> {
    return toPayload(await this.members.remove(ctx, input), ({ id }) => ({ removedMemberId: id }));
  }
}
