/** The value below which that part of the sorted values lies; 0 when there are none. */
export function percentile(sorted: Float64Array, perCent: number): number {
  const place = Math.min(sorted.length - 1, Math.floor((sorted.length * perCent) / 100));
  return sorted[place] ?? 0;
}

export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? 0) + high) / 2;
}
