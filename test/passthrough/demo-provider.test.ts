import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { demoAnswer, demoInputTokens, demoTokens } from '../../src/domain/metering/demo-answer';
import { familyOfModel } from '../../src/domain/metering/model-family';
import { requestBound } from '../../src/domain/metering/request-bound';
import { startDemoProvider, type DemoProvider } from '../../src/passthrough/demo/demo-provider';

let demo: DemoProvider;
let openai: OpenAI;
let claude: Anthropic;
beforeAll(async () => {
  demo = await startDemoProvider({ now: () => 1_800_000_000_000 });
  openai = new OpenAI({ apiKey: 'any', baseURL: `${demo.url}/v1`, maxRetries: 0 });
  claude = new Anthropic({ apiKey: 'any', baseURL: demo.url, maxRetries: 0 });
});
afterAll(() => demo.close());

const messages = [{ role: 'user' as const, content: 'How are you today?' }];
const answer = demoAnswer('How are you today?');
const usage = {
  prompt_tokens: demoInputTokens(['How are you today?']),
  completion_tokens: demoTokens(answer).length,
  total_tokens: demoInputTokens(['How are you today?']) + demoTokens(answer).length,
};

const weather = {
  type: 'object' as const,
  properties: { city: { type: 'string' }, unit: { enum: ['C', 'F'] }, days: { type: 'integer' } },
  required: ['city', 'unit', 'days'],
};

describe('the demo provider, called with the OpenAI SDK', () => {
  it('answers the same each time and counts words', async () => {
    const first = await openai.chat.completions.create({ model: 'demo', messages });
    expect(first.choices[0]?.message.content).toBe(answer);
    expect(first.choices[0]?.finish_reason).toBe('stop');
    expect(first.usage).toMatchObject(usage);
    expect(await openai.chat.completions.create({ model: 'demo', messages })).toEqual(first);
  });

  it('streams the same answer, with usage when it is asked for and without when not', async () => {
    for (const include of [true, false]) {
      const stream = await openai.chat.completions.create({
        model: 'demo',
        messages,
        stream: true,
        stream_options: { include_usage: include },
      });
      let text = '';
      const usages: unknown[] = [];
      for await (const chunk of stream) {
        text += chunk.choices[0]?.delta.content ?? '';
        if (chunk.usage) usages.push(chunk.usage);
      }
      expect(text).toBe(answer);
      expect(usages).toEqual(include ? [expect.objectContaining(usage)] : []);
    }
  });

  it.each(['max_tokens', 'max_completion_tokens'])('stops at %s', async (bound) => {
    const cut = await openai.chat.completions.create({ model: 'demo', messages, [bound]: 4 });
    expect(cut.choices[0]).toMatchObject({
      message: { content: 'This is the demo' },
      finish_reason: 'length',
    });
    expect(cut.usage?.completion_tokens).toBe(4);
  });

  it('gives as many answers as are asked for, and counts each', async () => {
    const many = await openai.chat.completions.create({
      model: 'demo',
      messages,
      n: 3,
      max_completion_tokens: 5,
    });
    expect([many.choices.length, many.usage?.completion_tokens]).toEqual([3, 15]);
  });

  it('calls a tool when it must, with arguments that fit, and leaves offered tools alone', async () => {
    const tools = [{ type: 'function' as const, function: { name: 'weather', parameters: weather } }];
    const forced = await openai.chat.completions.create({
      model: 'demo',
      messages,
      tools,
      tool_choice: 'required',
    });
    const [call] = forced.choices[0]?.message.tool_calls ?? [];
    expect(forced.choices[0]?.finish_reason).toBe('tool_calls');
    expect(call?.type === 'function' && JSON.parse(call.function.arguments)).toEqual({
      city: 'demo',
      unit: 'C',
      days: 1,
    });
    const offered = await openai.chat.completions.create({ model: 'demo', messages, tools });
    expect(offered.choices[0]?.message.content).toBe(answer);
  });

  it('streams a tool call that the SDK puts together', async () => {
    const stream = openai.chat.completions.stream({
      model: 'demo',
      messages,
      tools: [{ type: 'function', function: { name: 'weather', parameters: weather } }],
      tool_choice: { type: 'function', function: { name: 'weather' } },
    });
    const { choices } = await stream.finalChatCompletion();
    const [call] = choices[0]?.message.tool_calls ?? [];
    expect(call?.type === 'function' && call.function).toMatchObject({ name: 'weather' });
  });

  it('answers in JSON that fits a schema', async () => {
    const json = await openai.chat.completions.create({
      model: 'demo',
      messages,
      response_format: { type: 'json_schema', json_schema: { name: 'weather', schema: weather } },
    });
    expect(JSON.parse(json.choices[0]?.message.content ?? '')).toEqual({ city: 'demo', unit: 'C', days: 1 });
  });

  it('embeds the same text as the same vector of length one, in both encodings', async () => {
    const input = ['one two', 'three', 'one two'];
    const { data, usage: used } = await openai.embeddings.create({ model: 'demo', input, dimensions: 8 });
    const floats = await openai.embeddings.create({
      model: 'demo',
      input,
      dimensions: 8,
      encoding_format: 'float',
    });
    const [first = [], second = [], third] = data.map((each) => each.embedding);
    expect(first).toHaveLength(8);
    expect(third).toEqual(first);
    expect(second).not.toEqual(first);
    expect(Math.hypot(...first)).toBeCloseTo(1);
    first.forEach((value, index) => expect(value).toBeCloseTo(floats.data[0]?.embedding[index] ?? NaN));
    expect(used).toEqual({ prompt_tokens: 5, total_tokens: 5 });
  });

  it('lists its model', async () => {
    expect((await openai.models.list()).data.map((model) => model.id)).toEqual(['demo']);
  });

  it.each([
    [{ model: 'gpt-4o', messages }, 404, 'model_not_found', 'model'],
    [{ model: 'demo', messages, max_tokens: -1 }, 400, 'invalid_value', 'max_tokens'],
    [{ model: 'demo', messages, n: 129 }, 400, 'invalid_value', 'n'],
    [{ model: 'demo' }, 400, 'invalid_value', 'messages'],
  ])('refuses %j with an error that the SDK understands', async (body, status, code, param) => {
    await expect(openai.chat.completions.create(body as never)).rejects.toMatchObject({
      status,
      code,
      param,
    });
  });
});

describe('the demo provider, called with the Anthropic SDK', () => {
  const ask = { model: 'demo', max_tokens: 500, messages };

  it('answers and counts words', async () => {
    const message = await claude.messages.create(ask);
    expect(message).toMatchObject({
      content: [{ type: 'text', text: answer }],
      stop_reason: 'end_turn',
      usage: { input_tokens: usage.prompt_tokens, output_tokens: usage.completion_tokens },
    });
  });

  it('streams what it answers whole', async () => {
    const streamed = await claude.messages.stream(ask).finalMessage();
    expect(streamed).toMatchObject({
      content: [{ type: 'text', text: answer }],
      stop_reason: 'end_turn',
      usage: { input_tokens: usage.prompt_tokens, output_tokens: usage.completion_tokens },
    });
  });

  it('stops at max_tokens', async () => {
    const cut = await claude.messages.create({ ...ask, max_tokens: 2 });
    expect(cut).toMatchObject({
      content: [{ text: 'This is' }],
      stop_reason: 'max_tokens',
      usage: { output_tokens: 2 },
    });
  });

  it.each([false, true])('calls a tool when it must (streamed: %j)', async (streamed) => {
    const body = {
      ...ask,
      tools: [{ name: 'weather', input_schema: weather }],
      tool_choice: { type: 'tool' as const, name: 'weather' },
    };
    const message = streamed
      ? await claude.messages.stream(body).finalMessage()
      : await claude.messages.create(body);
    expect(message).toMatchObject({
      content: [{ type: 'tool_use', name: 'weather', input: { city: 'demo', unit: 'C', days: 1 } }],
      stop_reason: 'tool_use',
    });
  });

  it('refuses a request without max_tokens and an unknown model', async () => {
    await expect(claude.messages.create({ model: 'demo', messages } as never)).rejects.toMatchObject({
      status: 400,
      error: { type: 'error', error: { type: 'invalid_request_error', param: 'max_tokens' } },
    });
    await expect(claude.messages.create({ ...ask, model: 'other' })).rejects.toMatchObject({ status: 404 });
  });
});

describe('the demo provider', () => {
  it('never counts more input than the bound that is reserved for it', () => {
    const body = {
      model: 'demo',
      messages: Array.from({ length: 50 }, () => ({ role: 'user', content: 'a b c' })),
    };
    const { inputTokens } = requestBound(
      'openai-chat',
      body,
      JSON.stringify(body).length,
      familyOfModel('demo'),
    );
    expect(inputTokens).toBeGreaterThanOrEqual(
      demoInputTokens(body.messages.map((message) => message.content)),
    );
  });

  it('answers broken JSON, unknown paths and other methods in an envelope', async () => {
    const broken = await fetch(`${demo.url}/v1/chat/completions`, { method: 'POST', body: '{"model":' });
    expect([broken.status, await broken.json()]).toEqual([
      400,
      { error: expect.objectContaining({ type: 'invalid_request_error', param: 'body' }) as unknown },
    ]);
    expect((await fetch(`${demo.url}/v1/nothing`, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${demo.url}/v1/chat/completions`)).status).toBe(404);
  });

  it('closes although a client keeps its connection open', async () => {
    const other = await startDemoProvider();
    await (await fetch(`${other.url}/v1/models`)).json();
    await other.close();
    await expect(fetch(`${other.url}/v1/models`)).rejects.toThrow();
  });
});
