import { imageSizeOfBase64, type ImageSize } from './image-size';
import { bareModelName, type ModelFamily } from './model-family';

/**
 * Claude sees 28-pixel patches of an image scaled to at most 1,568 tokens, on newer models to 4,784
 * (https://platform.claude.com/docs/en/build-with-claude/vision).
 */
const CLAUDE_MAX_TOKENS = 4_784;
const CLAUDE_PATCH = 28;
/** Gemini: 258 tokens a tile of 768 pixels, and up to 2,240 at the highest media resolution (https://ai.google.dev/gemini-api/docs/media-resolution). A picture is cut into few tiles; this is above what any setting yields. */
const GEMINI_MAX_TOKENS = 8_192;
/** The largest default among open models that we know: Qwen2.5-VL's 16,384 patches. */
const OTHER_MAX_TOKENS = 16_384;

/** Tokens of an image in a request, from its base64 (none where it is elsewhere) and the detail asked for. */
export type ImageCount = (base64: string | undefined, detail: string | null) => number;

/** Counts each image as the largest, or looks at the size that its header states. */
export function imageCount(family: ModelFamily, model: string, lookAtSizes: boolean): ImageCount {
  if (!lookAtSizes) return () => maxImageTokens(family, model);
  return (base64, detail) =>
    imageTokens(family, model, base64 === undefined ? null : imageSizeOfBase64(base64), detail);
}

/** The base64 of a data URL; undefined when the text is none. */
export function base64OfDataUrl(url: string | null): string | undefined {
  return /^data:[^,]*;base64,/i.test(url ?? '') ? url?.slice(url.indexOf(',') + 1) : undefined;
}

/** Tile rule: a base, and so much for each 512-pixel tile of the scaled image. */
interface Tiles {
  readonly base: number;
  readonly tile: number;
}

/** Patch rule: 32-pixel patches up to a budget, times a multiplier. */
interface Patches {
  readonly budget: number;
  readonly multiplier: number;
}

/** https://platform.openai.com/docs/guides/images-vision#calculating-costs; the first pattern that fits applies. */
const OPENAI_RULES: readonly (readonly [RegExp, Tiles | Patches])[] = [
  [/^gpt-4\.1-mini/, { budget: 1536, multiplier: 1.62 }],
  [/^gpt-4\.1-nano/, { budget: 1536, multiplier: 2.46 }],
  [/^gpt-5-mini/, { budget: 1536, multiplier: 1.62 }],
  [/^gpt-5-nano/, { budget: 1536, multiplier: 2.46 }],
  [/^o4-mini/, { budget: 1536, multiplier: 1.72 }],
  [/^gpt-4o-mini/, { base: 2833, tile: 5667 }],
  [
    /^(gpt-4o|gpt-4\.1|gpt-4\.5|chatgpt-4o|gpt-4-turbo|gpt-4-vision|gpt-4-1106-vision)/,
    { base: 85, tile: 170 },
  ],
  [/^gpt-5(-chat|-\d{4}|-codex|$)/, { base: 70, tile: 140 }],
  [/^o[13](-|$)/, { base: 75, tile: 150 }],
  [/^computer-use-preview/, { base: 65, tile: 129 }],
];

/** The most that a scaled image has: the shorter side is at most 768 pixels, the longer at most 2,048. */
const MAX_TILES = 8;
/** Newer models take 10,000 patches at `detail: original`, some with a multiplier; gpt-4o-mini's tiles cost more still. */
const OPENAI_MAX_TOKENS = 2833 + 5667 * MAX_TILES;

/** An upper bound of the tokens of one image of any size, by the provider's published rules. */
export function maxImageTokens(family: ModelFamily, model: string): number {
  if (family === 'anthropic') return CLAUDE_MAX_TOKENS;
  if (family === 'google') return GEMINI_MAX_TOKENS;
  if (family === 'other') return OTHER_MAX_TOKENS;
  const rule = openAiRule(model);
  if (!rule) return OPENAI_MAX_TOKENS;
  return 'tile' in rule ? rule.base + rule.tile * MAX_TILES : Math.ceil(rule.budget * rule.multiplier);
}

/** The tokens of one image by the provider's rules; the upper bound when the size or the rule is unknown. */
export function imageTokens(
  family: ModelFamily,
  model: string,
  size: ImageSize | null,
  detail: string | null,
): number {
  const most = maxImageTokens(family, model);
  if (family === 'openai') return Math.min(most, openAiImageTokens(openAiRule(model), size, detail, most));
  if (family === 'anthropic' && size) return Math.min(most, patches(size, CLAUDE_PATCH));
  return most;
}

function openAiImageTokens(
  rule: Tiles | Patches | null,
  size: ImageSize | null,
  detail: string | null,
  most: number,
): number {
  if (!rule) return most;
  if ('tile' in rule && detail === 'low') return rule.base;
  if (!size) return most;
  return 'tile' in rule
    ? rule.base + rule.tile * tiles(size)
    : Math.ceil(patches(size, 32) * rule.multiplier);
}

function openAiRule(model: string): Tiles | Patches | null {
  const name = bareModelName(model);
  for (const [pattern, rule] of OPENAI_RULES) if (pattern.test(name)) return rule;
  return null;
}

/** Scaled to fit 2,048 pixels square, then to a shorter side of 768, never up; counted in tiles of 512. */
function tiles({ width, height }: ImageSize): number {
  const fit = Math.min(1, 2048 / Math.max(width, height));
  const shrink = Math.min(1, 768 / (Math.min(width, height) * fit));
  const scale = fit * shrink;
  return Math.ceil((width * scale) / 512) * Math.ceil((height * scale) / 512);
}

function patches({ width, height }: ImageSize, side: number): number {
  return Math.ceil(width / side) * Math.ceil(height / side);
}
