import type { Usage } from '../usage/usage';
import type { BoundParts } from './bound-parts';
import { choosesSize, isSoldByImage, pixelsOf, readImageTerms, type ImageTerms } from './image-request';

/**
 * Output tokens of one GPT image of at most 1,536 by 1,024 pixels, the dearer orientation, by quality
 * (https://platform.openai.com/docs/guides/image-generation#calculating-costs). Another quality, or none, counts as high.
 */
const OUTPUT_TOKENS: Readonly<Record<string, number>> = { low: 408, medium: 1_584, standard: 1_584 };
const MOST_OUTPUT_TOKENS = 6_240;
const TABLE_PIXELS = 1_536 * 1_024;
/** Each preview of a stream (the same page). */
const PARTIAL_TOKENS = 100;
/** Newer models write beside what they paint. */
const TEXT_TOKENS = 2_048;
/** Above an input image at high fidelity, 6,144 tokens, and its tiles (the same page). */
const INPUT_IMAGE_TOKENS = 8_192;
/** What is put around a prompt. */
const FRAMING_TOKENS = 64;

/** Bounds a request for images; see `requestBound`. */
export function imagesBound(body: unknown, model: string): BoundParts {
  const terms = readImageTerms(body);
  const usesTokens = !isSoldByImage(model);
  return {
    mediaBytes: 0,
    addedTokens: FRAMING_TOKENS + (usesTokens ? INPUT_IMAGE_TOKENS * terms.inputImages : 0),
    outputTokens: usesTokens ? maxImageTokens(terms, choosesSize(body, model)) : 0,
    outputs: terms.images,
    unbounded: [],
  };
}

/** The images and pixels that a request asks for. */
export function imageCounts(body: unknown, model: string): Usage {
  const { images, size } = readImageTerms(body);
  return { outputImages: images, outputPixels: images * pixelsOf(size, choosesSize(body, model)) };
}

function maxImageTokens(terms: ImageTerms, isChosen: boolean): number {
  const perImage = OUTPUT_TOKENS[terms.quality ?? ''] ?? MOST_OUTPUT_TOKENS;
  const scale = Math.max(1, pixelsOf(terms.size, isChosen) / TABLE_PIXELS);
  return terms.images * Math.ceil(perImage * scale) + terms.partialImages * PARTIAL_TOKENS + TEXT_TOKENS;
}
