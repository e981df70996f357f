import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import type { ConnectionOf } from '../platform/graphql/connection';
import { PageArgs } from '../platform/graphql/page.args';
import { User } from '../users/user.type';
import { loadOrganizationsOfUser } from './organization-member.loader';
import { OrganizationMemberConnection, type OrganizationMember } from './organization-member.type';

@Resolver(() => User)
export class UserOrganizationsResolver {
  @FieldResolver(() => OrganizationMemberConnection, {
    description: 'The memberships in organizations that the caller may see, oldest first.',
  })
  organizationMemberships(
    @Ctx() ctx: RequestContext,
    @Root() user: User,
    @Args(() => PageArgs) args: PageArgs,
  ): Promise<ConnectionOf<OrganizationMember>> {
    return loadOrganizationsOfUser(ctx, user.id, args);
  }
}
