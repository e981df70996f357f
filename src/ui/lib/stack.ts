/** What a stacked chart draws: pixels of height, never figures. */
export interface StackedPart {
  readonly at: string;
  readonly name: string;
  readonly value: number;
}

export interface StackedChart {
  readonly rows: Record<string, string | number>[];
  readonly series: { readonly name: string; readonly color: string }[];
}

const COLORS = [
  'teal.7',
  'blue.6',
  'yellow.6',
  'grape.6',
  'orange.6',
  'cyan.5',
  'pink.6',
  'lime.7',
  'gray.5',
];
const OTHER = 'other';
export const MOST_SERIES = COLORS.length - 1;

/** A row for each place on the axis. The largest names have a colour each, and what is left is one of its own. */
export function stack(parts: readonly StackedPart[]): StackedChart {
  const totals = new Map<string, number>();
  for (const { name, value } of parts) if (name !== OTHER) totals.set(name, (totals.get(name) ?? 0) + value);
  const largest = [...totals]
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST_SERIES)
    .map(([name]) => name);
  const shown = new Set(largest);
  const rows = new Map<string, Record<string, string | number>>();
  let hasOther = false;
  for (const { at, name, value } of parts) {
    const row = rows.get(at) ?? { at };
    const series = shown.has(name) ? name : OTHER;
    if (series === OTHER) hasOther = true;
    row[series] = Number(row[series] ?? 0) + value;
    rows.set(at, row);
  }
  const names = hasOther ? [...largest, OTHER] : largest;
  return {
    rows: [...rows.values()],
    series: names.map((name, index) => ({
      name,
      color: (name === OTHER ? COLORS[MOST_SERIES] : COLORS[index]) ?? 'gray.5',
    })),
  };
}

/** What the whole of each place is beyond its parts, as parts of their own; dust of the pixels is none. */
export function rest(
  parts: readonly StackedPart[],
  whole: readonly Omit<StackedPart, 'name'>[],
): StackedPart[] {
  const sums = new Map<string, number>();
  for (const { at, value } of parts) sums.set(at, (sums.get(at) ?? 0) + value);
  return whole.flatMap(({ at, value }) => {
    const left = value - (sums.get(at) ?? 0);
    return [{ at, name: OTHER, value: left > value * 1e-6 ? left : 0 }];
  });
}
