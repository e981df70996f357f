import { stringify } from 'csv-stringify/sync';
import { csvCells, jsonLine, type ExportColumn } from '../domain/exports/column';
import type { ExportFormat } from '../domain/exports/export-words';

/** RFC 4180 ends lines so. A cell with either sign of that end alone is quoted too: many readers end a line at it. */
const CSV_OPTIONS = { record_delimiter: '\r\n', quote_record_delimiter: true };

/** What stands before the first row: the names of the columns, in CSV. */
export function headText<Row>(format: ExportFormat, columns: readonly ExportColumn<Row>[]): string {
  return format === 'CSV' ? csvText([columns.map((column) => column.name)]) : '';
}

/** The rows as lines, each with its end. */
export function linesText<Row>(
  format: ExportFormat,
  columns: readonly ExportColumn<Row>[],
  rows: readonly Row[],
): string {
  if (format === 'CSV') return csvText(rows.map((row) => csvCells(columns, row)));
  return rows.map((row) => `${jsonLine(columns, row)}\n`).join('');
}

function csvText(lines: string[][]): string {
  return lines.length === 0 ? '' : stringify(lines, CSV_OPTIONS);
}
