import type { PriceChange } from '../domain/pricing/price-map-diff';

/** The changes as a table for people: a row per model, or per part of its price where that changes. */
export function priceChangeLines(changes: readonly PriceChange[]): string[] {
  const rows = [['CHANGE', 'PROVIDER', 'MODEL', 'FIELD', 'OLD', 'NEW'], ...changes.flatMap(rowsOf)];
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function rowsOf({ kind, provider, model, fields, reason }: PriceChange): string[][] {
  const head = [kind, provider ?? '', model];
  if (reason !== null) return [[...head, reason]];
  return fields.map(({ field, old, new: now }) => [...head, field, old ?? '-', now ?? '-']);
}
