import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { Organization } from '../organizations/organization.type';
import type { ConnectionOf } from '../platform/graphql/connection';
import { TeamsArgs } from './team.args';
import { loadTeamsOfOrganization } from './team.loader';
import { TeamConnection, type Team } from './team.type';

@Resolver(() => Organization)
export class OrganizationTeamsResolver {
  @FieldResolver(() => TeamConnection, { description: 'Its teams that the caller sees, oldest first.' })
  teams(
    @Ctx() ctx: RequestContext,
    @Root() organization: Organization,
    @Args(() => TeamsArgs) args: TeamsArgs,
  ): Promise<ConnectionOf<Team>> {
    return loadTeamsOfOrganization(ctx, organization.id, args);
  }
}
