/** What a file holds. */
export const EXPORT_DATASET_DOCS = {
  SPEND_LOGS: 'The spend log, a line for each row.',
  FOCUS: 'The spend log in the columns of FOCUS 1.2, the FinOps Open Cost and Usage Specification.',
  SPEND_REPORT: 'Sums by groups and buckets of time.',
} as const;
export type ExportDataset = keyof typeof EXPORT_DATASET_DOCS;

/** How a file is written. */
export const EXPORT_FORMAT_DOCS = {
  CSV: 'Comma-separated values as of RFC 4180, with a line of column names, in UTF-8.',
  NDJSON: 'A JSON object on each line. Amounts are decimal text.',
} as const;
export type ExportFormat = keyof typeof EXPORT_FORMAT_DOCS;

/** What has become of an export. */
export const EXPORT_STATUS_DOCS = {
  PENDING: 'It waits for a server process to write it.',
  RUNNING: 'A server process writes it.',
  READY: 'The file is there.',
  FAILED: 'It was given up after several attempts.',
  EXPIRED: 'The file was removed after its time.',
} as const;
export type ExportStatus = keyof typeof EXPORT_STATUS_DOCS;

/** How often a schedule writes a file: after each day, week (from Monday) or month of its time zone. */
export const EXPORT_PERIOD_DOCS = {
  DAY: 'After each day.',
  WEEK: 'After each week, from Monday to Sunday.',
  MONTH: 'After each calendar month.',
} as const;
export type ExportPeriod = keyof typeof EXPORT_PERIOD_DOCS;

const DATASET_NAMES: Readonly<Record<ExportDataset, string>> = {
  SPEND_LOGS: 'spend',
  FOCUS: 'focus',
  SPEND_REPORT: 'report',
};

const FORMAT_NAMES: Readonly<Record<ExportFormat, string>> = { CSV: 'csv', NDJSON: 'ndjson' };

/** What a file is, apart from its rows. */
export interface ExportShape {
  readonly dataset: ExportDataset;
  readonly format: ExportFormat;
  /** Whether the file is compressed by gzip. */
  readonly isCompressed: boolean;
}

/** Every shape that a file can have. */
export const EXPORT_SHAPES: readonly ExportShape[] = (
  Object.keys(EXPORT_DATASET_DOCS) as ExportDataset[]
).flatMap((dataset) =>
  (Object.keys(EXPORT_FORMAT_DOCS) as ExportFormat[]).flatMap((format) =>
    [false, true].map((isCompressed) => ({ dataset, format, isCompressed })),
  ),
);

/** `spend`, `focus` or `report`: what the names of files begin with. */
export function datasetName({ dataset }: ExportShape): string {
  return DATASET_NAMES[dataset];
}

/** `csv`, `ndjson`, `csv.gz` or `ndjson.gz`. */
export function fileExtension({ format, isCompressed }: ExportShape): string {
  return `${FORMAT_NAMES[format]}${isCompressed ? '.gz' : ''}`;
}

export function contentType({ format, isCompressed }: ExportShape): string {
  if (isCompressed) return 'application/gzip';
  return format === 'CSV' ? 'text/csv; charset=utf-8; header=present' : 'application/x-ndjson; charset=utf-8';
}

/** A name for the file: what it holds, its range by days in UTC, and the id that tells it from all others. */
export function fileName(shape: ExportShape, from: Date | null, to: Date, id: string): string {
  const day = (at: Date): string => at.toISOString().slice(0, 10);
  const parts = [
    datasetName(shape),
    ...(from === null ? [] : [day(from)]),
    day(to),
    ...(id === '' ? [] : [id]),
  ];
  return `${parts.join('-')}.${fileExtension(shape)}`;
}
