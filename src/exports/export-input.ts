import type { EntityManager } from 'typeorm';
import type { ExportDataset, ExportFormat } from '../domain/exports/export-words';
import { isTimezoneName } from '../domain/limits/timezone';
import { ok, type Result } from '../domain/result';
import type { SpendBucket, SpendDimension } from '../domain/spend/report-words';
import { issue, type UserIssue } from '../platform/user-issue';
import { reportFilter } from './export-filter';
import type { ExportAsk, ExportFilter } from '../domain/exports/export-ask';
import { isDatabaseTimezone } from '../platform/database/timezone';

/** What a file is to hold, as callers say it. */
export interface ExportTermsInput {
  readonly dataset: ExportDataset;
  readonly format: ExportFormat;
  readonly compress: boolean;
  readonly filter?: ExportFilter | null | undefined;
  /** Of SPEND_REPORT. */
  readonly groupBy?: readonly SpendDimension[] | null | undefined;
  readonly bucket?: SpendBucket | null | undefined;
  readonly timezone?: string | null | undefined;
}

/** Terms that were read, without a range. */
export type ExportTerms = Pick<ExportAsk, 'shape' | 'filter' | 'report'>;

export async function readExportTerms(
  manager: EntityManager,
  input: ExportTermsInput,
): Promise<Result<ExportTerms, UserIssue[]>> {
  const { dataset, format, compress: isCompressed, timezone = null, bucket = null } = input;
  const filter = Object.fromEntries(Object.entries(input.filter ?? {}).filter(([, value]) => value != null));
  const isReport = dataset === 'SPEND_REPORT';
  if (!isReport && ((input.groupBy ?? []).length > 0 || bucket !== null)) {
    const message = 'Rows of the log are neither grouped nor put into buckets; ask for SPEND_REPORT.';
    return issue('INVALID', bucket === null ? 'groupBy' : 'bucket', message);
  }
  if (isReport) {
    const narrowed = reportFilter(filter);
    if (!narrowed.ok) return issue('INVALID', ['filter', narrowed.error.field], narrowed.error.message);
  }
  if (timezone !== null && !(isTimezoneName(timezone) && (await isDatabaseTimezone(manager, timezone)))) {
    return issue('INVALID', 'timezone', `"${timezone}" is no IANA time zone; "Europe/Berlin" would be one.`);
  }
  const groupBy = [...new Set(input.groupBy ?? [])];
  return ok({ shape: { dataset, format, isCompressed }, filter, report: { groupBy, bucket, timezone } });
}
