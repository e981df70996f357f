import { asRecord, asText, type JsonRecord } from './json';
import type { BoundFormat } from './request-bound';
import { wordsOf } from './plain-words';

/** Texts of a request that can be counted in place of their bytes. */
export interface CountedTexts {
  readonly texts: readonly string[];
  /** Bytes of the body that stand for them: no more than the client can have written them in. */
  readonly bytes: number;
  /** Tokens of the texts that are not the client's: one for each line break put between words. */
  readonly separators: number;
}

/** What lies behind these stays at its bytes: one count is not to hold up the others. */
const MOST_TEXTS = 20_000;
const MOST_CODE_UNITS = 4 * 1024 * 1024;

/** Members whose strings, alone or in a list, are rendered as they are. All others may be ciphertext, media or ids. */
const TEXTS = new Set([
  ...['content', 'text', 'name', 'role', 'arguments', 'refusal', 'reasoning_content', 'thinking'],
  ...['title', 'context', 'description', 'input', 'instructions', 'output', 'stdout', 'stderr', 'code'],
  ...['prompt', 'suffix', 'system', 'query', 'documents'],
]);
/** Outermost members that are rendered whole, names included: definitions of tools and schemas of answers. */
const TREES = new Set(['tools', 'functions', 'response_format', 'text']);
/** Blocks whose `input` is an object that the model wrote: text, whatever it looks like. */
const CALLS = new Set(['tool_use', 'server_tool_use', 'mcp_tool_use']);

/**
 * Collects the texts of a request that a tokenizer can count, so that a bound can put their tokens in place of their
 * bytes. Every value is met once. `plainWordsOnly` is for models whose tokenizer is not public: of their texts only
 * short words in ASCII letters are taken, for in those tokenizers are alike; in digits, other scripts and long runs of
 * one character they are not.
 */
export function countedTexts(format: BoundFormat, body: unknown, plainWordsOnly: boolean): CountedTexts {
  const counted = new Collector(plainWordsOnly, format === 'anthropic-messages');
  for (const [name, value] of Object.entries(asRecord(body) ?? {})) {
    counted.meet(value, TEXTS.has(name), TREES.has(name) && typeof value === 'object');
  }
  counted.finish();
  return counted;
}

/** Room for tokens that arise where a text meets what the provider puts around it. */
const SLACK_TOKENS = 16;
const SLACK_PER_CENT = 5;
/** Of the same words another vendor's tokenizer may make twice as many tokens. */
const APPROXIMATE_SLACK_PER_CENT = 100;

/**
 * A bound with the tokens of the texts in place of their bytes. What was not counted stays at its bytes, so that a text
 * in a place that nobody thought of costs more and never nothing.
 */
export function tightBound(
  byteBound: number,
  counted: CountedTexts,
  countedTokens: number,
  isApproximate: boolean,
): number {
  const tokens = Math.max(0, countedTokens - counted.separators);
  const perCent = isApproximate ? APPROXIMATE_SLACK_PER_CENT : SLACK_PER_CENT;
  return byteBound - counted.bytes + tokens + SLACK_TOKENS + Math.ceil((tokens * perCent) / 100);
}

interface Waiting {
  readonly value: object;
  /** Strings of a list are taken. */
  readonly isText: boolean;
  /** Everything inside is taken. */
  readonly isTree: boolean;
}

class Collector implements CountedTexts {
  readonly texts: string[] = [];
  bytes = 0;
  separators = 0;
  private codeUnits = 0;
  private readonly stack: Waiting[] = [];

  constructor(
    private readonly plainWordsOnly: boolean,
    private readonly hasDocuments: boolean,
  ) {}

  meet(value: unknown, isText: boolean, isTree: boolean): void {
    if (typeof value === 'string') {
      if (isText || isTree) this.take(value);
    } else if (typeof value === 'object' && value !== null) this.stack.push({ value, isText, isTree });
  }

  finish(): void {
    for (let next = this.stack.pop(); next !== undefined; next = this.stack.pop()) {
      if (this.texts.length >= MOST_TEXTS) return;
      const { value, isText, isTree } = next;
      if (Array.isArray(value)) for (const inner of value as unknown[]) this.meet(inner, isText, isTree);
      else if (isTree) this.meetTree(value);
      else this.meetMembers(value as JsonRecord);
    }
  }

  private meetTree(value: object): void {
    for (const [name, inner] of Object.entries(value)) {
      this.take(name);
      this.meet(inner, true, true);
    }
  }

  private meetMembers(record: JsonRecord): void {
    const type = asText(record['type']);
    for (const [name, inner] of Object.entries(record)) {
      const isCall = name === 'input' && type !== null && CALLS.has(type) && typeof inner === 'object';
      // The data of a document of type "text" is its text. Elsewhere data is media, which is bounded in another way.
      const isDocument = this.hasDocuments && name === 'data' && type === 'text';
      this.meet(inner, TEXTS.has(name) || isDocument, isCall);
    }
  }

  private take(text: string): void {
    if (text === '' || this.codeUnits + text.length > MOST_CODE_UNITS) return;
    this.codeUnits += text.length;
    if (!this.plainWordsOnly) {
      this.texts.push(text);
      // Without its quotes. No JSON text of the same string is shorter.
      this.bytes += Buffer.byteLength(JSON.stringify(text), 'utf8') - 2;
      return;
    }
    const words = wordsOf(text);
    if (words.length === 0) return;
    const joined = words.join('\n');
    this.texts.push(joined);
    this.bytes += joined.length - (words.length - 1);
    this.separators += words.length - 1;
  }
}
