import { Field, ID, ObjectType } from 'type-graphql';
import type { ExportDataset, ExportFormat, ExportPeriod } from '../domain/exports/export-words';
import { connectionType } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node.type';
import { DateTimeScalar } from '../platform/graphql/scalars';
import type { ExportScheduleEntity } from './export-schedule.entity';
import { ExportDatasetEnum, ExportFormatEnum, ExportPeriodEnum } from './export.enum';

@ObjectType('ExportSchedule', {
  implements: Node,
  description:
    'Terms by which a file is written for each period, once no call that was let through in it is under way any more. ' +
    'Corrections that are booked later are not in it.',
})
export class ExportSchedule implements Node {
  @Field(() => ID, { description: 'Opaque id, prefixed `xsch_`.' })
  id: string;

  @Field(() => String, { description: 'Name for people.' })
  name: string;

  @Field(() => ExportDatasetEnum, { description: 'What the files hold.' })
  dataset: ExportDataset;

  @Field(() => ExportFormatEnum, { description: 'How they are written.' })
  format: ExportFormat;

  @Field(() => Boolean, { description: 'Whether they are compressed by gzip.' })
  isCompressed: boolean;

  @Field(() => ExportPeriodEnum, { description: 'How often there is one.' })
  period: ExportPeriod;

  @Field(() => String, { description: 'The IANA zone whose calendar the periods follow.' })
  timezone: string;

  @Field(() => DateTimeScalar, { description: 'When the period begins that is written next.' })
  nextFrom: Date;

  @Field(() => DateTimeScalar, { description: 'When it ends, after which its file is written.' })
  nextTo: Date;

  @Field(() => String, { description: 'Who made it: the id of a user, or `master`.' })
  createdBy: string;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was deleted; null while it holds.',
  })
  deletedAt: Date | null;

  /** For the edge. */
  readonly organizationId: string | null;
}

export const ExportScheduleConnection = connectionType(ExportSchedule, 'ExportSchedule');

export function toExportSchedule(row: ExportScheduleEntity): ExportSchedule {
  const { id, name, dataset, format, isCompressed, period, timezone, nextFrom, nextTo } = row;
  const { createdBy, createdAt, deletedAt, organizationId } = row;
  return {
    ...{ id, name, dataset, format, isCompressed, period, timezone, nextFrom, nextTo },
    ...{ createdBy, createdAt, deletedAt, organizationId },
  };
}
