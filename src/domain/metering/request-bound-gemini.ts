import { maxAudioTokens } from './audio-tokens';
import type { BoundParts } from './bound-parts';
import { eitherSpelling } from './gemini-json';
import type { ImageCount } from './image-tokens';
import { asArray, asCount, asRecord, asText, type JsonRecord } from './json';

/** Above what any turn, declaration or hidden tool prompt adds beside its own text; Google publishes no figures. */
const PER_TURN = 8;
const PER_TOOL = 16;
const BASE = 1_024;
/** https://ai.google.dev/gemini-api/docs/audio: 32 tokens for each second. */
const AUDIO_TOKENS_PER_SECOND = 32;
/** Sound whose bytes bound how long it lasts; other codecs can be as slow as they like. */
const TIMED_AUDIO = /^audio\/(x-)?(wav|wave|mp3|mpeg)$/;
/** Tools whose results the model reads as input: https://ai.google.dev/gemini-api/docs/tools. */
const CLIENT_TOOLS: ReadonlySet<string> = new Set(['functionDeclarations', 'function_declarations']);

/** Bounds a request to generate content; see `requestBound`. */
export function geminiBound(body: unknown, image: ImageCount): BoundParts {
  const request = asRecord(body) ?? {};
  const media = new GeminiMedia(image);
  const contents = turnsOf(request['contents']);
  const system = asRecord(eitherSpelling(request, 'systemInstruction'));
  for (const turn of [...contents, ...(system ? [system] : [])]) media.addParts(turn);
  if (isSet(eitherSpelling(request, 'cachedContent'))) media.notes.push('cachedContent');
  const tools = asArray(request['tools']).map(asRecord);
  for (const tool of tools) {
    for (const name of Object.keys(tool ?? {})) if (!CLIENT_TOOLS.has(name)) media.notes.push(`tool ${name}`);
  }
  return {
    mediaBytes: media.bytes,
    addedTokens: media.tokens + PER_TURN * contents.length + PER_TOOL * tools.length + BASE,
    ...outputBound(request),
    unbounded: media.notes,
  };
}

/** Bounds one or several texts to embed. They have no output. */
export function geminiEmbedBound(body: unknown, image: ImageCount): BoundParts {
  const requests = asArray(asRecord(body)?.['requests']);
  const contents = requests.length > 0 ? requests : [body];
  const media = new GeminiMedia(image);
  for (const each of contents) media.addParts(asRecord(asRecord(each)?.['content']));
  return {
    mediaBytes: media.bytes,
    addedTokens: media.tokens + PER_TURN * contents.length,
    outputTokens: 0,
    outputs: contents.length,
    unbounded: media.notes,
  };
}

/** `contents` is a list of turns; a single one is taken as well. */
export function turnsOf(contents: unknown): readonly (JsonRecord | null)[] {
  return Array.isArray(contents) ? asArray(contents).map(asRecord) : [asRecord(contents)];
}

/** How many answers are asked for; anything but a whole number asks for one. */
export function candidatesOf(request: JsonRecord): number {
  const config = asRecord(eitherSpelling(request, 'generationConfig'));
  return Math.max(1, asCount(eitherSpelling(config, 'candidateCount')) ?? 1);
}

/**
 * `maxOutputTokens` bounds an answer. Whether it bounds its thoughts as well is not said for every model
 * (https://ai.google.dev/gemini-api/docs/thinking), so a budget of thoughts that the request names comes on top.
 */
function outputBound(request: JsonRecord): { outputTokens: number | null; outputs: number } {
  const config = asRecord(eitherSpelling(request, 'generationConfig'));
  const thinking = asRecord(eitherSpelling(config, 'thinkingConfig'));
  const outputs = candidatesOf(request);
  const most = asCount(eitherSpelling(config, 'maxOutputTokens'));
  const thoughts = asCount(eitherSpelling(thinking, 'thinkingBudget')) ?? 0;
  return { outputTokens: most === null ? null : (most + thoughts) * outputs, outputs };
}

class GeminiMedia {
  bytes = 0;
  tokens = 0;
  readonly notes: string[] = [];

  constructor(private readonly image: ImageCount) {}

  addParts(content: JsonRecord | null): void {
    const stack = [...turnsOf(content?.['parts'])];
    for (let part = stack.pop(); part !== undefined; part = stack.pop()) {
      if (isSet(eitherSpelling(part, 'fileData'))) this.notes.push('file id');
      this.addInline(asRecord(eitherSpelling(part, 'inlineData')));
      // What a function returned may hold media of its own.
      const returned = asRecord(eitherSpelling(part, 'functionResponse'));
      stack.push(...asArray(returned?.['parts']).map(asRecord));
    }
  }

  private addInline(inline: JsonRecord | null): void {
    const data = asText(inline?.['data']);
    const type = (asText(eitherSpelling(inline, 'mimeType')) ?? '').toLowerCase();
    // Text in base64 is longer than the text, so that its bytes bound it.
    if (data === null || type.startsWith('text/')) return;
    this.bytes += data.length;
    if (type.startsWith('image/')) this.tokens += this.image(data, null);
    else if (TIMED_AUDIO.test(type)) this.tokens += maxAudioTokens(data, AUDIO_TOKENS_PER_SECOND);
    // Neither a video's length nor a document's pages show in their bytes.
    else this.notes.push(`inline ${type}`);
  }
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}
