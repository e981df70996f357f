import { Args, Ctx, FieldResolver, Resolver } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { toConnection, type ConnectionOf } from '../platform/graphql/connection';
import { PageArgs } from '../platform/graphql/page.args';
import { Viewer } from '../users/viewer.type';
import { OrganizationService } from './organization.service';
import { OrganizationConnection, toOrganization, type Organization } from './organization.type';

@Resolver(() => Viewer)
export class ViewerOrganizationsResolver {
  constructor(private readonly organizations: OrganizationService) {}

  @FieldResolver(() => OrganizationConnection, {
    name: 'organizations',
    description: describe(
      'The organizations in use that the caller belongs to or sees by its role, oldest first.',
      RULES.signedIn,
    ),
  })
  async organizationsOfViewer(
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) args: PageArgs,
  ): Promise<ConnectionOf<Organization>> {
    return toConnection(await this.organizations.list(ctx, {}, args), toOrganization);
  }
}
