/**
 * What the cells of a column are. Every value is text, exact to its last digit:
 * text and instants are quoted in JSON, and so are decimals, which no reader is to round;
 * whole numbers, booleans and JSON stand for themselves.
 */
export type ColumnKind = 'TEXT' | 'INSTANT' | 'DECIMAL' | 'INTEGER' | 'BOOLEAN' | 'JSON';

/** A column of a file; null is an empty cell. */
export interface ExportColumn<Row> {
  readonly name: string;
  readonly kind: ColumnKind;
  valueOf(row: Row): string | null;
}

/**
 * A text that no spreadsheet takes for a formula. Names, tags and metadata are a caller's, so that one could make the
 * machine of whoever opens the file run something (https://owasp.org/www-community/attacks/CSV_Injection). The full-width
 * signs are read as the plain ones by some programs.
 */
export function inertText(text: string): string {
  return /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? `'${text}` : text;
}

/** The cells of a line of CSV, before quotes. Text alone is a caller's; numbers keep their sign. */
export function csvCells<Row>(columns: readonly ExportColumn<Row>[], row: Row): string[] {
  return columns.map((column) => {
    const value = column.valueOf(row);
    if (value === null) return '';
    return column.kind === 'TEXT' ? inertText(value) : value;
  });
}

/** The row as a JSON object on one line, without a line break after it. */
export function jsonLine<Row>(columns: readonly ExportColumn<Row>[], row: Row): string {
  const members = columns.map((column) => {
    const value = column.valueOf(row);
    return `${JSON.stringify(column.name)}:${value === null ? 'null' : jsonValue(column.kind, value)}`;
  });
  return `{${members.join(',')}}`;
}

function jsonValue(kind: ColumnKind, value: string): string {
  const isQuoted = kind === 'TEXT' || kind === 'INSTANT' || kind === 'DECIMAL';
  return isQuoted ? JSON.stringify(value) : value;
}
