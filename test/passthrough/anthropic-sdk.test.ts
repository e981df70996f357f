import Anthropic, { APIUserAbortError, AuthenticationError, RateLimitError } from '@anthropic-ai/sdk';
import { startApp, type TestApp } from '../support/app';
import { countingFetch } from '../support/counting-fetch';

/** The official client, unchanged but for base URL and key, against the demo model. */
describe('the Anthropic SDK', () => {
  let app: TestApp;
  let secret: string;
  let keyId: string;
  const ask = { model: 'demo', max_tokens: 200, messages: [{ role: 'user' as const, content: 'Hello' }] };

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

  function client(apiKey = secret, fetchWith = fetch): Anthropic {
    return new Anthropic({ baseURL: app.url, apiKey, fetch: fetchWith });
  }

  it('gets an answer, and the cost through withResponse', async () => {
    const { data, response } = await client().messages.create(ask).withResponse();
    expect(data.content[0]).toMatchObject({
      type: 'text',
      text: expect.stringContaining('demo model') as string,
    });
    const expected = data.usage.input_tokens * 1e-6 + data.usage.output_tokens * 2e-6;
    expect(Number(response.headers.get('x-litellm-response-cost'))).toBeCloseTo(expected, 12);
  });

  it('streams to a final message with the usage', async () => {
    const stream = client().messages.stream(ask);
    let text = '';
    stream.on('text', (delta) => (text += delta));
    const final = await stream.finalMessage();
    expect(text).toContain('demo model');
    expect(final.usage.output_tokens).toBeGreaterThan(1);
  });

  it('gets the tool call that it requires', async () => {
    const answer = await client().messages.create({
      ...ask,
      tools: [
        { name: 'weather', input_schema: { type: 'object', properties: { city: { type: 'string' } } } },
      ],
      tool_choice: { type: 'any' },
    });
    expect(answer.content).toMatchObject([{ type: 'tool_use', name: 'weather' }]);
  });

  it('aborts a stream', async () => {
    const stream = client().messages.stream(ask);
    stream.on('text', () => {
      stream.abort();
    });
    await expect(stream.finalMessage()).rejects.toThrow(APIUserAbortError);
  });

  it('looks a model up that its key may use', async () => {
    expect(await client().models.retrieve('demo')).toMatchObject({ id: 'demo', type: 'model' });
  });

  it('lists the models that its key may use', async () => {
    const page = await client().models.list();
    expect(page.data.map((model) => model.id)).toEqual(['demo']);
  });

  it('gets an AuthenticationError for an unknown key after one request', async () => {
    const counting = countingFetch();
    const wrong = client('sk-not-a-key-of-this-server-00', counting.fetch);
    await expect(wrong.messages.create(ask)).rejects.toThrow(AuthenticationError);
    expect(counting.count()).toBe(1);
  });

  it('gets a budget refusal after exactly one request, with the limit named', async () => {
    const limit = { scope: 'KEY', scopeId: keyId, unit: 'USD', amount: '0.000001', duration: 'monthly' };
    await app.master.do('setLimit', 'SetLimitInput', limit, 'limit { id }');
    const counting = countingFetch();
    const failure = await client(secret, counting.fetch)
      .messages.create(ask)
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RateLimitError);
    expect(failure).toMatchObject({
      status: 429,
      error: { error: { code: 'budget_exceeded', details: { scope: 'KEY', scope_id: keyId } } },
    });
    expect(counting.count()).toBe(1);
  });
});
