import type { BoundParts } from './bound-parts';
import { anthropicMessagesBound } from './request-bound-anthropic';
import { speechBound, transcriptionBound } from './request-bound-audio';
import { converseBound } from './request-bound-converse';
import { completionsBound } from './request-bound-completions';
import { invokeBound } from './request-bound-invoke';
import { geminiBound, geminiEmbedBound } from './request-bound-gemini';
import { imagesBound } from './request-bound-images';
import { openAiChatBound } from './request-bound-openai';
import { responsesBound } from './request-bound-responses';
import { rerankBound } from './rerank';
import { imageCount, type ImageCount } from './image-tokens';
import { asArray, asRecord, asText } from './json';
import type { ModelFamily } from './model-family';
import { walkStrings } from './walk';
import { nfkcGrowth } from './text-bytes';

export type BoundFormat =
  | 'openai-chat'
  | 'openai-responses'
  | 'openai-completions'
  | 'openai-embeddings'
  | 'anthropic-messages'
  | 'gemini-generate'
  | 'gemini-embed'
  | 'openai-images'
  | 'openai-speech'
  | 'openai-transcription'
  | 'rerank'
  | 'bedrock-converse'
  | 'bedrock-invoke';

/** The most that a request can use, as far as its bytes tell. */
export interface RequestBound {
  /** No fewer than the input tokens of everything that `unbounded` does not name. */
  readonly inputTokens: number;
  /** All answers together; null when the request sets no bound, so that one has to be written into it. */
  readonly outputTokens: number | null;
  /** How many answers are asked for (`n`), or inputs to embed. */
  readonly outputs: number;
  /** Each thing that is billed as input but not contained in the request, in words; empty when the bound holds. */
  readonly unbounded: readonly string[];
}

/**
 * Bounds a request without tokenizing it. A JSON body is at least as long as the text inside it, and a byte-level
 * tokenizer makes at most one token of a byte, so the body's bytes bound the tokens of its text, tool definitions and
 * schemas; providers render both more briefly than JSON does. Families whose tokenizer normalises text first
 * are bounded after normalising. Media count by the providers' published rules.
 *
 * `model` is the upstream's name for the model when the body has an alias. `lookAtImages` reads the sizes of inline
 * images instead of counting each as the largest.
 */
export function requestBound(
  format: BoundFormat,
  body: unknown,
  bodyBytes: number,
  family: ModelFamily,
  model: string = asText(asRecord(body)?.['model']) ?? '',
  lookAtImages = false,
): RequestBound {
  const parts = boundParts(format, body, family, model, imageCount(family, model, lookAtImages));
  let growth = 0;
  if (family !== 'openai') walkStrings(body, (text) => (growth += nfkcGrowth(text)));
  const { outputTokens, outputs, unbounded } = parts;
  const textBytes = Math.max(0, bodyBytes - parts.mediaBytes) + growth;
  return { inputTokens: textBytes + parts.addedTokens, outputTokens, outputs, unbounded };
}

function boundParts(
  format: BoundFormat,
  body: unknown,
  family: ModelFamily,
  model: string,
  image: ImageCount,
): BoundParts {
  if (isInPath(format)) return IN_PATH[format](body, image, model);
  switch (format) {
    case 'openai-chat':
      return openAiChatBound(body, family, model, image);
    case 'openai-completions':
      return completionsBound(body);
    case 'openai-responses':
      return responsesBound(body, family, model, image);
    case 'anthropic-messages':
      return anthropicMessagesBound(body, image);
    case 'openai-images':
      return imagesBound(body, model);
    case 'openai-speech':
      return speechBound(body);
    case 'openai-transcription':
      return transcriptionBound(body, model);
    case 'rerank':
      return rerankBound(body);
    case 'openai-embeddings':
      return embeddingsBound(body);
  }
}

/** Formats that put the model into the path. */
const IN_PATH = {
  'bedrock-converse': (body: unknown, image: ImageCount) => converseBound(body, image),
  'bedrock-invoke': (body: unknown, image: ImageCount, model: string) => invokeBound(body, model, image),
  'gemini-generate': (body: unknown, image: ImageCount) => geminiBound(body, image),
  'gemini-embed': (body: unknown, image: ImageCount) => geminiEmbedBound(body, image),
} as const;

function isInPath(format: BoundFormat): format is keyof typeof IN_PATH {
  return Object.hasOwn(IN_PATH, format);
}

function embeddingsBound(body: unknown): BoundParts {
  // A token id takes two bytes at least, its digit and a comma, so the body bounds lists of ids as well.
  const input = asRecord(body)?.['input'];
  const inputs = Array.isArray(input) && typeof input[0] !== 'number' ? asArray(input).length : 1;
  // Some embedding models frame each input by two special tokens.
  return { mediaBytes: 0, addedTokens: 2 * inputs, outputTokens: 0, outputs: inputs, unbounded: [] };
}
