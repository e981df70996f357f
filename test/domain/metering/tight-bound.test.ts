import * as fc from 'fast-check';
import { normaliseAnthropicUsage } from '../../../src/domain/metering/anthropic-usage';
import { countedTexts, tightBound } from '../../../src/domain/metering/counted-texts';
import { encodingOfModel } from '../../../src/domain/metering/encoding-of-model';
import { familyOfModel } from '../../../src/domain/metering/model-family';
import { normaliseOpenAiUsage } from '../../../src/domain/metering/openai-usage';
import { wordsOf } from '../../../src/domain/metering/plain-words';
import { requestBound, type BoundFormat } from '../../../src/domain/metering/request-bound';
import { BpeCounter } from '../../../src/platform/tokenizer/bpe';
import { inputTokens } from '../../../src/domain/usage/usage';
import { blocksNamed, describeRecorded, exchanges, type Json } from './recorded';

let tokensOf: (text: string, encoding?: 'o200k_base' | 'cl100k_base') => number;
beforeAll(async () => {
  const counters = {
    o200k_base: new BpeCounter((await import('js-tiktoken/ranks/o200k_base')).default),
    cl100k_base: new BpeCounter((await import('js-tiktoken/ranks/cl100k_base')).default),
  };
  tokensOf = (text, encoding = 'o200k_base') => counters[encoding].count(text, Infinity).tokens;
}, 60_000);

interface Bounds {
  readonly loose: number;
  readonly tight: number;
  readonly unbounded: readonly string[];
}

function boundsOf(format: BoundFormat, body: object, model = 'gpt-4o', text = JSON.stringify(body)): Bounds {
  const json = JSON.parse(text) as unknown;
  const bytes = Buffer.byteLength(text);
  const { inputTokens: loose, unbounded } = requestBound(format, json, bytes, familyOfModel(model), model);
  const { encoding, approximate } = encodingOfModel(model);
  const counted = countedTexts(format, json, approximate);
  const tokens = counted.texts.reduce((sum, each) => sum + tokensOf(each, encoding), 0);
  return { loose, tight: tightBound(loose, counted, tokens, approximate), unbounded };
}

const LOREM = 'lorem ipsum dolor sit amet '.repeat(400);
const hi = [{ role: 'user', content: 'hi' }];

describe('the tight bound', () => {
  /** Each was free under a limit once, because the count did not look there. */
  it.each<[string, BoundFormat, object]>([
    [
      'descriptions of functions',
      'openai-chat',
      { messages: hi, functions: [{ name: 'f', description: LOREM }] },
    ],
    [
      'schemas of answers',
      'openai-chat',
      {
        messages: hi,
        response_format: { type: 'json_schema', json_schema: { schema: { description: LOREM } } },
      },
    ],
    [
      'custom tools',
      'openai-chat',
      { messages: hi, tools: [{ type: 'custom', custom: { description: LOREM } }] },
    ],
    [
      'definitions, titles and defaults in schemas',
      'openai-chat',
      {
        messages: hi,
        tools: [
          {
            type: 'function',
            function: { name: 'f', parameters: { $defs: { a: { title: LOREM } }, default: LOREM } },
          },
        ],
      },
    ],
    [
      'calls, refusals and reasoning in messages',
      'openai-chat',
      {
        messages: [
          {
            role: 'assistant',
            refusal: LOREM,
            reasoning_content: LOREM,
            function_call: { arguments: LOREM },
          },
        ],
      },
    ],
    ['predictions', 'openai-chat', { messages: hi, prediction: { type: 'content', content: LOREM } }],
    ['members that nobody knows', 'openai-chat', { messages: hi, novelty: { deep: [LOREM] } }],
    [
      'titles and contexts of documents, and search results',
      'anthropic-messages',
      {
        messages: [
          {
            role: 'user',
            content: [
              { type: 'document', title: LOREM, context: LOREM, source: { type: 'text', data: LOREM } },
              {
                type: 'search_result',
                source: LOREM,
                title: LOREM,
                content: [{ type: 'text', text: LOREM }],
              },
            ],
          },
        ],
      },
    ],
    [
      'text formats',
      'openai-responses',
      { input: 'hi', text: { format: { type: 'json_schema', schema: { a: LOREM } } } },
    ],
    ['suffixes', 'openai-completions', { prompt: 'hi', suffix: LOREM }],
  ])('has the tokens of %s', (_, format, body) => {
    const copies = JSON.stringify(body).split(LOREM).length - 1;
    expect(copies).toBeGreaterThan(0);
    expect(boundsOf(format, body).tight).toBeGreaterThanOrEqual(copies * tokensOf(LOREM));
    expect(boundsOf(format, body, 'claude-sonnet-4-5').tight).toBeGreaterThanOrEqual(
      copies * tokensOf(LOREM),
    );
  });

  it('is a fraction of the bytes for plain text, for known and for unknown tokenizers', () => {
    const body = { messages: [{ role: 'user', content: LOREM.repeat(10) }] };
    expect(boundsOf('openai-chat', body).tight).toBeLessThan(boundsOf('openai-chat', body).loose / 3);
    const other = boundsOf('openai-chat', body, 'mistral-large');
    expect(other.tight).toBeLessThan(other.loose / 1.5);
  });

  /** Tokens per character that Claude's published tokenizer makes of them; the newest of OpenAI's makes a sixth. */
  it.each(['ประเทศไทย', 'இந்தியா', 'ព្រះរាជា', '\uFDFA', '😀', '0123456789', '=====', 'a'.repeat(500)])(
    'does not count %s for a model whose tokenizer is not public',
    (text) => {
      const content = text.repeat(50);
      const { loose, tight } = boundsOf(
        'anthropic-messages',
        { messages: [{ role: 'user', content }] },
        'claude-opus-4-6',
      );
      const plain = boundsOf(
        'anthropic-messages',
        { messages: [{ role: 'user', content: '' }] },
        'claude-opus-4-6',
      );
      expect(tight - plain.tight).toBeGreaterThanOrEqual(Buffer.byteLength(content.normalize('NFKC')));
      expect(tight).toBeGreaterThanOrEqual(loose - 20);
    },
  );

  it('takes no more than the bytes of any text away, however it is escaped, and counts each at its tokens', () => {
    const escapes = (text: string): string =>
      JSON.stringify(text).replace(
        /[^"\\]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', maxLength: 40 })),
        fc.boolean(),
        (contents, escaped) => {
          const write = (text: string): string =>
            escaped && !/["\\]/.test(text) && !JSON.stringify(text).includes('\\')
              ? escapes(text)
              : JSON.stringify(text);
          const text = `{"messages":[${contents.map((each) => `{"content":${write(each)}}`).join(',')}]}`;
          const used = contents.reduce((sum, each) => sum + tokensOf(each) + 4, 3);
          expect(boundsOf('openai-chat', {}, 'gpt-4o', text).tight).toBeGreaterThanOrEqual(used);
          for (const model of ['gpt-4o', 'claude-sonnet-4-5']) {
            const counted = countedTexts('openai-chat', JSON.parse(text), model !== 'gpt-4o');
            expect(counted.bytes).toBeLessThanOrEqual(Buffer.byteLength(text));
          }
        },
      ),
    );
  });

  it('does not take the bytes of media away twice, wherever they stand', () => {
    const data = 'A'.repeat(100_000);
    const floor = (format: BoundFormat, body: object): void => {
      expect(boundsOf(format, body).tight).toBeGreaterThan(0);
    };
    const url = `data:image/png;base64,${data}`;
    const parts = [
      { type: 'image_url', image_url: { url, type: 'text', data } },
      { type: 'input_audio', input_audio: { data, type: 'text' } },
      { type: 'tool_use', input: { type: 'image_url', image_url: { url } } },
    ];
    floor('openai-chat', { messages: [{ content: parts }] });
    floor('openai-responses', {
      input: [{ type: 'tool_use', input: { x: url }, content: [{ type: 'input_image', image_url: url }] }],
    });
    floor('anthropic-messages', {
      messages: [
        {
          content: [
            { type: 'image', source: { type: 'base64', data } },
            { type: 'image', source: { type: 'text', data } },
          ],
        },
      ],
    });
  });

  it('looks at no more texts than can be counted in good time', () => {
    const messages = Array.from({ length: 100_000 }, () => ({ role: 'user', content: 'a' }));
    expect(countedTexts('openai-chat', { messages }, false).texts.length).toBeLessThan(30_000);
  });
});

describe('wordsOf', () => {
  it('takes short words with the space before them, and nothing else', () => {
    expect(wordsOf('Hello my world, it is 42  times fun: héllo')).toEqual([
      'Hello my world',
      ' it is',
      ' times fun',
      ' h',
      'llo',
    ]);
    expect(wordsOf('')).toEqual([]);
    expect(wordsOf(`${'x'.repeat(25)} ab`)).toEqual([' ab']);
    expect(wordsOf('a\nb')).toEqual(['a', 'b']);
  });

  it('takes no character twice, from any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'B', ' ', '1', 'é', '\n', 'abcdefghijklmnopqrstuvwxy') }),
        (text) => {
          let rest = text;
          for (const run of wordsOf(text)) {
            expect(run).toMatch(/^ ?[A-Za-z]+( [A-Za-z]+)*$/);
            const at = rest.indexOf(run);
            expect(at).toBeGreaterThanOrEqual(0);
            rest = rest.slice(at + run.length);
          }
        },
      ),
    );
  });
});

describeRecorded('the bounds of recorded calls', () => {
  interface Call {
    readonly format: BoundFormat;
    readonly request: Json;
    readonly used: number;
  }
  const formatOf = (uri: string): BoundFormat => {
    if (uri.includes('/messages')) return 'anthropic-messages';
    return uri.includes('/responses') ? 'openai-responses' : 'openai-chat';
  };
  const calls = exchanges().flatMap(({ file, uri, request, responses }, index): [string, Call][] => {
    const block = blocksNamed(responses, ['usage']).at(-1)?.block;
    if ((!request?.['messages'] && !request?.['input']) || !block) return [];
    const format = formatOf(uri);
    const read =
      format === 'anthropic-messages' ? normaliseAnthropicUsage(block) : normaliseOpenAiUsage(block);
    return read ? [[`${file} #${index}`, { format, request, used: inputTokens(read.usage) }]] : [];
  });

  it('are proved with enough of them', () => {
    expect(calls.length).toBeGreaterThanOrEqual(20);
  });

  it.each(calls)(
    'are no lower than what the provider counted, unless they say so: %s',
    (_, { format, request, used }) => {
      const { loose, tight, unbounded } = boundsOf(format, request, String(request['model']));
      if (unbounded.length > 0) return;
      expect(loose).toBeGreaterThanOrEqual(used);
      expect(tight).toBeGreaterThanOrEqual(used);
    },
  );
});
