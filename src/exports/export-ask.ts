import type { ExportShape } from '../domain/exports/export-words';
import type { SpendBucket, SpendDimension } from '../domain/spend/report-words';
import type { SpendLogFilter } from '../spend/spend-log-filter.repository';

/** Which rows of the spend log a file holds. Those of a report are fewer: what roll-ups keep. */
export type ExportFilter = Pick<
  SpendLogFilter,
  | 'organizationId'
  | 'teamId'
  | 'projectId'
  | 'userId'
  | 'keyId'
  | 'customerId'
  | 'model'
  | 'provider'
  | 'status'
  | 'kind'
  | 'pricingStatus'
  | 'tag'
>;

/** What sums of a report are by. */
export interface ReportTerms {
  readonly groupBy: readonly SpendDimension[];
  readonly bucket: SpendBucket | null;
  /** An IANA name; null for the server's. */
  readonly timezone: string | null;
}

/** What a file is to hold. */
export interface ExportAsk {
  readonly shape: ExportShape;
  /** Calls let through at this instant or later; null: from the first. A report needs it. */
  readonly from: Date | null;
  /** Calls let through before this instant. */
  readonly to: Date;
  readonly filter: ExportFilter;
  /** Of no meaning for the spend log. */
  readonly report: ReportTerms;
}
