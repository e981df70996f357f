import type { ImageSize } from './image-size';
import { asArray, asCount, asRecord, asText } from './json';
import { bareModelName } from './model-family';

/** What a request for images says of them, as far as it changes what they cost. */
export interface ImageTerms {
  readonly images: number;
  /** Null where the model chooses ("auto") or the request leaves it to the model's default. */
  readonly size: ImageSize | null;
  /** "low", "standard", "hd"…; null when the request names none. */
  readonly quality: string | null;
  /** Previews of a stream, each of which is billed. */
  readonly partialImages: number;
  /** Images that are sent along, to be edited or varied; masks among them. */
  readonly inputImages: number;
}

const SIZE = /^(\d{1,5})x(\d{1,5})$/;
/** What image models make when the request names no size (https://platform.openai.com/docs/api-reference/images). */
const DEFAULT_SIZE: ImageSize = { width: 1024, height: 1024 };
/** Larger than what a model that chooses for itself makes. */
const LARGEST_CHOSEN: ImageSize = { width: 2048, height: 2048 };

/** Reads a request of `/images/generations`, `/images/edits` or `/images/variations`; forms are read as JSON is. */
export function readImageTerms(body: unknown): ImageTerms {
  const request = asRecord(body) ?? {};
  const sent = [request['image'], request['images'], request['mask'], request['reference_images']];
  return {
    images: Math.max(1, asCount(request['n']) ?? 1),
    size: parseSize(asText(request['size'])),
    quality: asText(request['quality']),
    partialImages: asCount(request['partial_images']) ?? 0,
    inputImages: sent.reduce<number>((sum, value) => sum + countOf(value), 0),
  };
}

/** Reads "1024x1536"; null for anything else. */
export function parseSize(text: string | null): ImageSize | null {
  const [, width, height] = SIZE.exec(text ?? '') ?? [];
  return width === undefined || height === undefined
    ? null
    : { width: Number(width), height: Number(height) };
}

/** The pixels of one image: of the size asked for, else of the default, or of the largest where the model may choose. */
export function pixelsOf(size: ImageSize | null, isChosen: boolean): number {
  const { width, height } = size ?? (isChosen ? LARGEST_CHOSEN : DEFAULT_SIZE);
  return width * height;
}

/** Whether the model decides on the size: OpenAI's GPT Image models do unless told. */
export function choosesSize(body: unknown, model: string): boolean {
  const size = asText(asRecord(body)?.['size']);
  return size === 'auto' || (size === null && /(^|-)gpt-image|chatgpt-image/.test(bareModelName(model)));
}

/** Models that are sold by the image and use no tokens. */
export function isSoldByImage(model: string): boolean {
  return bareModelName(model).startsWith('dall-e');
}

function countOf(value: unknown): number {
  if (value === undefined || value === null) return 0;
  return Array.isArray(value) ? asArray(value).length : 1;
}
