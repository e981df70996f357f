import { anthropic } from '../../src/passthrough/providers/anthropic/anthropic';
import { openAi } from '../../src/passthrough/providers/openai/openai';
import type {
  CallRequest,
  Operation,
  RequestEdits,
  WireFormat,
} from '../../src/passthrough/providers/provider';
import { sseComment } from '../../src/passthrough/providers/wire-error';
import { outgoingTo, upstreamAt } from '../support/outgoing';

function read(format: WireFormat, operation: Operation, body: unknown): CallRequest {
  const request = format.readRequest(operation, body);
  if (!request.ok) throw new Error(request.error.message);
  return request.value;
}

function prepare(format: WireFormat, operation: Operation, text: string, edits: RequestEdits): string {
  return format.prepareRequest(read(format, operation, JSON.parse(text)), text, edits);
}

const chat = (text: string, edits: RequestEdits): string => prepare(openAi, 'chat', text, edits);
const claude = (text: string, edits: RequestEdits): string => prepare(anthropic, 'messages', text, edits);

describe('readRequest', () => {
  it('reads what the server needs to know of a chat completion', () => {
    const body = {
      model: 'gpt-4o',
      messages: [],
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 20,
      max_completion_tokens: 10,
      n: 2,
      user: 'alice',
      tags: ['a', 'b'],
      metadata: { tags: ['b', 'c', 7], job: 'x' },
      service_tier: 'flex',
    };
    expect(read(openAi, 'chat', body)).toEqual({
      operation: 'chat',
      model: 'gpt-4o',
      stream: true,
      includeUsage: true,
      outputBound: 20,
      answers: 2,
      endUser: 'alice',
      tags: ['b', 'c', 'a'],
      metadata: { job: 'x' },
      serviceTier: 'flex',
    });
  });

  it('reads what the server needs to know of a Messages request', () => {
    const body = {
      model: 'claude',
      messages: [],
      max_tokens: 9,
      metadata: { user_id: 'bob', tags: ['t'], job: 'x' },
    };
    expect(read(anthropic, 'messages', body)).toMatchObject({
      stream: false,
      outputBound: 9,
      endUser: 'bob',
      tags: ['t'],
      metadata: { job: 'x' },
    });
  });

  it.each([
    ['body', []],
    ['body', 'text'],
    ['model', { messages: [] }],
    ['model', { model: 5, messages: [] }],
    ['messages', { model: 'm', messages: 'hi' }],
    ['stream', { model: 'm', messages: [], stream: 'yes' }],
    ['max_tokens', { model: 'm', messages: [], max_tokens: 1.5 }],
  ])('names %s as the member at fault in %j', (param, body) => {
    for (const [format, operation] of [
      [openAi, 'chat'],
      [anthropic, 'messages'],
    ] as const) {
      const request = format.readRequest(operation, body);
      expect(request.ok ? null : [request.error.status, request.error.param]).toEqual([400, param]);
    }
  });

  it('asks embeddings for an input', () => {
    const request = openAi.readRequest('embeddings', { model: 'm' });
    expect(request.ok ? null : request.error.param).toBe('input');
  });
});

describe('prepareRequest', () => {
  it('changes nothing when there is nothing to change', () => {
    const text = '{ "model":"a", "messages":[ ], "seed":12345678901234567890 }';
    expect(chat(text, { model: 'a' })).toBe(text);
    expect(claude(text, {})).toBe(text);
  });

  it('rewrites the model and asks for usage, and leaves every other byte', () => {
    const text = '{"stream":true, "model":"a","messages":[],"seed":12345678901234567890}';
    expect(chat(text, { model: 'b', askForUsage: true })).toBe(
      '{"stream":true, "model":"b","messages":[],"seed":12345678901234567890,"stream_options":{"include_usage":true}}',
    );
    expect(chat(text, { askForUsage: false })).toBe(text);
  });

  it('asks for usage beside the options that the client has', () => {
    const text = '{"model":"a","messages":[],"stream":true,"stream_options":{"x":1,"include_usage":false}}';
    expect(chat(text, { askForUsage: true })).toBe(
      '{"model":"a","messages":[],"stream":true,"stream_options":{"x":1,"include_usage":true}}',
    );
  });

  it('does not ask for usage outside of streams', () => {
    expect(chat('{"model":"a","messages":[]}', { askForUsage: true })).not.toContain('stream_options');
  });

  it('writes the bound where the body has one, over both, and else where it is told to', () => {
    const bound = (members: string, edits: RequestEdits): unknown =>
      JSON.parse(chat(`{"model":"a","messages":[]${members}}`, edits));
    expect(bound(',"max_tokens":9', { outputBound: 5 })).toMatchObject({ max_tokens: 5 });
    expect(bound(',"max_tokens":9,"max_completion_tokens":7', { outputBound: 5 })).toMatchObject({
      max_tokens: 5,
      max_completion_tokens: 5,
    });
    const both = { outputBound: 5, outputBoundMember: 'max_completion_tokens' } as const;
    expect(bound('', both)).toEqual({ model: 'a', messages: [], max_completion_tokens: 5 });
    expect(bound(',"max_tokens":9', both)).toEqual({ model: 'a', messages: [], max_tokens: 5 });
    expect(bound(',"max_tokens":null', both)).toMatchObject({ max_completion_tokens: 5 });
    expect(bound('', { outputBound: 5 })).toMatchObject({ max_tokens: 5 });
    expect(JSON.parse(claude('{"model":"a","messages":[]}', { outputBound: 5 }))).toMatchObject({
      max_tokens: 5,
    });
  });

  it('keeps from the provider what was meant for this server', () => {
    const members = '"tags":["a"],"litellm_metadata":{},"metadata":{"tags":["a"],"job":"x"}';
    expect(chat(`{"model":"a","messages":[],${members}}`, {})).toBe('{"model":"a","messages":[]}');
    expect(chat(`{"model":"a","messages":[],"store":true,${members}}`, {})).toBe(
      '{"model":"a","messages":[],"store":true,"metadata":{"job":"x"}}',
    );
    expect(claude('{"model":"a","messages":[],"metadata":{"user_id":"u","tags":["a"],"job":"x"}}', {})).toBe(
      '{"model":"a","messages":[],"metadata":{"user_id":"u"}}',
    );
  });
});

describe('target', () => {
  it.each([
    ['https://api.openai.com', 'https://api.openai.com/v1/chat/completions'],
    ['https://api.openai.com/v1', 'https://api.openai.com/v1/chat/completions'],
    ['https://api.openai.com/v1/', 'https://api.openai.com/v1/chat/completions'],
    ['https://api.groq.com/openai/v1', 'https://api.groq.com/openai/v1/chat/completions'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/v1/chat/completions'],
  ])('of a chat at %s is %s', (base, url) => {
    expect(openAi.target(upstreamAt(base), { operation: 'chat', stream: false })).toBe(url);
  });

  it.each([
    ['https://api.anthropic.com', 'https://api.anthropic.com/v1/messages'],
    ['https://api.anthropic.com/v1', 'https://api.anthropic.com/v1/messages'],
    ['https://gateway.example/anthropic/', 'https://gateway.example/anthropic/v1/messages'],
  ])('of a message at %s is %s', (base, url) => {
    expect(anthropic.target(upstreamAt(base), { operation: 'messages', stream: false })).toBe(url);
  });
});

describe('upstreamHeaders', () => {
  const outgoing = outgoingTo(upstreamAt('https://upstream.example'));
  const sent: Record<string, string> = {
    authorization: 'Bearer client',
    'x-api-key': 'client',
    cookie: 'c',
    'openai-organization': 'org',
    'anthropic-version': '2024-01-01',
    'anthropic-beta': 'b',
    'openai-beta': 'o',
  };

  it("carry the upstream's credential and nothing of the client's but what the format allows", () => {
    expect(openAi.upstreamHeaders(outgoing, (name) => sent[name])).toEqual({
      authorization: 'Bearer key',
      'content-type': 'application/json',
      'accept-encoding': 'identity',
      'openai-beta': 'o',
    });
    expect(anthropic.upstreamHeaders(outgoing, (name) => sent[name])).toEqual({
      'x-api-key': 'key',
      'anthropic-version': '2024-01-01',
      'content-type': 'application/json',
      'accept-encoding': 'identity',
      'anthropic-beta': 'b',
    });
    expect(anthropic.upstreamHeaders(outgoing, () => undefined)['anthropic-version']).toBe('2023-06-01');
  });
});

describe('readResponse', () => {
  it('reads usage, model, tier, finish and text of a chat completion', () => {
    const text =
      '{"model":"m","service_tier":"flex","choices":[{"message":{"content":"Hi","tool_calls":[{"function":{"name":"f","arguments":"{}"}}]},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3,"cost":0.30000000000000001}}';
    expect(openAi.readResponse('chat', JSON.parse(text), text)).toMatchObject({
      usage: { usage: { inputText: 1, outputText: 2 }, reportedCostUsd: '0.30000000000000001' },
      delivered: { sample: 'Hif{}' },
      model: 'm',
      serviceTier: 'flex',
      finishReason: 'stop',
    });
  });

  it('reads usage, model, tier, finish and text of a message', () => {
    const body = {
      model: 'm',
      content: [
        { type: 'text', text: 'Hi' },
        { type: 'tool_use', name: 'f', input: { a: 'b' } },
      ],
      stop_reason: 'end_turn',
      usage: { input_tokens: 1, output_tokens: 2, service_tier: 'priority' },
    };
    expect(anthropic.readResponse('messages', body, JSON.stringify(body))).toMatchObject({
      usage: { usage: { inputText: 1, outputText: 2 } },
      delivered: { sample: 'Hifab' },
      model: 'm',
      serviceTier: 'priority',
      finishReason: 'end_turn',
    });
  });

  it.each([null, [], 'text', {}, { choices: 'x', content: 'x', usage: 'x' }])(
    'reads nothing from %j',
    (body) => {
      for (const format of [openAi, anthropic]) {
        expect(format.readResponse('chat', body, JSON.stringify(body))).toMatchObject({
          usage: null,
          model: null,
        });
      }
    },
  );
});

describe('errorBody', () => {
  const refusal = { status: 429, message: 'Budget has been exceeded!', type: 'budget_exceeded' };

  it('is the envelope of the format, with a code that is a string', () => {
    expect(openAi.errorBody(refusal)).toEqual({
      error: { message: refusal.message, type: 'budget_exceeded', param: null, code: '429' },
    });
    expect(anthropic.errorBody(refusal)).toEqual({
      type: 'error',
      error: { type: 'rate_limit_error', message: refusal.message, code: 'budget_exceeded' },
    });
  });

  it.each([
    [402, 'billing_error'],
    [418, 'invalid_request_error'],
    [500, 'api_error'],
    [502, 'api_error'],
  ])('of status %d has the type that the Anthropic SDK knows: %s', (status, type) => {
    expect(anthropic.errorBody({ ...refusal, status })).toMatchObject({ error: { type } });
  });
});

describe('sseComment', () => {
  it('cannot be broken out of', () => {
    expect(sseComment({ a: 'b\n\ndata: {"evil":1}' }).toString()).toBe(': a b data: {"evil":1}\n\n');
  });
});
