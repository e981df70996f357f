import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { Organization } from '../organizations/organization.type';
import type { ConnectionOf } from '../platform/graphql/connection';
import { PageArgs } from '../platform/graphql/page.args';
import { LimitConnection, type Limit } from './limit.type';
import { loadLimitsOf } from './limits-of.loader';

@Resolver(() => Organization)
export class OrganizationLimitsResolver {
  @FieldResolver(() => LimitConnection, {
    description: 'The limits set on the organization itself that are visible to the caller, oldest first.',
  })
  limits(
    @Root() organization: Organization,
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<Limit>> {
    return loadLimitsOf(ctx, 'ORGANIZATION', organization.id, page);
  }
}
