import { Field, ObjectType } from 'type-graphql';
import { Payload } from '../platform/graphql/payload';
import { ExportSchedule } from './export-schedule.type';
import { Export } from './export.type';

@ObjectType('CreateExportPayload', { description: 'The outcome of `createExport`.' })
export class CreateExportPayload extends Payload {
  @Field(() => Export, { nullable: true, description: 'The export; null when it was not made.' })
  export?: Export | null;
}

@ObjectType('CreateExportSchedulePayload', { description: 'The outcome of `createExportSchedule`.' })
export class CreateExportSchedulePayload extends Payload {
  @Field(() => ExportSchedule, {
    nullable: true,
    description: 'The new schedule; null when it was not made.',
  })
  exportSchedule?: ExportSchedule | null;
}

@ObjectType('DeleteExportSchedulePayload', { description: 'The outcome of `deleteExportSchedule`.' })
export class DeleteExportSchedulePayload extends Payload {
  @Field(() => ExportSchedule, {
    nullable: true,
    description: 'The schedule as it was; null when it was not deleted.',
  })
  exportSchedule?: ExportSchedule | null;
}
