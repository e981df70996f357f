import { TOKEN_UNITS, type TokenUnit, type UsageUnit } from '../usage/usage';

/** The parts a cost is reported in. `other` holds requests, pages, search units and time. */
export const COST_PARTS = [
  'input',
  'cacheRead',
  'cacheWrite',
  'output',
  'reasoning',
  'audio',
  'image',
  'video',
  'tools',
  'other',
  'discount',
  'margin',
] as const;
export type CostPart = (typeof COST_PARTS)[number];

export const PART_OF: Readonly<Record<UsageUnit, CostPart>> = {
  inputText: 'input',
  inputCharacters: 'input',
  inputMessages: 'input',
  inputCacheRead: 'cacheRead',
  inputAudioCacheRead: 'cacheRead',
  inputImageCacheRead: 'cacheRead',
  inputCacheWrite5m: 'cacheWrite',
  inputCacheWrite1h: 'cacheWrite',
  outputText: 'output',
  outputCharacters: 'output',
  outputReasoning: 'reasoning',
  inputAudio: 'audio',
  outputAudio: 'audio',
  inputAudioMs: 'audio',
  outputAudioMs: 'audio',
  inputImage: 'image',
  outputImage: 'image',
  inputImages: 'image',
  outputImages: 'image',
  inputPixels: 'image',
  outputPixels: 'image',
  inputVideo: 'video',
  outputVideo: 'video',
  inputVideoMs: 'video',
  outputVideoMs: 'video',
  webSearches: 'tools',
  fileSearches: 'tools',
  codeSessions: 'tools',
  mapsQueries: 'tools',
  computerUseInputTokens: 'tools',
  computerUseOutputTokens: 'tools',
  requests: 'other',
  responseMs: 'other',
  pages: 'other',
  annotatedPages: 'other',
  ocrCredits: 'other',
  searchUnits: 'other',
  citationTokens: 'other',
};

/**
 * Whose rate a unit without its own takes, first match first. Rules of LiteLLM's cost calculator (generic cost per
 * token): reasoning and the output of every modality cost what output costs; image and video input cost what input
 * costs; a cache without a rate is billed as plain input, a one-hour write as a five-minute write. Audio input has no
 * fallback: it costs several times what text costs, so guessing would book too little, and the cost is PARTIAL instead.
 */
export const FALLBACKS: Readonly<Partial<Record<UsageUnit, readonly UsageUnit[]>>> = {
  inputCacheRead: ['inputText'],
  inputCacheWrite5m: ['inputText'],
  inputCacheWrite1h: ['inputCacheWrite5m', 'inputText'],
  inputAudioCacheRead: ['inputCacheRead', 'inputAudio'],
  inputImage: ['inputText'],
  inputImageCacheRead: ['inputCacheRead', 'inputImage', 'inputText'],
  inputVideo: ['inputText'],
  outputReasoning: ['outputText'],
  outputAudio: ['outputText'],
  outputImage: ['outputText'],
  outputVideo: ['outputText'],
  // LiteLLM's `input_cost_per_image` and `input_cost_per_pixel` are what a painted image costs.
  outputImages: ['inputImages'],
  outputPixels: ['inputPixels'],
};

/**
 * Units that measure the same thing. Only one of each group is billed: the first that is used and has a rate of its
 * own, tokens before counts before pixels (LiteLLM: images by token usage if present, else by number, else by pixel;
 * transcription by tokens, else by seconds).
 */
export const SAME_CONTENT: readonly (readonly UsageUnit[])[] = [
  ['inputText', 'inputCharacters'],
  ['outputText', 'outputCharacters'],
  ['inputAudio', 'inputAudioMs'],
  ['outputAudio', 'outputAudioMs'],
  ['inputImage', 'inputImages', 'inputPixels'],
  ['outputImage', 'outputImages', 'outputPixels'],
  ['inputVideo', 'inputVideoMs'],
  ['outputVideo', 'outputVideoMs'],
];

/** Facts about a call that most providers don't charge for: no rate is needed for them. */
export const NEEDS_NO_RATE: ReadonlySet<UsageUnit> = new Set<UsageUnit>([
  'requests',
  'responseMs',
  'citationTokens',
  'inputMessages',
]);

/** What models are sold by that are not sold by the token: whoever pays for one of these pays for the tokens as well. */
export const SOLD_WHOLE: ReadonlySet<UsageUnit> = new Set<UsageUnit>([
  'requests',
  'responseMs',
  'inputAudioMs',
  'outputAudioMs',
  'inputCharacters',
  'outputCharacters',
  'outputImages',
  'outputPixels',
  'outputVideoMs',
  'searchUnits',
  'pages',
]);

export const INPUT_TOKEN_UNITS: readonly TokenUnit[] = TOKEN_UNITS.filter((unit) => unit.startsWith('input'));
export const OUTPUT_TOKEN_UNITS: readonly TokenUnit[] = TOKEN_UNITS.filter((unit) =>
  unit.startsWith('output'),
);

/** What the input and output of a text-only request can be billed as: narrows a bound where no media are involved. */
export const TEXT_INPUT_UNITS: readonly TokenUnit[] = [
  'inputText',
  'inputCacheRead',
  'inputCacheWrite5m',
  'inputCacheWrite1h',
];
export const TEXT_OUTPUT_UNITS: readonly TokenUnit[] = ['outputText', 'outputReasoning'];

export function isTool(unit: UsageUnit): boolean {
  return PART_OF[unit] === 'tools';
}
