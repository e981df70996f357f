import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { toConnection, type ConnectionOf } from '../platform/graphql/connection';
import { PageArgs } from '../platform/graphql/page.args';
import { toPayload } from '../platform/graphql/payload';
import type { ExportScheduleEntity } from './export-schedule.entity';
import { ExportScheduleService } from './export-schedule.service';
import { ExportSchedule, ExportScheduleConnection, toExportSchedule } from './export-schedule.type';
import { CreateExportScheduleInput, DeleteExportScheduleInput } from './export.input';
import { loadExportSchedule } from './export.loader';
import { CreateExportSchedulePayload, DeleteExportSchedulePayload } from './export.payload';

const toFields = (row: ExportScheduleEntity) => ({ exportSchedule: toExportSchedule(row) });

@Resolver()
export class ExportScheduleResolver {
  constructor(private readonly service: ExportScheduleService) {}

  @Query(() => ExportSchedule, {
    nullable: true,
    description: describe(
      'The schedule with that id, deleted or not; null when it is absent or not visible.',
      RULES.signedIn,
    ),
  })
  exportSchedule(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID, { description: 'Id of the schedule.' }) id: string,
  ): Promise<ExportSchedule | null> {
    return loadExportSchedule(ctx, id);
  }

  @Query(() => ExportScheduleConnection, {
    description: describe(
      'The schedules of organizations that the caller sees all of, oldest first.',
      RULES.signedIn,
    ),
  })
  async exportSchedules(
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) args: PageArgs,
  ): Promise<ConnectionOf<ExportSchedule>> {
    return toConnection(await this.service.list(ctx, args), toExportSchedule);
  }

  @Mutation(() => CreateExportSchedulePayload, {
    description: describe(
      'Has a file written after each period, beginning with the one under way. One of the whole server needs a server administrator.',
      RULES.organizationAdmin,
    ),
  })
  async createExportSchedule(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => CreateExportScheduleInput, { description: 'The terms.' })
    input: CreateExportScheduleInput,
  ): Promise<CreateExportSchedulePayload> {
    return toPayload(await this.service.create(ctx, input), toFields);
  }

  @Mutation(() => DeleteExportSchedulePayload, {
    description: describe(
      'Deletes a schedule. Files that were written for it stay.',
      RULES.organizationAdmin,
    ),
  })
  async deleteExportSchedule(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => DeleteExportScheduleInput, { description: 'Which one.' })
    input: DeleteExportScheduleInput,
  ): Promise<DeleteExportSchedulePayload> {
    return toPayload(await this.service.remove(ctx, input.exportScheduleId), toFields);
  }
}
