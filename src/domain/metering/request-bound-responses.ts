import type { BoundParts } from './bound-parts';
import { DEMO_MODEL } from './demo-answer';
import { maxAudioTokens } from './audio-tokens';
import { base64OfDataUrl, type ImageCount } from './image-tokens';
import { asArray, asCount, asRecord, asText, type JsonRecord } from './json';
import type { ModelFamily } from './model-family';

/** Framing as for chat completions, which the models behind both APIs share; see `openAiChatBound`. */
const PER_ITEM = 8;
const PER_TOOL = 12;
const TOOL_LIST = 64;
const OPENAI_BASE = 64;
const OTHER_BASE = 1_024;

/** Members by which the provider adds input of its own: stored turns, stored prompts, summaries of what was cut. */
const SERVER_SIDE = ['previous_response_id', 'conversation', 'prompt', 'context_management'] as const;
/** Items whose text is in the body and nowhere else. A message may leave its type out. */
const TEXT_ITEMS = new Set<string | null>([
  ...[
    null,
    'message',
    'function_call',
    'function_call_output',
    'custom_tool_call',
    'custom_tool_call_output',
  ],
  ...['local_shell_call', 'local_shell_call_output', 'shell_call', 'shell_call_output'],
  ...[
    'apply_patch_call',
    'apply_patch_call_output',
    'mcp_approval_request',
    'mcp_approval_response',
    'mcp_call',
  ],
]);
/** Outputs of shell calls are parts without a type. */
const TEXT_PARTS = new Set<string | null>([
  null,
  'input_text',
  'output_text',
  'text',
  'refusal',
  'reasoning_text',
]);
/** Tools that are defined in the request alone; all others bring a prompt, results or both of the provider's own. */
const OWN_TOOLS = new Set(['function', 'custom']);

/** Bounds a request of the Responses API (https://platform.openai.com/docs/api-reference/responses/create). */
export function responsesBound(
  body: unknown,
  family: ModelFamily,
  model: string,
  image: ImageCount,
): BoundParts {
  const request = asRecord(body) ?? {};
  const tally: Tally = {
    bytes: 0,
    tokens: 0,
    notes: [],
    family,
    image,
  };
  const items = asArray(request['input']);
  for (const item of items) addItem(tally, asRecord(item) ?? {});
  const tools = asArray(request['tools']);
  for (const tool of tools) {
    const type = asText(asRecord(tool)?.['type']) ?? '';
    if (!OWN_TOOLS.has(type)) tally.notes.push(`tool ${type}`);
  }
  for (const name of SERVER_SIDE) if (!isAbsent(request[name])) tally.notes.push(name);
  const base = family === 'openai' || model === DEMO_MODEL ? OPENAI_BASE : OTHER_BASE;
  const framing =
    PER_ITEM * (items.length + 2) + (tools.length > 0 ? TOOL_LIST + PER_TOOL * tools.length : 0);
  return {
    mediaBytes: tally.bytes,
    addedTokens: tally.tokens + framing + base,
    // Reasoning is inside this bound.
    outputTokens: asCount(request['max_output_tokens']),
    outputs: 1,
    unbounded: tally.notes,
  };
}

interface Tally {
  bytes: number;
  tokens: number;
  readonly notes: string[];
  readonly family: ModelFamily;
  readonly image: ImageCount;
}

function addItem(tally: Tally, item: JsonRecord): void {
  const type = asText(item['type']);
  if (type === 'reasoning') {
    // Base64 of a cipher is longer than what it hides; without it the provider looks its own copy up.
    if (isAbsent(item['encrypted_content'])) tally.notes.push('stored reasoning');
  } else if (type === 'computer_call_output') addImage(tally, asRecord(item['output']) ?? {});
  else if (!TEXT_ITEMS.has(type)) tally.notes.push(`item ${type ?? ''}`);
  for (const part of [...asArray(item['content']), ...asArray(item['output'])]) {
    addPart(tally, asRecord(part) ?? {});
  }
}

function addPart(tally: Tally, part: JsonRecord): void {
  const type = asText(part['type']);
  if (TEXT_PARTS.has(type)) return;
  if (type === 'input_image') addImage(tally, part);
  else if (type === 'input_audio') addAudio(tally, asText(asRecord(part['input_audio'])?.['data']));
  else if (type === 'input_file') tally.notes.push(fileNote(part));
  else tally.notes.push(`content part ${type ?? ''}`);
}

/** A file's pages are billed as text and as pictures, and its bytes are compressed: nothing of it bounds its tokens. */
function fileNote(part: JsonRecord): string {
  if (!isAbsent(part['file_id'])) return 'file id';
  return isAbsent(part['file_url']) ? 'inline file' : 'remote file';
}

function addImage(tally: Tally, part: JsonRecord): void {
  const url = asText(part['image_url']);
  const base64 = base64OfDataUrl(url);
  tally.tokens += tally.image(base64, asText(part['detail']));
  if (base64 !== undefined) tally.bytes += url?.length ?? 0;
  else if (tally.family !== 'openai')
    tally.notes.push(isAbsent(part['file_id']) ? 'remote image' : 'file id');
}

function addAudio(tally: Tally, data: string | null): void {
  if (data === null) return;
  tally.tokens += maxAudioTokens(data);
  tally.bytes += data.length;
  // Only OpenAI's rate of tokens a second is published.
  if (tally.family !== 'openai') tally.notes.push('audio');
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}
