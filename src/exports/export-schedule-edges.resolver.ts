import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { loadOrganization } from '../organizations/organization.loader';
import { Organization } from '../organizations/organization.type';
import { ExportSchedule } from './export-schedule.type';

/** Whose spend the files of a schedule hold. */
@Resolver(() => ExportSchedule)
export class ExportScheduleEdgesResolver {
  @FieldResolver(() => Organization, {
    nullable: true,
    description: 'The organization whose spend it is; null for that of the whole server.',
  })
  async organization(
    @Root() { organizationId }: ExportSchedule,
    @Ctx() ctx: RequestContext,
  ): Promise<Organization | null> {
    return organizationId === null ? null : loadOrganization(ctx, organizationId);
  }
}
