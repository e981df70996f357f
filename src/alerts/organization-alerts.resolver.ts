import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { Organization } from '../organizations/organization.type';
import type { ConnectionOf } from '../platform/graphql/connection';
import { PageArgs } from '../platform/graphql/page.args';
import { loadAlertsOf } from './alert.loader';
import { AlertConnection, type Alert } from './alert.type';

@Resolver(() => Organization)
export class OrganizationAlertsResolver {
  @FieldResolver(() => AlertConnection, {
    description: 'Its alerts that are visible to the caller, newest first.',
  })
  alerts(
    @Root() { id }: Organization,
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<Alert>> {
    return loadAlertsOf(ctx, 'organization_id', id, page);
  }
}
