import type { BoundParts } from './bound-parts';
import type { ImageCount } from './image-tokens';
import { asArray, asCount, asRecord, asText, type JsonRecord } from './json';

const PER_MESSAGE = 8;
/** Priming, and what thinking, effort and structured outputs add to the system prompt. */
const BASE = 512;
/**
 * The hidden prompt that comes with any tool: 159 to 530 tokens by model and tool choice in the published table
 * (https://platform.claude.com/docs/en/agents-and-tools/tool-use/overview#pricing), rounded up for models to come.
 */
const TOOL_PROMPT = 1_024;
const PER_TOOL = 16;
/**
 * Tools that run at the client but whose definition is Anthropic's: bash 245 tokens, text editor 700, computer use
 * 735 plus 499 of system prompt (same page), rounded up.
 */
const CLIENT_TOOL = /^(bash|text_editor|computer|memory)_\d{8}$/;
const CLIENT_TOOL_TOKENS = 2_048;
/**
 * With citations a text document is cut into sentences, each numbered. A sentence may be two bytes long, so the
 * numbers can take several times the text.
 */
const CITATION_TOKENS_PER_BYTE = 8;

/** Bounds a Messages request; see `requestBound`. `max_tokens` includes thinking, and the API requires it. */
export function anthropicMessagesBound(body: unknown, image: ImageCount): BoundParts {
  const request = asRecord(body) ?? {};
  const tally: Tally = { bytes: 0, tokens: 0, notes: [], image };
  const messages = asArray(request['messages']);
  addBlocks(tally, [
    ...asArray(request['system']),
    ...messages.flatMap((message) => asArray(asRecord(message)?.['content'])),
  ]);
  addTools(tally, asArray(request['tools']));
  addServerSide(tally, request);
  return {
    mediaBytes: tally.bytes,
    addedTokens: tally.tokens + PER_MESSAGE * messages.length + BASE,
    outputTokens: asCount(request['max_tokens']),
    outputs: 1,
    unbounded: tally.notes,
  };
}

interface Tally {
  bytes: number;
  tokens: number;
  readonly notes: string[];
  readonly image: ImageCount;
}

/**
 * Blocks in blocks (tool results, documents made of content) are followed; the input of a tool call is not, because
 * it is text whatever it looks like. Ciphertext (signatures, redacted thinking, search results) counts by its bytes:
 * base64 of a cipher is longer than what it hides.
 */
function addBlocks(tally: Tally, blocks: readonly unknown[]): void {
  const stack = [...blocks];
  while (stack.length > 0) {
    const block = asRecord(stack.pop());
    if (!block) continue;
    const type = asText(block['type']);
    if (type === 'image') addImage(tally, asRecord(block['source']));
    else if (type === 'document') stack.push(...addDocument(tally, block));
    else if (type === 'container_upload') tally.notes.push('file id');
    if (type !== 'tool_use' && type !== 'server_tool_use' && type !== 'mcp_tool_use') {
      for (const inner of asArray(block['content'])) stack.push(inner);
    }
  }
}

/** Wherever an image is, it takes no more tokens than the largest. */
function addImage(tally: Tally, source: JsonRecord | null): void {
  const data = source?.['type'] === 'base64' ? asText(source['data']) : null;
  tally.tokens += tally.image(data ?? undefined, null);
  if (data !== null) tally.bytes += data.length;
}

/** Answers the blocks that the document is made of. A PDF is compressed, so its bytes do not bound its text. */
function addDocument(tally: Tally, block: JsonRecord): readonly unknown[] {
  const source = asRecord(block['source']);
  const text = asText(source?.['data']) ?? asText(source?.['content']) ?? '';
  if (asRecord(block['citations'])?.['enabled'] === true) {
    tally.tokens += CITATION_TOKENS_PER_BYTE * Buffer.byteLength(text, 'utf8');
  }
  switch (source?.['type']) {
    case 'base64':
      tally.notes.push('inline PDF');
      break;
    case 'url':
      tally.notes.push('remote document');
      break;
    case 'file':
      tally.notes.push('file id');
      break;
    default:
  }
  return asArray(source?.['content']);
}

function addTools(tally: Tally, tools: readonly unknown[]): void {
  if (tools.length > 0) tally.tokens += TOOL_PROMPT + PER_TOOL * tools.length;
  for (const tool of tools) {
    const type = asText(asRecord(tool)?.['type']);
    if (type === null || type === 'custom') continue;
    if (CLIENT_TOOL.test(type)) tally.tokens += CLIENT_TOOL_TOKENS;
    else tally.notes.push(`tool ${type}`);
  }
}

/** Members by which the server fetches, keeps or repeats input on its own. */
function addServerSide(tally: Tally, request: JsonRecord): void {
  tally.notes.push(...asArray(request['mcp_servers']).map(() => 'mcp_servers'));
  if (request['container'] !== undefined && request['container'] !== null) tally.notes.push('container');
  if (asArray(request['fallbacks']).length > 0) tally.notes.push('fallbacks');
  for (const edit of asArray(asRecord(request['context_management'])?.['edits'])) {
    const type = asText(asRecord(edit)?.['type']) ?? '';
    if (type.startsWith('compact')) tally.notes.push('compaction');
  }
}
