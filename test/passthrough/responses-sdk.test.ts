import OpenAI, { APIError, RateLimitError } from 'openai';
import { startApp, type TestApp } from '../support/app';
import { countingFetch } from '../support/counting-fetch';

interface Row {
  endpoint: string;
  status: string;
  cost: string;
  usage_source: string;
  input_tokens: number;
  output_tokens: number;
  customer_id: string | null;
}

/** The official client, unchanged but for base URL and key, against the demo model. */
describe('responses of the openai SDK', () => {
  let app: TestApp;
  let secret: string;
  let keyId: string;

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

  function client(fetchWith = fetch): OpenAI {
    return new OpenAI({ baseURL: `${app.url}/v1`, apiKey: secret, fetch: fetchWith });
  }

  async function rowOf(callId: string | null): Promise<Row | undefined> {
    await app.settled();
    const { rows } = await app.pool.query<Row>(
      `SELECT endpoint, status, trim_scale(cost)::text AS cost, usage_source, input_tokens::int,
              output_tokens::int, customer_id
         FROM spend_logs WHERE call_id = $1`,
      [callId],
    );
    return rows[0];
  }

  it('are answered, and booked at what the answer says that it used', async () => {
    const { data, response } = await client()
      .responses.create({
        model: 'demo',
        input: 'Hello',
        instructions: 'Be brief.',
        safety_identifier: 'alice',
      })
      .withResponse();
    expect(data.output_text).toContain('demo model');
    const { input_tokens = 0, output_tokens = 0 } = data.usage ?? {};
    const cost = Number(response.headers.get('x-litellm-response-cost'));
    expect(cost).toBeCloseTo(input_tokens * 1e-6 + output_tokens * 2e-6, 12);
    expect(await rowOf(response.headers.get('x-litellm-call-id'))).toMatchObject({
      endpoint: '/v1/responses',
      status: 'SUCCESS',
      usage_source: 'PROVIDER',
      input_tokens,
      output_tokens,
      customer_id: 'alice',
    });
  });

  it('stream, with the usage in the last event', async () => {
    const { data: stream, response } = await client()
      .responses.create({ model: 'demo', input: [{ role: 'user', content: 'Hello' }], stream: true })
      .withResponse();
    let text = '';
    const types: string[] = [];
    let output = 0;
    for await (const event of stream) {
      types.push(event.type);
      if (event.type === 'response.output_text.delta') text += event.delta;
      if (event.type === 'response.completed') output = event.response.usage?.output_tokens ?? 0;
    }
    expect(text).toContain('demo model');
    expect([types[0], types.at(-1)]).toEqual(['response.created', 'response.completed']);
    expect(await rowOf(response.headers.get('x-litellm-call-id'))).toMatchObject({
      usage_source: 'PROVIDER',
      output_tokens: output,
    });
    expect(output).toBeGreaterThan(0);
  });

  it('stream through the helper that puts the events together', async () => {
    const stream = client().responses.stream({ model: 'demo', input: 'Hello' });
    expect((await stream.finalResponse()).output_text).toContain('demo model');
  });

  it('have the cost as a comment before the event that ends the stream', async () => {
    const raw = await fetch(`${app.url}/responses`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}` },
      body: JSON.stringify({ model: 'demo', input: 'Hello', stream: true, max_output_tokens: 3 }),
    });
    const bytes = await raw.text();
    expect(bytes).toMatch(
      /: x-litellm-call-id call_\w+\n: x-litellm-response-cost [\d.]+\n\nevent: response\.incomplete\n.*\n\n$/,
    );
  });

  it.each([false, true])('call the tool that they must (streamed: %j)', async (stream) => {
    const body = {
      model: 'demo',
      input: 'Hello',
      tools: [
        {
          type: 'function' as const,
          name: 'weather',
          strict: null,
          parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
        },
      ],
      tool_choice: 'required' as const,
    };
    const { output } = stream
      ? await client().responses.stream(body).finalResponse()
      : await client().responses.create(body);
    expect(output[0]).toMatchObject({ type: 'function_call', name: 'weather', arguments: '{"city":"demo"}' });
  });

  it('can be aborted, and are then charged for what was delivered', async () => {
    const { data: stream, response } = await client()
      .responses.create({ model: 'demo', input: 'Hello', stream: true })
      .withResponse();
    let events = 0;
    for await (const _event of stream) if (++events === 8) stream.controller.abort();
    expect(events).toBeGreaterThan(0);
    const row = await rowOf(response.headers.get('x-litellm-call-id'));
    expect(Number(row?.cost)).toBeGreaterThan(0);
  });

  it('get a bound written into the request when they have none, and are told so', async () => {
    const answered = await client().responses.create({ model: 'demo', input: 'Hi' }).withResponse();
    expect(Number(answered.response.headers.get('x-spendgraph-max-output-tokens'))).toBe(
      answered.data.max_output_tokens,
    );
    const own = await client()
      .responses.create({ model: 'demo', input: 'Hi', max_output_tokens: 4 })
      .withResponse();
    expect(own.response.headers.has('x-spendgraph-max-output-tokens')).toBe(false);
    expect(own.data).toMatchObject({ max_output_tokens: 4, status: 'incomplete' });
  });

  it.each([
    [{ model: 'demo', input: 5 }, 'input'],
    [{ input: 'Hi' }, 'model'],
    [{ model: 'demo', input: 'Hi', background: true }, 'background'],
    [{ model: 'demo', input: 'Hi', max_output_tokens: -1 }, 'max_output_tokens'],
  ])('are refused as %j, with the member at fault', async (body, param) => {
    const failure = await client()
      .responses.create(body as never)
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(APIError);
    expect(failure).toMatchObject({ status: 400, param });
  });

  it('get a budget refusal after exactly one request, with the limit named', async () => {
    const limit = { scope: 'KEY', scopeId: keyId, unit: 'USD', amount: '0.000001', duration: 'monthly' };
    const { limit: set } = await app.master.do<{ limit: { id: string } }>(
      'setLimit',
      'SetLimitInput',
      limit,
      'limit { id }',
    );
    const counting = countingFetch();
    const failure = await client(counting.fetch)
      .responses.create({ model: 'demo', input: 'Hello', stream: true })
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
