import * as fc from 'fast-check';
import { inputTokens } from '../../../src/domain/usage/usage';
import { normaliseAnthropicUsage } from '../../../src/domain/metering/anthropic-usage';
import { familyOfModel } from '../../../src/domain/metering/model-family';
import { normaliseOpenAiUsage } from '../../../src/domain/metering/openai-usage';
import {
  requestBound,
  type BoundFormat,
  type RequestBound,
} from '../../../src/domain/metering/request-bound';
import { nfkcGrowth } from '../../../src/domain/metering/text-bytes';
import { blocksNamed, describeRecorded, exchanges, type Json } from './recorded';

const bound = (format: BoundFormat, body: object, model = 'gpt-4o'): RequestBound => {
  const text = JSON.stringify({ model, ...body });
  return requestBound(format, JSON.parse(text), Buffer.byteLength(text), familyOfModel(model));
};
const chat = (body: object, model?: string): RequestBound => bound('openai-chat', body, model);
const user = (...content: object[]): object => ({ messages: [{ role: 'user', content }] });
const claude = (body: object): RequestBound => bound('anthropic-messages', body, 'claude-sonnet-4-5');

const PNG = `data:image/png;base64,${'A'.repeat(400_000)}`;

describe('requestBound of text', () => {
  it('is never below the tokens of the text and its frame, for any text', async () => {
    const encoding = (await import('js-tiktoken')).getEncoding('o200k_base');
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 60 })), (contents) => {
        const messages = contents.map((content) => ({ role: 'user', content }));
        const tokens = contents.reduce((sum, text) => sum + encoding.encode(text, [], []).length + 4, 3);
        expect(chat({ messages }).inputTokens).toBeGreaterThanOrEqual(tokens);
      }),
    );
  });

  it('counts what a normalising tokenizer makes of a ligature: 3 bytes become 33', () => {
    expect(nfkcGrowth('\uFDFA'.repeat(100))).toBe(3000);
    const body = { messages: [{ role: 'user', content: '\uFDFA'.repeat(100) }] };
    const plain = chat(body, 'gpt-4o').inputTokens;
    expect(chat(body, 'gemini-2.5-pro').inputTokens).toBeGreaterThanOrEqual(plain + 3000);
    expect(claude(body).inputTokens).toBeGreaterThanOrEqual(3300);
  });

  it('never shrinks below the text itself when normalising would', () => {
    expect(nfkcGrowth('e\u0301'.repeat(1000))).toBe(0);
  });

  it('normalises a megabyte of combining marks without blocking', () => {
    const started = process.cpuUsage();
    nfkcGrowth('a' + '\u0301\u0323'.repeat(500_000));
    // Of the processor's time, which a busy machine does not stretch as it does the clock's. Quadratic work takes minutes.
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(5);
  });

  it('reads a body nested a hundred thousand deep', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const text = `{"messages":[{"role":"user","content":${deep}}]}`;
    expect(requestBound('openai-chat', JSON.parse(text), text.length, 'other').inputTokens).toBeGreaterThan(
      200_000,
    );
  });
});

describe('requestBound of the output', () => {
  it.each([
    [{ max_tokens: 10 }, 10, 1],
    [{ max_completion_tokens: 10, n: 3 }, 30, 3],
    [{ max_completion_tokens: 10, max_tokens: 20 }, 20, 1],
    [{}, null, 1],
    [{ max_tokens: null, n: null }, null, 1],
    [{ max_tokens: '10' }, null, 1],
    [{ max_tokens: -1 }, null, 1],
    [{ n: 2 }, null, 2],
  ])('of %j is %j for %j answers', (body, outputTokens, outputs) => {
    expect(chat({ messages: [], ...body })).toMatchObject({ outputTokens, outputs });
  });

  it('of embeddings is zero, for as many outputs as inputs', () => {
    expect(bound('openai-embeddings', { input: ['a', 'b', 'c'] })).toMatchObject({
      outputTokens: 0,
      outputs: 3,
    });
    expect(bound('openai-embeddings', { input: [1, 2, 3] })).toMatchObject({ outputTokens: 0, outputs: 1 });
  });

  it('bounds embeddings given as token ids', () => {
    expect(bound('openai-embeddings', { input: Array(1000).fill(7) }).inputTokens).toBeGreaterThanOrEqual(
      1000,
    );
  });
});

describe('requestBound of media', () => {
  it('counts an inline image by the published rule and not by its bytes', () => {
    const { inputTokens: tokens, unbounded } = chat(user({ type: 'image_url', image_url: { url: PNG } }));
    expect(tokens).toBeGreaterThanOrEqual(85 + 8 * 170);
    expect(tokens).toBeLessThan(2_000);
    expect(unbounded).toEqual([]);
  });

  it('counts the costliest rule when the model is not known', () => {
    const image = user({ type: 'image_url', image_url: { url: PNG } });
    expect(chat(image, 'gpt-4o-mini').inputTokens).toBeGreaterThanOrEqual(48_169);
    expect(chat(image, 'gpt-9').inputTokens).toBeGreaterThanOrEqual(48_169);
  });

  it('counts text that only looks like an image', () => {
    const fake = { type: 'image', source: { type: 'base64', data: 'x'.repeat(50_000) } };
    const call = { type: 'tool_use', id: 'a', name: 'f', input: { content: [fake], fake } };
    expect(
      claude({ max_tokens: 1, messages: [{ role: 'assistant', content: [call] }] }).inputTokens,
    ).toBeGreaterThan(100_000);
    expect(chat(user({ type: 'text', text: PNG, image_url: { url: PNG } })).inputTokens).toBeGreaterThan(
      800_000,
    );
  });

  it('counts a WAV by the byte rate of its header and other audio by the lowest rate', () => {
    const wav = Buffer.alloc(320_044);
    wav.write('RIFF', 0, 'latin1');
    wav.write('WAVEfmt ', 8, 'latin1');
    wav.writeUInt32LE(32_000, 28);
    const audio = (data: Buffer): number =>
      chat(user({ type: 'input_audio', input_audio: { data: data.toString('base64'), format: 'wav' } }))
        .inputTokens;
    // Ten seconds are 100 tokens; without a header the same bytes could be 320 seconds.
    expect(audio(wav)).toBeLessThan(400);
    expect(audio(Buffer.alloc(320_044))).toBeGreaterThan(3_200);
  });

  it('follows images into tool results', () => {
    const image = {
      type: 'image',
      source: { type: 'base64', data: 'A'.repeat(400_000), media_type: 'image/png' },
    };
    const result = { type: 'tool_result', tool_use_id: 'a', content: [image] };
    const { inputTokens: tokens } = claude({
      max_tokens: 1,
      messages: [{ role: 'user', content: [result] }],
    });
    expect(tokens).toBeGreaterThan(4_784);
    expect(tokens).toBeLessThan(7_000);
  });
});

describe('requestBound names what the bytes do not bound', () => {
  it.each([
    ['file id', user({ type: 'file', file: { file_id: 'file-1' } })],
    ['inline file', user({ type: 'file', file: { file_data: 'data:application/pdf;base64,AAAA' } })],
    ['content part video_url', user({ type: 'video_url', video_url: { url: 'https://example.com/a.mp4' } })],
    ['web_search_options', { messages: [], web_search_options: {} }],
    ['previous_response_id', { messages: [], previous_response_id: 'resp_1' }],
    ['search_parameters', { messages: [], search_parameters: { mode: 'on' } }],
    ['models', { messages: [], models: ['x-ai/grok-4'] }],
    ['tool web_search', { messages: [], tools: [{ type: 'web_search' }] }],
  ])('%s in a chat', (name, body) => {
    expect(chat(body).unbounded).toEqual([name]);
  });

  const block = (...content: object[]): object => ({ max_tokens: 1, messages: [{ role: 'user', content }] });
  it.each([
    ['file id', block({ type: 'container_upload', file_id: 'f' })],
    [
      'remote document',
      block({ type: 'document', source: { type: 'url', url: 'https://example.com/a.pdf' } }),
    ],
    ['inline PDF', block({ type: 'document', source: { type: 'base64', data: 'AAAA' } })],
    [
      'tool web_search_20250305',
      { ...block(), tools: [{ type: 'web_search_20250305', name: 'web_search' }] },
    ],
    ['tool computer_toolset_20260801', { ...block(), tools: [{ type: 'computer_toolset_20260801' }] }],
    ['mcp_servers', { ...block(), mcp_servers: [{ type: 'url' }] }],
    ['compaction', { ...block(), context_management: { edits: [{ type: 'compact_20260112' }] } }],
  ])('%s in a Messages request', (name, body) => {
    expect(claude(body).unbounded).toEqual([name]);
  });

  it('a remote image where no published rule bounds it', () => {
    const body = user({ type: 'image_url', image_url: { url: 'https://example.com/a.png' } });
    expect(chat(body, 'qwen-vl').unbounded).toEqual(['remote image']);
    expect(chat(body, 'gpt-4o').unbounded).toEqual([]);
    expect(chat(body, 'gpt-4o').inputTokens).toBeGreaterThanOrEqual(85 + 8 * 170);
    const claudeImage = block({ type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } });
    expect(claude(claudeImage).unbounded).toEqual([]);
    expect(claude(claudeImage).inputTokens).toBeGreaterThanOrEqual(4_784);
  });

  it('once for each time that it is there', () => {
    const pdf = { type: 'document', source: { type: 'url', url: 'https://example.com/a.pdf' } };
    const servers = [{ type: 'url' }, { type: 'url' }];
    expect(claude({ ...block(...Array<object>(20).fill(pdf)), mcp_servers: servers }).unbounded).toHaveLength(
      22,
    );
    const file = { type: 'file', file: { file_id: 'file-1' } };
    expect(chat(user(file, file, file)).unbounded).toHaveLength(3);
    const item = { type: 'message', content: [{ type: 'input_file', file_id: 'file-1' }] };
    expect(bound('openai-responses', { input: [item, item] }).unbounded).toHaveLength(2);
  });

  it('and nothing else: text, tools of the client and nulls are bounded', () => {
    expect(
      chat({
        ...user({ type: 'text', text: 'hi' }),
        tools: [{ type: 'function', function: {} }],
        plugins: null,
      }).unbounded,
    ).toEqual([]);
    expect(
      claude({ ...block({ type: 'text', text: 'a' }), tools: [{ name: 'f' }, { type: 'bash_20250124' }] })
        .unbounded,
    ).toEqual([]);
  });
});

describeRecorded('requestBound of recorded calls', () => {
  interface Call {
    readonly uri: string;
    readonly request: Json;
    readonly used: number;
  }
  const calls = exchanges().flatMap(({ file, uri, request, responses }, index): [string, Call][] => {
    const block = blocksNamed(responses, ['usage']).at(-1)?.block;
    if (!request?.['messages'] || !block) return [];
    const read = uri.includes('/messages') ? normaliseAnthropicUsage(block) : normaliseOpenAiUsage(block);
    return read ? [[`${file} #${index}`, { uri, request, used: inputTokens(read.usage) }]] : [];
  });

  it('finds calls to prove it with', () => {
    expect(calls.length).toBeGreaterThanOrEqual(20);
  });

  it.each(calls)(
    'is no lower than what the provider counted, unless it says so: %s',
    (_, { uri, request, used }) => {
      const format = uri.includes('/messages') ? 'anthropic-messages' : 'openai-chat';
      const bytes = Buffer.byteLength(JSON.stringify(request));
      const { inputTokens: most, unbounded } = requestBound(
        format,
        request,
        bytes,
        familyOfModel(String(request['model'])),
      );
      expect(most >= used || unbounded.length > 0).toBe(true);
    },
  );
});
