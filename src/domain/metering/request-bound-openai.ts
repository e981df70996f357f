import { maxAudioTokens } from './audio-tokens';
import type { BoundParts } from './bound-parts';
import { DEMO_MODEL } from './demo-answer';
import { base64OfDataUrl, type ImageCount } from './image-tokens';
import { asArray, asCount, asRecord, asText, type JsonRecord } from './json';
import type { ModelFamily } from './model-family';

/**
 * Twice the cookbook's three or four tokens a message
 * (https://cookbook.openai.com/examples/how_to_count_tokens_with_tiktoken), for templates of other vendors.
 */
const PER_MESSAGE = 8;
/** Above the cookbook's 7 to 10 tokens a function plus 12 for the list; the JSON around them is counted as well. */
const PER_TOOL = 12;
const TOOL_LIST = 64;
/** The reply's priming and what OpenAI puts around a schema. */
const OPENAI_BASE = 64;
/** Templates of other vendors open with a system prompt of their own: xAI's grok-4 takes 680 tokens, gpt-oss 70. */
const OTHER_BASE = 1_024;

/**
 * Members whose content is fetched, stored or searched for by the provider and billed as input, and OpenRouter's list
 * of models that may answer instead, each with a tokenizer and hidden prompt of its own.
 */
const SERVER_SIDE = [
  'web_search_options',
  'search_parameters',
  'plugins',
  'data_sources',
  'previous_response_id',
  'conversation',
  'prompt',
  'models',
] as const;

/** Bounds a chat completion; see `requestBound`. */
export function openAiChatBound(
  body: unknown,
  family: ModelFamily,
  model: string,
  image: ImageCount,
): BoundParts {
  const request = asRecord(body) ?? {};
  const messages = asArray(request['messages']);
  const tools = [...asArray(request['tools']), ...asArray(request['functions'])];
  const media = new MediaTally(family, image);
  for (const message of messages) media.addMessage(asRecord(message));
  for (const name of SERVER_SIDE) if (!isAbsent(request[name])) media.note(name);
  for (const tool of tools) {
    const type = asText(asRecord(tool)?.['type']) ?? 'function';
    if (type !== 'function' && type !== 'custom') media.note(`tool ${type}`);
  }
  const framing =
    PER_MESSAGE * messages.length + (tools.length > 0 ? TOOL_LIST + PER_TOOL * tools.length : 0);
  const base = family === 'openai' || model === DEMO_MODEL ? OPENAI_BASE : OTHER_BASE;
  return {
    mediaBytes: media.bytes,
    addedTokens: media.tokens + framing + base,
    ...outputBound(request),
    unbounded: media.notes,
  };
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

/** Parts whose text is in the body and nowhere else. */
const TEXT_PARTS: readonly (string | null)[] = [null, 'text', 'refusal', 'thinking'];

/**
 * The request's own bound times `n`. With both members set the larger counts: upstreams differ in which they obey.
 * Anything but a whole number is no bound.
 */
function outputBound(request: JsonRecord): { outputTokens: number | null; outputs: number } {
  const outputs = Math.max(1, asCount(request['n']) ?? 1);
  const bounds = [request['max_completion_tokens'], request['max_tokens']]
    .map(asCount)
    .filter((bound) => bound !== null);
  return { outputTokens: bounds.length === 0 ? null : Math.max(...bounds) * outputs, outputs };
}

class MediaTally {
  bytes = 0;
  tokens = 0;
  readonly notes: string[] = [];

  constructor(
    private readonly family: ModelFamily,
    private readonly image: ImageCount,
  ) {}

  note(what: string): void {
    this.notes.push(what);
  }

  addMessage(message: JsonRecord | null): void {
    for (const part of asArray(message?.['content'])) this.addPart(asRecord(part) ?? {});
    if (!isAbsent(asRecord(message?.['audio'])?.['id'])) this.note('audio of an earlier answer (audio.id)');
  }

  private addPart(part: JsonRecord): void {
    const type = asText(part['type']);
    if (TEXT_PARTS.includes(type)) return;
    if (type === 'image_url') {
      const image = asRecord(part['image_url']);
      this.addImage(asText(image?.['url']) ?? asText(part['image_url']), asText(image?.['detail']));
    } else if (type === 'input_audio') {
      this.addAudio(asText(asRecord(part['input_audio'])?.['data']));
    } else if (type === 'file') {
      this.note(isAbsent(asRecord(part['file'])?.['file_id']) ? 'inline file' : 'file id');
    } else {
      this.note(`content part ${type ?? ''}`);
    }
  }

  private addImage(url: string | null, detail: string | null): void {
    const base64 = base64OfDataUrl(url);
    this.tokens += this.image(base64, detail);
    if (base64 !== undefined) this.bytes += url?.length ?? 0;
    // OpenAI's rules bound an image wherever it is; another upstream may take more than images at an address.
    else if (this.family !== 'openai') this.note('remote image');
  }

  private addAudio(data: string | null): void {
    if (data === null) return;
    this.tokens += maxAudioTokens(data);
    this.bytes += data.length;
    // Only OpenAI's rate of tokens a second is published; another model may use more.
    if (this.family !== 'openai') this.note('audio');
  }
}
