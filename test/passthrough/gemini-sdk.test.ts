import { startApp, type TestApp } from '../support/app';
import { ApiError, GoogleGenAI, type GoogleGenAIClient } from '../support/google-genai';
import { json, startUpstream, type Behaviour, type FakeUpstream } from '../support/upstream';

const MODEL = 'gemini-2.5-flash';

function yaml(url: string): string {
  return `
model_list:
  - model_name: ${MODEL}
    litellm_params:
      model: gemini/gemini-2.5-flash-001
      api_base: ${url}/v1beta/openai
      api_key: upstream-secret
      input_cost_per_token: 1e-6
      output_cost_per_token: 0.000002
      cache_read_input_token_cost: 5e-7
      output_cost_per_reasoning_token: 0.000003
  - model_name: sample-gpt
    litellm_params: {model: openai/upstream-gpt, api_base: "${url}/v1", input_cost_per_token: 1e-6, output_cost_per_token: 1e-6}
`;
}

const usageMetadata = {
  promptTokenCount: 100,
  cachedContentTokenCount: 40,
  candidatesTokenCount: 10,
  thoughtsTokenCount: 20,
  totalTokenCount: 130,
};
/** 60 new, 40 cached, 10 written, 20 thought. */
const COST = '0.00016';

function chunk(text: string, more: object = {}, candidate: object = {}): object {
  return {
    candidates: [{ index: 0, content: { role: 'model', parts: [{ text }] }, ...candidate }],
    modelVersion: 'gemini-2.5-flash-001',
    ...more,
  };
}
const CHUNKS = [chunk('Hello'), chunk(' there.', { usageMetadata }, { finishReason: 'STOP' })];

const answer: Behaviour = ({ path }, response) => {
  if (!path.includes(':stream')) {
    json(response, 200, chunk('Hello there.', { usageMetadata }, { finishReason: 'STOP' }));
  } else if (path.includes('alt=sse')) {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const each of CHUNKS) response.write(`data: ${JSON.stringify(each)}\r\n\r\n`);
    response.end();
  } else {
    response.writeHead(200, { 'content-type': 'application/json; charset=UTF-8' });
    response.end(arrayOf(CHUNKS));
  }
};

function arrayOf(chunks: readonly object[]): string {
  return `[${chunks.map((each) => JSON.stringify(each, null, 2)).join('\n,\r\n')}\n]\n`;
}

/** Google's own client, unchanged but for base URL and key. */
describe('the @google/genai SDK', () => {
  let app: TestApp;
  let upstream: FakeUpstream;
  let secret: string;
  let keyId: string;

  beforeAll(async () => {
    upstream = await startUpstream(answer);
    app = await startApp({ yaml: yaml(upstream.url) });
    const made = await app.master.createKey();
    secret = made.secret;
    keyId = made.key.id;
  });
  afterAll(async () => {
    await app.settled();
    expect(await app.ledgerFaults()).toEqual([]);
    await app.close();
    await upstream.close();
  });
  beforeEach(() => {
    upstream.calls.length = 0;
    upstream.behave(answer);
  });

  function client(apiKey = secret): GoogleGenAIClient {
    return new GoogleGenAI({ apiKey, httpOptions: { baseUrl: app.url } });
  }

  function post(method: string, body: unknown, search = `?key=${secret}`): Promise<Response> {
    return fetch(`${app.url}/v1beta/models/${MODEL}:${method}${search}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  async function lastRow(): Promise<Record<string, unknown> | undefined> {
    await app.settled();
    const { rows } = await app.pool.query<Record<string, unknown>>(
      `SELECT endpoint, provider, model, served_model, stream, status, usage_source, trim_scale(cost)::text AS cost,
              input_tokens::int, output_tokens::int FROM spend_logs ORDER BY seq DESC LIMIT 1`,
    );
    return rows[0];
  }

  it('gets an answer, booked with its cache and its thoughts, the credential exchanged', async () => {
    const response = await client().models.generateContent({ model: MODEL, contents: 'Hi' });
    expect(response.text).toBe('Hello there.');
    expect(response.sdkHttpResponse?.headers).toMatchObject({ 'x-litellm-response-cost': COST });
    expect(await lastRow()).toEqual({
      endpoint: '/v1beta/models/{model}:generateContent',
      provider: 'gemini',
      model: MODEL,
      served_model: 'gemini-2.5-flash-001',
      stream: false,
      status: 'SUCCESS',
      usage_source: 'PROVIDER',
      cost: COST,
      input_tokens: 100,
      output_tokens: 30,
    });
    const [call] = upstream.calls;
    expect(call?.path).toBe('/v1beta/models/gemini-2.5-flash-001:generateContent');
    expect(call?.headers['x-goog-api-key']).toBe('upstream-secret');
    expect(JSON.stringify(call)).not.toContain(secret);
    // The client named no bound, so that one was written into the request.
    expect(call?.body).toMatchObject({ generationConfig: { maxOutputTokens: 16_384 } });
  });

  it('gets a stream, its cost in a comment that the SDK overlooks', async () => {
    let text = '';
    const config = { maxOutputTokens: 50 };
    for await (const each of await client().models.generateContentStream({
      model: MODEL,
      contents: 'Hi',
      config,
    })) {
      text += each.text ?? '';
    }
    expect(text).toBe('Hello there.');
    expect(await lastRow()).toMatchObject({ stream: true, status: 'SUCCESS', cost: COST });
    const raw = await (
      await post(
        'streamGenerateContent',
        { contents: [{ parts: [{ text: 'Hi' }] }] },
        `?alt=sse&key=${secret}`,
      )
    ).text();
    expect(raw).toContain(`: x-litellm-response-cost ${COST}`);
    expect(upstream.calls.at(-1)?.path).toBe(
      '/v1beta/models/gemini-2.5-flash-001:streamGenerateContent?alt=sse',
    );
  });

  it('is not the only one: a stream as an array passes unchanged, byte for byte', async () => {
    const response = await post('streamGenerateContent', { contents: [{ parts: [{ text: 'Hi' }] }] });
    expect(await response.text()).toBe(arrayOf(CHUNKS));
    expect(await lastRow()).toMatchObject({
      stream: true,
      status: 'SUCCESS',
      usage_source: 'PROVIDER',
      cost: COST,
    });
    expect(upstream.calls[0]?.path).toBe('/v1beta/models/gemini-2.5-flash-001:streamGenerateContent');
  });

  it.each(['?alt=sse&', '?'])(
    'is told of a stream that was cut (%s), which is booked by estimate',
    async (search) => {
      upstream.behave((_call, response) => {
        const isSse = search.includes('sse');
        response.writeHead(200, { 'content-type': isSse ? 'text/event-stream' : 'application/json' });
        const [first] = CHUNKS;
        response.write(isSse ? `data: ${JSON.stringify(first)}\n\n` : `[${JSON.stringify(first)}`);
        setImmediate(() => response.destroy());
      });
      const response = await post(
        'streamGenerateContent',
        { contents: [{ parts: [{ text: 'Hi' }] }] },
        `${search}key=${secret}`,
      );
      const text = await response.text();
      expect(text).toContain('"status":"UNAVAILABLE"');
      if (!search.includes('sse')) {
        expect(JSON.parse(text)).toEqual([CHUNKS[0], { error: expect.objectContaining({ code: 502 }) }]);
      }
      const row = await lastRow();
      expect(row).toMatchObject({ status: 'FAILURE', usage_source: 'ESTIMATED' });
      expect(Number(row?.['cost'])).toBeGreaterThan(0);
    },
  );

  it('embeds, counted here where the answer does not tell', async () => {
    upstream.behave((_call, response) => json(response, 200, { embeddings: [{ values: [0.1] }] }));
    const { embeddings } = await client().models.embedContent({ model: MODEL, contents: 'Hello world' });
    expect(embeddings?.[0]?.values).toEqual([0.1]);
    const row = await lastRow();
    expect(row).toMatchObject({ usage_source: 'ESTIMATED', output_tokens: 0 });
    expect(row?.['input_tokens']).toBeGreaterThan(1);
    // The alias goes no further than here.
    expect(upstream.calls[0]?.text).not.toContain(`"models/${MODEL}"`);
  });

  it('counts tokens free of charge, for whoever has a key', async () => {
    upstream.behave((_call, response) => json(response, 200, { totalTokens: 7 }));
    const before = await lastRow();
    const { totalTokens } = await client().models.countTokens({ model: MODEL, contents: 'Hi' });
    expect(totalTokens).toBe(7);
    expect(upstream.calls[0]?.path).toBe('/v1beta/models/gemini-2.5-flash-001:countTokens');
    expect(await lastRow()).toEqual(before);
    await expect(
      client('sk-unknown').models.countTokens({ model: MODEL, contents: 'Hi' }),
    ).rejects.toMatchObject({
      status: 401,
    });
    expect(upstream.calls).toHaveLength(1);
  });

  it('lists the models of its own format alone', async () => {
    const names: (string | undefined)[] = [];
    for await (const model of await client().models.list()) names.push(model.name);
    expect(names).toContain(`models/${MODEL}`);
    expect(names.join()).not.toContain('gpt');
    await expect(client().models.get({ model: MODEL })).resolves.toMatchObject({ name: `models/${MODEL}` });
  });

  it.each([
    [
      { contents: [], generationConfig: { maxOutputTokens: 5, max_output_tokens: 5_000 } },
      'max_output_tokens',
    ],
    [{ contents: [], generationConfig: {}, generation_config: {} }, 'generation_config'],
    [{ contents: [], generationConfig: { candidateCount: '8' } }, 'candidateCount'],
    [{ generationConfig: {} }, 'contents'],
  ])('is refused what could be read in two ways (%j)', async (body, member) => {
    const response = await post('generateContent', body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { code: 400, status: 'INVALID_ARGUMENT', message: expect.stringContaining(member) },
    });
    expect(upstream.calls).toEqual([]);
  });

  it('bounds an answer in whichever spelling and as often as the body names it', async () => {
    const text = `{"contents":[],"generation_config":{"max_output_tokens":5,"max_output_tokens":7}}`;
    await fetch(`${app.url}/gemini/v1beta/models/${MODEL}:generateContent`, {
      method: 'POST',
      headers: { 'x-goog-api-key': secret },
      body: text,
    });
    expect(upstream.calls[0]?.text).toBe(text.replace('5,', '7,'));
  });

  it('is told that a model of another format is called elsewhere', async () => {
    const failure: unknown = await client()
      .models.generateContent({ model: 'sample-gpt', contents: 'Hi' })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApiError);
    expect(failure).toMatchObject({ status: 400, message: expect.stringContaining('/v1/chat/completions') });
  });

  it("is not told that its key is bad when it is the server's", async () => {
    const details = [{ reason: 'API_KEY_INVALID', domain: 'googleapis.com' }];
    upstream.behave((_call, response) => json(response, 400, { error: { code: 400, details } }));
    await expect(client().models.generateContent({ model: MODEL, contents: 'Hi' })).rejects.toMatchObject({
      status: 502,
    });
  });

  it("shows an upstream's error as it is, and an empty budget in Google's envelope after one request", async () => {
    upstream.behave((_call, response) =>
      json(response, 503, { error: { code: 503, message: 'Overloaded.', status: 'UNAVAILABLE' } }),
    );
    await expect(client().models.generateContent({ model: MODEL, contents: 'Hi' })).rejects.toMatchObject({
      status: 503,
      message: expect.stringContaining('Overloaded.'),
    });
    const limit = { scope: 'KEY', scopeId: keyId, unit: 'USD', amount: '0.000001', duration: 'monthly' };
    await app.master.do('setLimit', 'SetLimitInput', limit, 'limit { id }');
    // The SDK takes no fetch of its own.
    const fetched = jest.spyOn(globalThis, 'fetch');
    const failure: unknown = await client()
      .models.generateContent({ model: MODEL, contents: 'Hi' })
      .catch((error: unknown) => error);
    expect(fetched).toHaveBeenCalledTimes(1);
    fetched.mockRestore();
    expect(failure).toBeInstanceOf(ApiError);
    expect(failure).toMatchObject({ status: 429 });
    const { error } = JSON.parse((failure as Error).message) as { error: Record<string, unknown> };
    expect(error).toMatchObject({
      status: 'RESOURCE_EXHAUSTED',
      details: [{ reason: 'BUDGET_EXCEEDED', domain: 'spendgraph', metadata: { scope: 'KEY', unit: 'USD' } }],
    });
  });
});
