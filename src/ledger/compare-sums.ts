/** Sums that a table keeps, and how they come from spend rows. */
export interface KeptSums {
  readonly table: string;
  /** SQL for what a row is about, from its keys. */
  readonly subject: string;
  readonly keys: readonly string[];
  /** What is summed up: spend rows with the keys as columns. */
  readonly source: string;
  /** The SQL of every sum, by its column in the table. */
  readonly sums: Readonly<Record<string, string>>;
}

/**
 * The query for the rows of the table in which any sum is another than that of the spend rows. Rows that are missing in
 * the table, and such as no spend row stands behind, count as sums of zero: they differ unless there is nothing to sum.
 */
export function compareSums({ table, subject, keys, source, sums }: KeptSums): string {
  const columns = Object.keys(sums);
  const differs = (column: string): string => `coalesce(s.${column}, 0) <> coalesce(k.${column}, 0)`;
  const listed = (side: 's' | 'k'): string =>
    columns
      .map((name) => `CASE WHEN ${differs(name)} THEN '${name} ' || coalesce(${side}.${name}, 0) END`)
      .join(', ');
  const summed = Object.entries(sums).map(([column, sql]) => `${sql} AS ${column}`);
  return `SELECT ${subject} AS subject, concat_ws(', ', ${listed('s')}) AS expected,
      concat_ws(', ', ${listed('k')}) AS actual
    FROM (SELECT ${keys.join(', ')}, ${summed.join(', ')} FROM ${source} GROUP BY ${keys.join(', ')}) s
    FULL JOIN ${table} k USING (${keys.join(', ')})
    WHERE ${columns.map(differs).join(' OR ')}`;
}
