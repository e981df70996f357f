/**
 * Disjoint buckets of what a call used. Every provider's usage block is normalised into these once, so that nothing is
 * counted twice: cached input is not in `inputText`, reasoning is not in `outputText`.
 */
export const TOKEN_UNITS = [
  'inputText',
  'inputCacheRead',
  'inputCacheWrite5m',
  'inputCacheWrite1h',
  'inputAudio',
  'inputAudioCacheRead',
  'inputImage',
  'inputImageCacheRead',
  'inputVideo',
  'outputText',
  'outputReasoning',
  'outputAudio',
  'outputImage',
  'outputVideo',
] as const;

/** Things counted beside tokens. Durations are whole milliseconds, so that counts are integers throughout. */
export const COUNT_UNITS = [
  'requests',
  'inputImages',
  'outputImages',
  'inputPixels',
  'outputPixels',
  'inputAudioMs',
  'outputAudioMs',
  'inputVideoMs',
  'outputVideoMs',
  'inputCharacters',
  'outputCharacters',
  'inputMessages',
  'pages',
  'annotatedPages',
  'ocrCredits',
  'searchUnits',
  'citationTokens',
  'responseMs',
  'webSearches',
  'fileSearches',
  'codeSessions',
  'mapsQueries',
  'computerUseInputTokens',
  'computerUseOutputTokens',
] as const;

export const USAGE_UNITS = [...TOKEN_UNITS, ...COUNT_UNITS] as const;

export type TokenUnit = (typeof TOKEN_UNITS)[number];
export type CountUnit = (typeof COUNT_UNITS)[number];
export type UsageUnit = TokenUnit | CountUnit;

/** Whole, non-negative counts; an absent bucket is zero. */
export type Usage = Readonly<Partial<Record<UsageUnit, number>>>;

export function inputTokens(usage: Usage): number {
  return sum(usage, INPUT_UNITS);
}

export function outputTokens(usage: Usage): number {
  return sum(usage, OUTPUT_UNITS);
}

export function totalTokens(usage: Usage): number {
  return sum(usage, TOKEN_UNITS);
}

const PLACES: ReadonlyMap<string, number> = new Map(USAGE_UNITS.map((unit, place) => [unit, place]));

/** The units of which anything was used, in the order of USAGE_UNITS. A call uses few of them. */
export function usedUnits(usage: Usage): UsageUnit[] {
  const used: UsageUnit[] = [];
  for (const unit of Object.keys(usage) as UsageUnit[]) {
    if ((usage[unit] ?? 0) > 0 && PLACES.has(unit)) used.push(unit);
  }
  return used.sort((a, b) => (PLACES.get(a) ?? 0) - (PLACES.get(b) ?? 0));
}

export function addUsage(a: Usage, b: Usage): Usage {
  const total: Partial<Record<UsageUnit, number>> = { ...a };
  for (const unit of USAGE_UNITS) {
    const more = b[unit];
    if (more !== undefined) total[unit] = (total[unit] ?? 0) + more;
  }
  return total;
}

const INPUT_UNITS = TOKEN_UNITS.filter((unit) => unit.startsWith('input'));
const OUTPUT_UNITS = TOKEN_UNITS.filter((unit) => unit.startsWith('output'));

function sum(usage: Usage, units: readonly TokenUnit[]): number {
  let total = 0;
  for (const unit of units) total += usage[unit] ?? 0;
  return total;
}
