import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import type { ConnectionOf } from '../platform/graphql/connection';
import { PageArgs } from '../platform/graphql/page.args';
import { loadMembersOfOrganization } from './organization-member.loader';
import { OrganizationMemberConnection, type OrganizationMember } from './organization-member.type';
import { Organization } from './organization.type';

@Resolver(() => Organization)
export class OrganizationMembersResolver {
  @FieldResolver(() => OrganizationMemberConnection, {
    description:
      'Its members, oldest first. Administrators and viewers of the organization see all, others only themselves.',
  })
  members(
    @Ctx() ctx: RequestContext,
    @Root() organization: Organization,
    @Args(() => PageArgs) args: PageArgs,
  ): Promise<ConnectionOf<OrganizationMember>> {
    return loadMembersOfOrganization(ctx, organization.id, args);
  }
}
