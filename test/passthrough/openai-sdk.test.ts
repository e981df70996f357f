import OpenAI, { APIUserAbortError, AuthenticationError, RateLimitError } from 'openai';
import { startApp, type TestApp } from '../support/app';
import { countingFetch } from '../support/counting-fetch';

/** The official client, unchanged but for base URL and key, against the demo model. */
describe('the openai SDK', () => {
  let app: TestApp;
  let secret: string;
  let keyId: string;
  const messages = [{ role: 'user' as const, content: 'Hello' }];

  beforeAll(async () => {
    app = await startApp();
    const made = await app.master.createKey({ models: ['demo'] });
    secret = made.secret;
    keyId = made.key.id;
  });

  afterAll(async () => {
    await app.settled();
    expect(await app.ledgerFaults()).toEqual([]);
    await app.close();
  });

  function client(apiKey = secret, fetchWith = fetch): OpenAI {
    return new OpenAI({ baseURL: `${app.url}/v1`, apiKey, fetch: fetchWith });
  }

  it('gets an answer, and the cost through withResponse', async () => {
    const { data, response } = await client()
      .chat.completions.create({ model: 'demo', messages })
      .withResponse();
    const { prompt_tokens: input = 0, completion_tokens: output = 0 } = data.usage ?? {};
    expect(data.choices[0]?.message.content).toContain('demo model');
    expect(Number(response.headers.get('x-litellm-response-cost'))).toBeCloseTo(
      input * 1e-6 + output * 2e-6,
      12,
    );
  });

  it('streams, with the usage in the last chunk when it asks for it and without it when not', async () => {
    const usages: (number | undefined)[] = [];
    for (const include_usage of [true, false]) {
      const stream = await client().chat.completions.create({
        model: 'demo',
        messages,
        stream: true,
        ...(include_usage ? { stream_options: { include_usage } } : {}),
      });
      let text = '';
      let total: number | undefined;
      for await (const chunk of stream) {
        text += chunk.choices[0]?.delta.content ?? '';
        total = chunk.usage?.total_tokens ?? total;
      }
      expect(text).toContain('demo model');
      usages.push(total);
    }
    expect(usages[0]).toBeGreaterThan(0);
    expect(usages[1]).toBeUndefined();
  });

  it('gets the tool call that it requires', async () => {
    const answer = await client().chat.completions.create({
      model: 'demo',
      messages,
      tools: [
        {
          type: 'function',
          function: {
            name: 'weather',
            parameters: { type: 'object', properties: { city: { type: 'string' } } },
          },
        },
      ],
      tool_choice: 'required',
    });
    expect(answer.choices[0]?.message.tool_calls?.[0]).toMatchObject({
      type: 'function',
      function: { name: 'weather' },
    });
  });

  it('aborts a stream', async () => {
    const stream = await client().chat.completions.create({ model: 'demo', messages, stream: true });
    let chunks = 0;
    for await (const _chunk of stream) {
      chunks++;
      stream.controller.abort();
    }
    expect(chunks).toBeGreaterThan(0);
    const controller = new AbortController();
    controller.abort();
    await expect(
      client().chat.completions.create({ model: 'demo', messages }, { signal: controller.signal }),
    ).rejects.toThrow(APIUserAbortError);
  });

  it('embeds', async () => {
    const { data, usage } = await client().embeddings.create({ model: 'demo', input: ['a', 'b'] });
    expect(data).toHaveLength(2);
    expect(usage.total_tokens).toBeGreaterThan(0);
  });

  it('looks a model up that its key may use, and no other', async () => {
    expect(await client().models.retrieve('demo')).toMatchObject({ id: 'demo', object: 'model' });
    await expect(client().models.retrieve('openai/gpt-4o')).rejects.toMatchObject({ status: 403 });
  });

  it('lists the models that its key may use', async () => {
    const page = await client().models.list();
    expect(page.data.map((model) => model.id)).toEqual(['demo']);
  });

  it('gets an AuthenticationError for an unknown key after one request', async () => {
    const counting = countingFetch();
    const wrong = client('sk-not-a-key-of-this-server-00', counting.fetch);
    await expect(wrong.chat.completions.create({ model: 'demo', messages })).rejects.toThrow(
      AuthenticationError,
    );
    expect(counting.count()).toBe(1);
  });

  it('gets a budget refusal after exactly one request, with the limit named', async () => {
    const limit = { scope: 'KEY', scopeId: keyId, unit: 'USD', amount: '0.000001', duration: 'monthly' };
    const { limit: set } = await app.master.do<{ limit: { id: string } }>(
      'setLimit',
      'SetLimitInput',
      limit,
      'limit { id }',
    );
    const counting = countingFetch();
    const failure = await client(secret, counting.fetch)
      .chat.completions.create({ model: 'demo', messages })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RateLimitError);
    expect(failure).toMatchObject({
      status: 429,
      type: 'budget_exceeded',
      error: { details: { limit_id: set.id } },
    });
    expect(counting.count()).toBe(1);
  });
});
