import { maxAudioTokens } from './audio-tokens';
import { bedrockPlan } from './bedrock-framing';
import { encodingOfModel, type Encoding } from './encoding-of-model';
import { geminiPlan } from './gemini-framing';
import { imageSizeOfBase64 } from './image-size';
import { imageTokens } from './image-tokens';
import { asArray, asRecord, asText, type JsonRecord } from './json';
import { familyOfModel, type ModelFamily } from './model-family';
import type { BoundFormat } from './request-bound';
import { responsesInput } from './responses-framing';
import { toolPlan } from './tool-framing';
import { walkStrings } from './walk';

/** What to count to know a request's input tightly: `framing` plus the tokens of each text on its own. */
export interface TokenPlan {
  readonly texts: readonly string[];
  /** Tokens of message frames, tool frames and media, by published rules. */
  readonly framing: number;
  readonly encoding: Encoding;
  /** The model's tokenizer or framing is not published, so the count is near and not exact. */
  readonly approximate: boolean;
}

/** Each message and the reply's priming: https://cookbook.openai.com/examples/how_to_count_tokens_with_tiktoken. */
const PER_MESSAGE = 3;
const PER_NAME = 1;
const REPLY = 3;
/** The middle of Anthropic's published counts for its hidden tool prompt (346 on most Claude 4 models). */
const CLAUDE_TOOL_PROMPT = 346;

/** Plans the tight count of a request, which is made only when the loose bound does not fit a limit. */
export function tokenPlan(format: BoundFormat, body: unknown, model: string): TokenPlan {
  const request = asRecord(body) ?? {};
  const { encoding, approximate } = encodingOfModel(model);
  if (format === 'openai-embeddings') return { ...textPlan(request['input']), encoding, approximate };
  if (format === 'openai-completions') return { ...textPlan(request['prompt']), encoding, approximate };
  if (format === 'gemini-generate' || format === 'gemini-embed')
    return { ...geminiPlan(request, model), encoding, approximate };
  if (format === 'bedrock-converse' || format === 'bedrock-invoke')
    return { ...bedrockPlan(format, request), encoding, approximate };
  const plain = plainTexts(format, request);
  if (plain) return { texts: plain, framing: REPLY, encoding, approximate };
  const parts = format === 'openai-responses' ? responsesInput(request, model) : messageParts(request, model);
  const tools = toolPlan(asArray(request['tools']), encoding);
  const hidden = format === 'anthropic-messages' && tools.texts.length > 0 ? CLAUDE_TOOL_PROMPT : 0;
  const texts = [...parts.texts, ...tools.texts];
  return { texts, framing: parts.framing + tools.framing + REPLY + hidden, encoding, approximate };
}

/** The texts of requests that are no conversation. */
function plainTexts(format: BoundFormat, request: JsonRecord): string[] | null {
  switch (format) {
    case 'openai-images':
    case 'openai-transcription':
      return stringsOf([request['prompt']]);
    case 'openai-speech':
      return stringsOf([request['input'], request['instructions']]);
    case 'rerank':
      return stringsOf([request['query'], request['documents']]);
    default:
      return null;
  }
}

function stringsOf(value: unknown): string[] {
  const found: string[] = [];
  walkStrings(value, (text) => found.push(text));
  return found;
}

function messageParts(request: JsonRecord, model: string): Parts {
  const parts = new Parts(familyOfModel(model), model);
  for (const message of asArray(request['messages'])) parts.addMessage(asRecord(message));
  // Anthropic's system prompt stands beside the messages.
  parts.addContent(request['system']);
  return parts;
}

/** Texts and lists of token ids, which nothing frames. */
function textPlan(input: unknown): { texts: string[]; framing: number } {
  const texts: string[] = [];
  let framing = 0;
  for (const item of Array.isArray(input) ? asArray(input) : [input]) {
    if (typeof item === 'string') texts.push(item);
    // An input given as token ids, or one id of such an input.
    else framing += Array.isArray(item) ? item.length : 1;
  }
  return { texts, framing };
}

class Parts {
  readonly texts: string[] = [];
  framing = 0;

  constructor(
    private readonly family: ModelFamily,
    private readonly model: string,
  ) {}

  addMessage(message: JsonRecord | null): void {
    this.framing += PER_MESSAGE;
    this.addText(message?.['role']);
    if (asText(message?.['name']) !== null) this.framing += PER_NAME;
    this.addText(message?.['name']);
    this.addContent(message?.['content']);
    for (const call of asArray(message?.['tool_calls'])) {
      const called = asRecord(asRecord(call)?.['function']);
      this.framing += PER_MESSAGE;
      this.addText(called?.['name']);
      this.addText(called?.['arguments']);
    }
  }

  addContent(content: unknown): void {
    this.addText(content);
    const stack = [...asArray(content)].reverse();
    while (stack.length > 0) {
      const part = asRecord(stack.pop());
      if (!part) continue;
      this.addPart(part);
      if (typeof part['content'] === 'string') this.addText(part['content']);
      else for (const inner of asArray(part['content'])) stack.push(inner);
    }
  }

  private addPart(part: JsonRecord): void {
    switch (part['type']) {
      case 'image_url': {
        const image = asRecord(part['image_url']);
        this.addImage(
          /^data:[^,]*;base64,(.*)$/s.exec(asText(image?.['url']) ?? '')?.[1],
          asText(image?.['detail']),
        );
        return;
      }
      case 'image':
        this.addImage(asText(asRecord(part['source'])?.['data']) ?? undefined, null);
        return;
      case 'input_audio':
        this.framing += maxAudioTokens(asText(asRecord(part['input_audio'])?.['data']) ?? '');
        return;
      case 'tool_use':
        this.addText(part['name']);
        this.addText(safeJson(part['input']));
        return;
      default:
        this.addText(part['text']);
        this.addText(part['thinking']);
        this.addText(asRecord(part['source'])?.['data']);
    }
  }

  private addImage(base64: string | undefined, detail: string | null): void {
    const size = base64 === undefined ? null : imageSizeOfBase64(base64);
    this.framing += imageTokens(this.family, this.model, size, detail);
  }

  private addText(value: unknown): void {
    if (typeof value === 'string' && value !== '') this.texts.push(value);
  }
}

/** JSON text; empty when the value is nested deeper than the stack allows, where the loose bound still holds. */
function safeJson(value: unknown): string {
  try {
    return value === undefined ? '' : JSON.stringify(value);
  } catch {
    return '';
  }
}
