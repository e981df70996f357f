import type { CostStatus } from '../pricing/cost';
import type { SpendBucket, SpendDimension } from '../spend/report-words';
import type { SpendKind, SpendStatus } from '../spend/spend-words';
import type { ExportShape } from './export-words';

/** Which rows of the spend log a file holds; all conditions must hold. Those of a report are fewer: what roll-ups keep. */
export interface ExportFilter {
  readonly organizationId?: string | null | undefined;
  readonly teamId?: string | null | undefined;
  readonly projectId?: string | null | undefined;
  readonly userId?: string | null | undefined;
  readonly keyId?: string | null | undefined;
  readonly customerId?: string | null | undefined;
  readonly model?: string | null | undefined;
  readonly provider?: string | null | undefined;
  readonly status?: SpendStatus | null | undefined;
  readonly kind?: SpendKind | null | undefined;
  readonly pricingStatus?: CostStatus | null | undefined;
  readonly tag?: string | null | undefined;
}

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
