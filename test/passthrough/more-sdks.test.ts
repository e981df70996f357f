import { createOpenAI } from '@ai-sdk/openai';
import { HumanMessage } from '@langchain/core/messages';
import { ChatOpenAI } from '@langchain/openai';
import { APICallError, generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai';
import { meteredYaml } from '../support/metered-app';
import { MASTER_KEY, startApp, type TestApp } from '../support/app';
import { answerChat, json, startUpstream, type Behaviour, type FakeUpstream } from '../support/upstream';
import { until } from '../support/until';

const SETTINGS = `  success_callback: ["otel"]
  extra_spend_tag_headers: ["X-Product"]
  cost_discount_config: { openai: 0.5 }
  cost_margin_config: { openai: { fixed_amount: 0.001 } }
`;
const PARAMETERS = {
  type: 'object' as const,
  properties: { city: { type: 'string' as const } },
  required: ['city'],
};

/** Asks for the weather before it answers. */
const callsTool: Behaviour = (call, response) => {
  const messages = call.body['messages'] as { role: string }[];
  if (messages.some(({ role }) => role === 'tool')) return answerChat()(call, response);
  const calls = [
    { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } },
  ];
  const message = { role: 'assistant', content: null, tool_calls: calls };
  json(response, 200, {
    ...{ id: 'chatcmpl-1', object: 'chat.completion', created: 1, model: call.body['model'] },
    choices: [{ index: 0, finish_reason: 'tool_calls', message }],
    usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
  });
};

type Span = Readonly<Record<string, unknown>> & { readonly attributes: readonly Attribute[] };
interface Attribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** Other clients of OpenAI's format, and what a collector of OpenTelemetry hears of their calls. */
describe('the server between more SDKs, their provider and a collector', () => {
  let upstream: FakeUpstream;
  let collector: FakeUpstream;
  let app: TestApp;
  let key: string;
  let keyId: string;

  const takes: Behaviour = (_call, response) => {
    json(response, 200, {});
  };

  beforeAll(async () => {
    upstream = await startUpstream();
    collector = await startUpstream(takes);
    app = await startApp({
      yaml: meteredYaml(`${upstream.url}/v1`, SETTINGS),
      environment: {
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20of-the-collector',
      },
    });
    const made = await app.master.createKey({ alias: 'of the SDKs' });
    [key, keyId] = [made.secret, made.key.id];
  });
  afterAll(async () => {
    await app.settled();
    expect(await app.ledgerFaults()).toEqual([]);
    await app.close();
    await collector.close();
    await upstream.close();
  });
  beforeEach(() => {
    upstream.behave(answerChat());
    collector.behave(takes);
    collector.calls.length = 0;
  });

  async function poorKey(): Promise<string> {
    const { secret, key: made } = await app.master.createKey();
    const input = { scope: 'KEY', scopeId: made.id, unit: 'USD', amount: '0.0000001', duration: 'monthly' };
    await app.master.do('setLimit', 'SetLimitInput', input, 'limit { id }');
    return secret;
  }

  describe('Vercel AI', () => {
    const model = (apiKey = key) => createOpenAI({ baseURL: `${app.url}/v1`, apiKey }).chat('my-gpt');

    it('gets an answer with its usage, and the cost with discount and margin in its headers', async () => {
      const { text, usage, response } = await generateText({
        model: model(),
        prompt: 'Hi',
        maxOutputTokens: 50,
      });
      expect([text, usage.inputTokens, usage.outputTokens]).toEqual(['Hello there.', 10, 5]);
      expect(response.headers).toMatchObject({
        'x-litellm-response-cost': '0.00101',
        'x-litellm-response-cost-original': '0.00002',
        'x-litellm-response-cost-discount-amount': '0.00001',
        'x-litellm-response-cost-margin-amount': '0.001',
      });
    });

    it('streams, and knows what was used at the end', async () => {
      const { textStream, usage } = streamText({ model: model(), prompt: 'Hi', maxOutputTokens: 50 });
      let text = '';
      for await (const piece of textStream) text += piece;
      expect([text, (await usage).totalTokens]).toEqual(['Hello there.', 15]);
    });

    it('has its tools called, each step a call of its own', async () => {
      upstream.behave(callsTool);
      const asked: unknown[] = [];
      const weather = tool({
        description: 'The weather.',
        inputSchema: jsonSchema<{ city: string }>(PARAMETERS),
        execute: ({ city }) => asked.push(city),
      });
      const stopWhen = stepCountIs(3);
      const { text, steps } = await generateText({
        model: model(),
        prompt: 'Oslo?',
        tools: { weather },
        stopWhen,
      });
      expect([asked, text, steps.length]).toEqual([['Oslo'], 'Hello there.', 2]);
      const costs = steps.map(({ response }) => response.headers?.['x-litellm-response-cost']);
      expect(costs).toEqual(['0.00101', '0.00101']);
    });

    it('is told of a budget by its own error', async () => {
      const asking = generateText({ model: model(await poorKey()), prompt: 'Hi', maxRetries: 0 });
      const error: unknown = await asking.catch((thrown: unknown) => thrown);
      expect(APICallError.isInstance(error) && [error.statusCode, error.responseBody]).toEqual([
        429,
        expect.stringContaining('Budget has been exceeded'),
      ]);
    });
  });

  describe('LangChain', () => {
    const told: Headers[] = [];
    const model = (apiKey = key) =>
      new ChatOpenAI({
        ...{ model: 'my-gpt', apiKey, maxTokens: 50, maxRetries: 0, useResponsesApi: false },
        configuration: {
          baseURL: `${app.url}/v1`,
          fetch: async (...args: Parameters<typeof fetch>) => {
            const response = await fetch(...args);
            told.push(response.headers);
            return response;
          },
        },
      });

    it('gets an answer with its usage, and the cost in a header', async () => {
      const answer = await model().invoke([new HumanMessage('Hi')]);
      expect(answer.content).toBe('Hello there.');
      expect(answer.usage_metadata).toMatchObject({ input_tokens: 10, output_tokens: 5, total_tokens: 15 });
      expect(told.at(-1)?.get('x-litellm-response-cost')).toBe('0.00101');
    });

    it('streams, and has its tools called', async () => {
      let text = '';
      for await (const chunk of await model().stream('Hi')) text += chunk.text;
      expect(text).toBe('Hello there.');
      upstream.behave(callsTool);
      const definition = { name: 'weather', description: 'The weather.', parameters: PARAMETERS };
      const withTools = model().bindTools([{ type: 'function', function: definition }]);
      const { tool_calls: calls } = await withTools.invoke('Oslo?');
      expect(calls).toMatchObject([{ name: 'weather', args: { city: 'Oslo' } }]);
    });

    it('is told of a budget by an error with its status', async () => {
      await expect(model(await poorKey()).invoke('Hi')).rejects.toMatchObject({
        status: 429,
        message: expect.stringContaining('Budget has been exceeded') as string,
      });
    });
  });

  describe('OpenTelemetry', () => {
    const chat = (url = app.url): Promise<Response> =>
      fetch(`${url}/v1/chat/completions`, {
        method: 'POST',
        headers: {
          ...{ authorization: `Bearer ${key}`, 'content-type': 'application/json', 'x-litellm-tags': 'eu' },
          'x-product': 'search',
          traceparent: `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`,
        },
        body: JSON.stringify({ model: 'my-gpt', messages: [{ role: 'user', content: 'the-prompt-itself' }] }),
      });
    const spans = (): Span[] =>
      collector.calls.flatMap(({ body }) =>
        (body['resourceSpans'] as { scopeSpans: { spans: Span[] }[] }[]).flatMap(({ scopeSpans }) =>
          scopeSpans.flatMap((scope) => scope.spans),
        ),
      );
    const oneSpan = (): Promise<Span> => until('a span has come', () => spans()[0]);
    const valueOf = ({ attributes }: Span, name: string): unknown =>
      Object.values(attributes.find(({ key: each }) => each === name)?.value ?? {})[0];

    it('hears of a call with its usage, its exact cost and its owners, in the trace of the client', async () => {
      const response = await chat();
      await response.text();
      const span = await oneSpan();
      expect(span).toMatchObject({
        ...{ name: 'chat my-gpt', kind: 3, traceId: 'ab'.repeat(16), parentSpanId: 'cd'.repeat(8) },
        events: [{ name: 'gen_ai.first_byte' }],
      });
      const names = ['operation.name', 'provider.name', 'request.model', 'response.model'];
      expect(names.map((name) => valueOf(span, `gen_ai.${name}`))).toEqual([
        ...['chat', 'openai', 'my-gpt', 'upstream-gpt'],
      ]);
      const counts = ['usage.input_tokens', 'usage.output_tokens', 'cost.total_cost', 'cost.margin_cost'];
      expect(counts.map((name) => valueOf(span, `gen_ai.${name}`))).toEqual([10, 5, 0.00101, 0.001]);
      expect(valueOf(span, 'spendgraph.cost')).toBe('0.00101');
      expect(valueOf(span, 'litellm.call_id')).toBe(response.headers.get('x-litellm-call-id'));
      expect(valueOf(span, 'metadata.user_api_key_id')).toBe(keyId);
      const values = ['eu', 'x-product: search'].map((stringValue) => ({ stringValue }));
      expect(valueOf(span, 'metadata.requester_tags')).toEqual({ values });
      expect(collector.calls[0]).toMatchObject({
        path: '/v1/traces',
        headers: { authorization: 'Bearer of-the-collector' },
      });
      const sent = JSON.stringify(collector.calls.map(({ text }) => text));
      for (const secret of ['the-prompt-itself', key, 'upstream-secret']) expect(sent).not.toContain(secret);
      expect(Date.now() - Number(span['endTimeUnixNano']) / 1e6).toBeLessThan(60_000);
    });

    it('hears of a failure as one', async () => {
      upstream.behave((_call, response) => {
        json(response, 400, { error: { message: 'broken' } });
      });
      await (await chat()).text();
      const span = await oneSpan();
      expect(span['status']).toEqual({ code: 2, message: 'The upstream answered 400.' });
      expect(valueOf(span, 'error.type')).toBe('400');
    });

    it('costs no call anything when it takes nothing, and what was lost is counted', async () => {
      collector.behave((_call, response) => {
        json(response, 400, {});
      });
      expect((await chat()).status).toBe(200);
      await until('the loss is counted', async () => {
        const headers = { authorization: `Bearer ${MASTER_KEY}` };
        const text = await (await fetch(`${app.url}/metrics`, { headers })).text();
        return /^spendgraph_otel_dropped_total [1-9]/m.test(text);
      });
    });

    it('has heard of every call when the server has stopped', async () => {
      const other = await app.join();
      await Promise.all([1, 2, 3].map(async () => (await chat(other.url)).text()));
      await other.stop();
      expect(spans()).toHaveLength(3);
    });
  });
});
