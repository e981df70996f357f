import { ArgsType, Field, ID, InputType } from 'type-graphql';
import type { CostStatus } from '../domain/pricing/cost';
import type { ExportDataset, ExportFormat, ExportPeriod, ExportStatus } from '../domain/exports/export-words';
import type { SpendBucket, SpendDimension } from '../domain/spend/report-words';
import type { SpendKind, SpendStatus } from '../domain/spend/spend-words';
import { PageArgs } from '../platform/graphql/page.args';
import { DateTimeScalar } from '../platform/graphql/scalars';
import { SpendBucketEnum, SpendDimensionEnum } from '../spend/spend-report.input';
import { PricingStatusEnum, SpendKindEnum, SpendStatusEnum } from '../spend/spend.enum';
import type { ExportFilter } from '../domain/exports/export-ask';
import type { ExportTermsInput } from './export-input';
import type { CreateExportSchedule } from './export-schedule.service';
import { ExportDatasetEnum, ExportFormatEnum, ExportPeriodEnum, ExportStatusEnum } from './export.enum';
import type { ExportListFilter } from './export.repository';
import type { CreateExport } from './export.service';

@InputType('ExportFilter', {
  description:
    'Which calls a file holds; all conditions must hold. SPEND_REPORT knows owners, provider and model alone.',
})
export class ExportFilterInput implements ExportFilter {
  @Field(() => ID, { nullable: true, description: 'Only those of this organization.' })
  organizationId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those of this team.' })
  teamId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those of this project.' })
  projectId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those of this user.' })
  userId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those of this virtual key.' })
  keyId?: string | null;

  @Field(() => ID, { nullable: true, description: "Only those of this end user, by the caller's own id." })
  customerId?: string | null;

  @Field(() => String, { nullable: true, description: 'Only those that asked for exactly this model.' })
  model?: string | null;

  @Field(() => String, { nullable: true, description: 'Only those that went to this provider.' })
  provider?: string | null;

  @Field(() => SpendStatusEnum, { nullable: true, description: 'Only those that ended so.' })
  status?: SpendStatus | null;

  @Field(() => SpendKindEnum, { nullable: true, description: 'Only calls, or only corrections.' })
  kind?: SpendKind | null;

  @Field(() => PricingStatusEnum, { nullable: true, description: 'Only those booked so.' })
  pricingStatus?: CostStatus | null;

  @Field(() => String, { nullable: true, description: 'Only those that carry this tag.' })
  tag?: string | null;
}

@InputType({ description: 'What a file holds.' })
abstract class ExportTerms implements ExportTermsInput {
  @Field(() => ExportDatasetEnum, { description: 'What it holds.' })
  dataset: ExportDataset;

  @Field(() => ExportFormatEnum, { defaultValue: 'CSV', description: 'How it is written.' })
  format: ExportFormat;

  @Field(() => Boolean, { defaultValue: false, description: 'Whether it is compressed by gzip.' })
  compress: boolean;

  @Field(() => ExportFilterInput, {
    nullable: true,
    description: 'Which calls; all that are visible by default.',
  })
  filter?: ExportFilterInput | null;

  @Field(() => [SpendDimensionEnum], {
    nullable: true,
    description: 'SPEND_REPORT: one line for each combination of these; one for all by default.',
  })
  groupBy?: SpendDimension[] | null;

  @Field(() => SpendBucketEnum, {
    nullable: true,
    description: 'SPEND_REPORT: one line for each bucket of time also.',
  })
  bucket?: SpendBucket | null;

  @Field(() => String, {
    nullable: true,
    description: "The IANA zone whose calendar buckets and schedules follow; the server's by default.",
  })
  timezone?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'A text of your own: a retry with it and the same input makes nothing twice.',
  })
  idempotencyKey?: string | null;
}

@InputType({ description: 'A file to write once.' })
export class CreateExportInput extends ExportTerms implements CreateExport {
  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'Calls let through at this instant or later; from the first by default. SPEND_REPORT needs it, on a quarter of an hour.',
  })
  from?: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Calls let through before this instant; now by default. SPEND_REPORT needs it likewise.',
  })
  to?: Date | null;
}

@InputType({ description: 'Files to write, one after each period.' })
export class CreateExportScheduleInput extends ExportTerms implements CreateExportSchedule {
  @Field(() => String, { description: 'Name for people.' })
  name: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The organization whose spend it is; null for that of the whole server.',
  })
  organizationId?: string | null;

  @Field(() => ExportPeriodEnum, { description: 'How often.' })
  period: ExportPeriod;
}

@InputType({ description: 'Which schedule to delete.' })
export class DeleteExportScheduleInput {
  @Field(() => ID, { description: 'Id of the schedule.' })
  exportScheduleId: string;
}

@InputType('ExportListFilter', { description: 'Which exports to list. All conditions must hold.' })
export class ExportListFilterInput implements ExportListFilter {
  @Field(() => ID, { nullable: true, description: 'Only those of this schedule.' })
  scheduleId?: string | null;

  @Field(() => ExportStatusEnum, { nullable: true, description: 'Only those of which this has become.' })
  status?: ExportStatus | null;
}

@ArgsType()
export class ExportsArgs extends PageArgs {
  @Field(() => ExportListFilterInput, {
    nullable: true,
    description: 'Which exports to list; all visible ones by default.',
  })
  filter?: ExportListFilterInput | null;
}
