import { Field, ID, ObjectType } from 'type-graphql';
import type { ExportDataset, ExportFormat, ExportStatus } from '../domain/exports/export-words';
import { connectionType } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node.type';
import { BigIntScalar, DateTimeScalar } from '../platform/graphql/scalars';
import type { ExportEntity } from './export.entity';
import { ExportDatasetEnum, ExportFormatEnum, ExportStatusEnum } from './export.enum';

@ObjectType('Export', {
  implements: Node,
  description: 'A file of spend that the server writes in the background, asked for once or by a schedule.',
})
export class Export implements Node {
  @Field(() => ID, { description: 'Opaque id, prefixed `exp_`.' })
  id: string;

  @Field(() => ExportStatusEnum, { description: 'What has become of it.' })
  status: ExportStatus;

  @Field(() => ExportDatasetEnum, { description: 'What the file holds.' })
  dataset: ExportDataset;

  @Field(() => ExportFormatEnum, { description: 'How it is written.' })
  format: ExportFormat;

  @Field(() => Boolean, { description: 'Whether it is compressed by gzip.' })
  isCompressed: boolean;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Calls let through at this instant or later; null: from the first.',
  })
  from: Date | null;

  @Field(() => DateTimeScalar, { description: 'Calls let through before this instant.' })
  to: Date;

  @Field(() => String, { description: 'Name of the file in its folder or bucket.' })
  fileName: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Path on this server under which the file is read, with the credential of whoever may see it; null unless READY.',
  })
  downloadPath: string | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'How many rows the file has; null before it is written.',
  })
  rowCount: string | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Size of the file in bytes; null before it is written.',
  })
  byteCount: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why the last attempt to write it failed; null when none did.',
  })
  error: string | null;

  @Field(() => String, {
    description: 'Who asked for it, or for its schedule: the id of a user or key, or `master`.',
  })
  createdBy: string;

  @Field(() => DateTimeScalar, { description: 'When it was asked for.' })
  createdAt: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was written, or given up; null before.',
  })
  endedAt: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the file is removed; null for one that stays, and before it is written.',
  })
  expiresAt: Date | null;

  /** For the edges. */
  readonly scheduleId: string | null;
  readonly organizationId: string | null;
}

export const ExportConnection = connectionType(Export, 'Export');

/** Where the file of an export is read. */
export function downloadPath(id: string): string {
  return `/exports/${id}`;
}

export function toExport(row: ExportEntity): Export {
  const { id, status, dataset, format, isCompressed, rangeFrom: from, rangeTo: to } = row;
  const { rowCount, byteCount, error, createdBy, createdAt, endedAt, expiresAt } = row;
  const { fileName, scheduleId, organizationId } = row;
  return {
    ...{ id, status, dataset, format, isCompressed, from, to, fileName },
    ...{ rowCount, byteCount, error, createdBy, createdAt, endedAt, expiresAt, scheduleId, organizationId },
    downloadPath: status === 'READY' ? downloadPath(id) : null,
  };
}
