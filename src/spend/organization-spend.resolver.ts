import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { Organization } from '../organizations/organization.type';
import { seesOrganizationSpend } from './spend-access';
import { loadSpendTotals } from './spend-totals.loader';
import { SpendTotals } from './spend-totals.type';

@Resolver(() => Organization)
export class OrganizationSpendResolver {
  @FieldResolver(() => SpendTotals, {
    nullable: true,
    description:
      'All that was ever booked to the organization; null unless the caller is an administrator or viewer of it or of ' +
      'the server.',
  })
  async spend(@Root() organization: Organization, @Ctx() ctx: RequestContext): Promise<SpendTotals | null> {
    if (!seesOrganizationSpend(ctx.visibility, organization.id)) return null;
    return loadSpendTotals(ctx, 'ORGANIZATION', organization.id);
  }
}
