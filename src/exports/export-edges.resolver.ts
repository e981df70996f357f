import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { ExportSchedule } from './export-schedule.type';
import { loadExportSchedule } from './export.loader';
import { Export } from './export.type';

/** What an export was written for. */
@Resolver(() => Export)
export class ExportEdgesResolver {
  @FieldResolver(() => ExportSchedule, {
    nullable: true,
    description: 'The schedule that it was written for; null when somebody asked for it.',
  })
  async schedule(@Root() { scheduleId }: Export, @Ctx() ctx: RequestContext): Promise<ExportSchedule | null> {
    return scheduleId === null ? null : loadExportSchedule(ctx, scheduleId);
  }
}
