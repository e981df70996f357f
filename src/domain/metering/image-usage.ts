import type { Usage } from '../usage/usage';
import { choosesSize, parseSize, pixelsOf, readImageTerms } from './image-request';
import { asArray, asRecord, asText } from './json';
import type { NormalisedUsage } from './normalised-usage';
import { normaliseOpenAiUsage } from './openai-usage';

/**
 * Reads the usage block of an answer with images (https://platform.openai.com/docs/api-reference/images/object). Output
 * that it does not divide is what was painted. Null when the block counts nothing.
 */
export function normaliseImageUsage(raw: unknown, text?: string): NormalisedUsage | null {
  const read = normaliseOpenAiUsage(raw, text);
  if (!read) return null;
  const block = asRecord(raw);
  const isDivided = block?.['output_tokens_details'] ?? block?.['completion_tokens_details'];
  const { outputText, ...others } = read.usage;
  if (isDivided !== undefined || outputText === undefined) return read;
  return { ...read, usage: { ...others, outputImage: (others.outputImage ?? 0) + outputText } };
}

/**
 * What an answer with images used: its tokens where it tells them, and its images and pixels, of which the price decides
 * what is billed. Null when there is neither.
 */
export function answeredImages(response: unknown, asked: unknown, text?: string): NormalisedUsage | null {
  const answer = asRecord(response);
  const tokens = normaliseImageUsage(answer?.['usage'], text);
  const images = asArray(answer?.['data']).length;
  if (!tokens && images === 0) return null;
  const usage = { ...tokens?.usage, ...countedImages(images, answer?.['size'], asked) };
  return tokens
    ? { ...tokens, usage }
    : { usage, raw: null, reconciles: true, issues: [], reportedCostUsd: null };
}

/** Images as they are billed: so many, and so many pixels, of the size that the answer names or else that was asked for. */
export function countedImages(images: number, size: unknown, asked: unknown): Usage {
  if (images === 0) return {};
  const made = parseSize(asText(size)) ?? readImageTerms(asked).size;
  const isChosen = choosesSize(asked, asText(asRecord(asked)?.['model']) ?? '');
  return { outputImages: images, outputPixels: images * pixelsOf(made, isChosen) };
}
