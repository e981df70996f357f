import { formOf, partsOf, wav, type FormField } from '../support/form';
import { startApp, type TestApp } from '../support/app';
import { json, startUpstream, type Behaviour, type FakeUpstream } from '../support/upstream';

const deployment = (name: string, model: string, prices: string, info = '') => `
  - model_name: ${name}
    litellm_params: { model: ${model}, api_base: UPSTREAM, api_key: k, ${prices} }
    ${info}`;

/** Every way in which pictures, sound and rankings are sold. */
const YAML = `model_list:${[
  deployment('by-image', 'openai/dall-e-9', 'output_cost_per_image: 0.04'),
  deployment('easel', 'openai/easel', ''),
  deployment('by-pixel', 'openai/pixel-painter', 'output_cost_per_pixel: 1e-8'),
  deployment(
    'by-token',
    'openai/gpt-image-9',
    'input_cost_per_token: 5e-6, output_cost_per_image_token: 4e-5',
  ),
  deployment('by-character', 'openai/tts-9', 'input_cost_per_character: 0.000015'),
  deployment(
    'by-spoken',
    'openai/gpt-tts-9',
    'input_cost_per_token: 6e-7, output_cost_per_audio_token: 1.2e-5',
  ),
  deployment(
    'by-second',
    'openai/whisper-9',
    'input_cost_per_second: 0.0001',
    'model_info: { mode: audio_transcription }',
  ),
  deployment(
    'by-heard',
    'openai/gpt-transcribe-9',
    'input_cost_per_audio_token: 6e-6, input_cost_per_token: 2.5e-6, output_cost_per_token: 1e-5',
  ),
  deployment('by-search', 'cohere/rerank-9', 'input_cost_per_query: 0.002'),
  deployment('by-read', 'jina_ai/rerank-9', 'input_cost_per_token: 2e-8'),
  deployment('command', 'cohere/command-9', 'input_cost_per_token: 1e-6, output_cost_per_token: 2e-6'),
].join('')}`;

const png = Buffer.from('89504e470d0a1a0a0000002d2d780d0a', 'hex');
const sse =
  (...events: object[]): Behaviour =>
  (_call, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));
  };
const bytes =
  (contentType: string, body: Buffer): Behaviour =>
  (_call, response) => {
    response.writeHead(200, { 'content-type': contentType });
    response.write(body.subarray(0, 10));
    response.end(body.subarray(10));
  };
const answer =
  (body: object): Behaviour =>
  (_call, response) =>
    json(response, 200, body);

/** Each is a call through the whole server: held before, counted, priced, booked. */
describe('pictures, sound and rankings', () => {
  let app: TestApp;
  let upstream: FakeUpstream;
  let secret: string;

  beforeAll(async () => {
    upstream = await startUpstream();
    app = await startApp({ yaml: YAML.replaceAll('UPSTREAM', upstream.url) });
    secret = (await app.master.createKey()).secret;
  });
  afterAll(async () => {
    await app.settled();
    expect(await app.ledgerFaults()).toEqual([]);
    await app.close();
    await upstream.close();
  });

  const post = (path: string, body: object, key = secret) =>
    fetch(`${app.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const upload = (path: string, ...fields: FormField[]) => {
    const { contentType, body } = formOf(fields);
    return fetch(`${app.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': contentType },
      body: new Uint8Array(body),
    });
  };

  /** What the log says of a call, once it is booked. */
  async function row(response: Response) {
    const text = Buffer.from(await response.arrayBuffer());
    await app.settled();
    const { rows } = await app.pool.query<Record<string, unknown>>(
      `SELECT trim_scale(cost)::text AS cost, pricing_status, usage_source, usage, status,
              hold >= coalesce(cost, 0) AS held FROM spend_logs WHERE call_id = $1`,
      [response.headers.get('x-litellm-call-id')],
    );
    return { ...rows[0], code: response.status, text: text.toString('latin1') };
  }

  it.each([
    [{ prompt: 'A cat', n: 2 }, { data: [{}, {}] }, '0.08'],
    [{ prompt: 'A cat', n: 2 }, { data: [{}] }, '0.04'],
  ])('sell images by the piece, as many as came: %j', async (request, came, cost) => {
    upstream.behave(answer(came));
    const response = await post('/v1/images/generations', { model: 'by-image', ...request });
    expect(response.headers.get('x-litellm-response-cost')).toBe(cost);
    expect(await row(response)).toMatchObject({ cost, pricing_status: 'PRICED', held: true });
    expect(upstream.calls.at(-1)?.body).toEqual({ model: 'dall-e-9', ...request });
  });

  it('sell images by the pixel of the size asked for', async () => {
    upstream.behave(answer({ data: [{}] }));
    const response = await post('/images/generations', { model: 'by-pixel', prompt: 'x', size: '1792x1024' });
    expect(await row(response)).toMatchObject({ cost: '0.01835008', pricing_status: 'PRICED', held: true });
  });

  it('sell images by size and quality where there is a price for them', async () => {
    const prices = [
      ['standard/1024-x-1024/easel', '40000'],
      ['hd/1024-x-1792/easel', '120000'],
      ['easel', '90000'],
    ];
    for (const [model, usdPerMillion] of prices) {
      const price = { model, scope: 'MODEL', rates: [{ unit: 'OUTPUT_IMAGES', usdPerMillion }] };
      await app.master.do('setPrice', 'SetPriceInput', price, 'price { id }');
    }
    upstream.behave(answer({ data: [{}] }));
    const costs: (string | null)[] = [];
    for (const terms of [{}, { size: '1024x1792', quality: 'hd' }, { size: '256x256' }]) {
      const response = await post('/v1/images/generations', { model: 'easel', prompt: 'x', ...terms });
      costs.push(response.headers.get('x-litellm-response-cost'));
      await response.arrayBuffer();
    }
    expect(costs).toEqual(['0.04', '0.12', '0.09']);
  });

  it('sell images by their tokens where the answer tells them', async () => {
    const usage = {
      input_tokens: 50,
      input_tokens_details: { text_tokens: 10, image_tokens: 40 },
      output_tokens: 1_056,
      total_tokens: 1_106,
    };
    upstream.behave(answer({ data: [{}], usage, size: '1024x1024' }));
    const response = await post('/v1/images/generations', { model: 'by-token', prompt: 'x' });
    expect(await row(response)).toMatchObject({
      cost: '0.04249',
      usage_source: 'PROVIDER',
      held: true,
      usage: { inputText: 10, inputImage: 40, outputImage: 1_056, outputImages: 1, outputPixels: 1_048_576 },
    });
  });

  it('stream images, with the cost before the last event', async () => {
    const usage = { input_tokens: 10, output_tokens: 100, total_tokens: 110 };
    upstream.behave(
      sse(
        { type: 'image_generation.partial_image', b64_json: 'aGk=' },
        { type: 'image_generation.completed', b64_json: 'aGk=', usage },
      ),
    );
    const request = { model: 'by-token', prompt: 'x', stream: true, partial_images: 1 };
    const booked = await row(await post('/v1/images/generations', request));
    expect(booked).toMatchObject({
      cost: '0.00405',
      usage_source: 'PROVIDER',
      status: 'SUCCESS',
      held: true,
    });
    expect(booked.text).toMatch(/partial_image[^]*: x-litellm-response-cost 0\.00405\n\ndata: .*completed/);
  });

  it('are not free when a stream breaks off after a preview', async () => {
    upstream.behave((_call, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: {"type":"image_generation.partial_image","b64_json":"aGk="}\n\n', () =>
        response.destroy(),
      );
    });
    const request = { model: 'by-token', prompt: 'x', stream: true, quality: 'low', size: '1024x1024' };
    const booked = await row(await post('/v1/images/generations', request));
    expect(booked).toMatchObject({ usage_source: 'ESTIMATED', status: 'FAILURE', held: true });
    expect(booked).toMatchObject({ usage: { outputImage: 408 + 2_048, outputImages: 1 } });
  });

  it('send a form on with its files as they were, the upstream name of the model, and nothing of this server', async () => {
    upstream.behave(answer({ data: [{}] }));
    const booked = await row(
      await upload(
        '/v1/images/edits',
        ['prompt', 'A "dog"\r\nwith a hat'],
        ['image[]', png, 'a "b".png', 'image/png'],
        ['image[]', png, 'c.png', 'image/png'],
        ['model', 'by-image'],
        ['n', '1'],
        ['user', 'alice'],
        ['tags', '["t"]'],
        ['metadata', '{"job":"x"}'],
      ),
    );
    expect(booked).toMatchObject({ cost: '0.04', held: true });
    const sent = upstream.calls.at(-1);
    expect(sent?.path).toBe('/v1/images/edits');
    const parts = partsOf(sent?.headers['content-type'] ?? '', sent?.bytes ?? Buffer.alloc(0));
    expect(parts.map(({ head }) => /name="([^"]*)"/.exec(head)?.[1])).toEqual([
      ...['model', 'prompt', 'image[]', 'image[]', 'n', 'user'],
    ]);
    expect(parts.map(({ bytes: each }) => each)).toEqual([
      ...[Buffer.from('dall-e-9'), Buffer.from('A "dog"\r\nwith a hat'), png, png],
      ...[Buffer.from('1'), Buffer.from('alice')],
    ]);
  });

  it.each<[string, FormField[], string]>([
    [
      'a field twice',
      [
        ['model', 'by-image'],
        ['model', 'by-pixel'],
      ],
      'model',
    ],
    [
      'a field twice in other letters',
      [
        ['model', 'by-image'],
        ['Model', 'by-pixel'],
      ],
      'Model',
    ],
    ['no file', [['model', 'by-image']], 'image'],
    [
      'too many images',
      [
        ['model', 'by-image'],
        ['n', '99'],
      ],
      'n',
    ],
  ])('refuse a form with %s', async (_what, fields, param) => {
    const calls = upstream.calls.length;
    const image: FormField[] = param === 'image' ? [] : [['image', png, 'a.png', 'image/png']];
    const response = await upload('/v1/images/variations', ...fields, ...image);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { param } });
    expect(upstream.calls).toHaveLength(calls);
  });

  it('refuse a form where JSON is wanted, and one that is none', async () => {
    const response = await upload('/v1/chat/completions', ['model', 'by-image']);
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('takes JSON')]);
    const broken = await fetch(`${app.url}/v1/audio/transcriptions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'multipart/form-data; boundary=x' },
      body: 'nothing of the kind',
    });
    expect([broken.status, await broken.text()]).toEqual([400, expect.stringContaining('form')]);
  });

  it('sell speech by the character, its cost before the sound', async () => {
    const sound = Buffer.from('not really an mp3, but passed on byte by byte');
    upstream.behave(bytes('audio/mpeg', sound));
    const response = await post('/v1/audio/speech', { model: 'by-character', input: 'Grüße 😀', voice: 'v' });
    expect(response.headers.get('x-litellm-response-cost')).toBe('0.000105');
    expect(response.headers.get('content-type')).toBe('audio/mpeg');
    const booked = await row(response);
    expect(booked).toMatchObject({
      cost: '0.000105',
      pricing_status: 'PRICED',
      status: 'SUCCESS',
      held: true,
    });
    expect(booked).toMatchObject({ text: sound.toString('latin1'), usage: { inputCharacters: 7 } });
  });

  it('sell speech by the length of the sound where tokens are its price', async () => {
    upstream.behave(bytes('audio/wav', wav(2_000)));
    const request = { model: 'by-spoken', input: 'two seconds', voice: 'v', response_format: 'wav' };
    const booked = await row(await post('/v1/audio/speech', request));
    // 2 seconds are 40 tokens of sound; "two seconds" with its frame is 5 of text.
    expect(booked).toMatchObject({ cost: '0.000483', usage_source: 'ESTIMATED', held: true });
    expect(booked).toMatchObject({ usage: { outputAudio: 40, outputAudioMs: 2_000, inputText: 5 } });
  });

  it('believe what a stream of speech says that it used', async () => {
    const usage = { input_tokens: 10, output_tokens: 100, total_tokens: 110 };
    upstream.behave(sse({ type: 'speech.audio.delta', audio: 'aGk=' }, { type: 'speech.audio.done', usage }));
    const request = { model: 'by-spoken', input: 'Hi', voice: 'v', stream_format: 'sse' };
    const booked = await row(await post('/v1/audio/speech', request));
    expect(booked).toMatchObject({ cost: '0.001206', usage_source: 'PROVIDER' });
  });

  it('book what speech would have cost when its sound breaks off, and tell the client that it is not whole', async () => {
    let cut = (): void => undefined;
    upstream.behave((_call, response) => {
      cut = () => response.destroy();
      response.writeHead(200, { 'content-type': 'audio/mpeg' });
      response.write('half');
    });
    const response = await post('/v1/audio/speech', { model: 'by-character', input: 'Hi', voice: 'v' });
    const reader = response.body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('half');
    cut();
    await expect(reader?.read()).rejects.toThrow();
    await app.settled();
    const { rows } = await app.pool.query<Record<string, unknown>>(
      'SELECT status, trim_scale(cost)::text AS cost FROM spend_logs WHERE call_id = $1',
      [response.headers.get('x-litellm-call-id')],
    );
    expect(rows).toEqual([{ status: 'FAILURE', cost: '0.00003' }]);
  });

  const sound: FormField = ['file', wav(90_500), 'said.wav', 'audio/wav'];

  it.each<[string, Behaviour, string, string]>([
    [
      'seconds of a usage',
      answer({ text: 'Hi', usage: { type: 'duration', seconds: 91 } }),
      '0.0091',
      'PROVIDER',
    ],
    ['the duration of a verbose answer', answer({ text: 'Hi', duration: 90.25 }), '0.009025', 'PROVIDER'],
    [
      'the duration as older servers write it',
      answer({ text: 'Hi', duration: '90.5' }),
      '0.00905',
      'PROVIDER',
    ],
    ['the file where the answer says nothing', answer({ text: 'Hi' }), '0.00905', 'ESTIMATED'],
    [
      'the file where the answer is plain text',
      bytes('text/plain', Buffer.from('Hello there, all.\n')),
      '0.00905',
      'ESTIMATED',
    ],
  ])('sell a transcription by %s', async (_what, behaviour, cost, source) => {
    upstream.behave(behaviour);
    const response = await upload('/v1/audio/transcriptions', ['model', 'by-second'], sound);
    expect(response.headers.get('x-litellm-response-cost')).toBe(cost);
    const booked = await row(response);
    expect(booked).toMatchObject({
      code: 200,
      cost,
      usage_source: source,
      pricing_status: 'PRICED',
      held: true,
    });
    const sent = upstream.calls.at(-1);
    const [first, second] = partsOf(sent?.headers['content-type'] ?? '', sent?.bytes ?? Buffer.alloc(0));
    expect([first?.bytes.toString(), second?.bytes.equals(sound[1] as Buffer)]).toEqual(['whisper-9', true]);
  });

  it('sell a translation, and a transcription in a stream, by tokens', async () => {
    const usage = {
      type: 'tokens',
      input_tokens: 910,
      input_token_details: { text_tokens: 5, audio_tokens: 905 },
      output_tokens: 4,
      total_tokens: 914,
    };
    upstream.behave(answer({ text: 'Hi', usage }));
    const whole = await row(await upload('/v1/audio/translations', ['model', 'by-heard'], sound));
    upstream.behave(
      sse(
        { type: 'transcript.text.delta', delta: 'Hi' },
        { type: 'transcript.text.done', text: 'Hi', usage },
      ),
    );
    const streamed = await row(
      await upload('/v1/audio/transcriptions', ['model', 'by-heard'], ['stream', 'true'], sound),
    );
    for (const booked of [whole, streamed])
      expect(booked).toMatchObject({
        cost: '0.0054825',
        usage_source: 'PROVIDER',
        held: true,
        usage: { inputText: 5, inputAudio: 905, outputText: 4 },
      });
  });

  it('refuse sound whose length costs more than the budget has, before a byte of it is sent', async () => {
    const calls = upstream.calls.length;
    const { key, secret: poor } = await app.master.createKey();
    const limit = { scope: 'KEY', scopeId: key.id, unit: 'USD', amount: '0.009' };
    await app.master.do('setLimit', 'SetLimitInput', limit, 'limit { id }');
    const { contentType, body } = formOf([['model', 'by-second'], sound]);
    const response = await fetch(`${app.url}/v1/audio/transcriptions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${poor}`, 'content-type': contentType },
      body: new Uint8Array(body),
    });
    expect(response.status).toBe(429);
    expect(await response.json()).toMatchObject({ error: { details: { requested: '0.0091' } } });
    expect(upstream.calls).toHaveLength(calls);
  });

  it.each<[string, string, object, string, object]>([
    ['/v2/rerank', 'by-search', { meta: { billed_units: { search_units: 3 } } }, '0.006', { searchUnits: 3 }],
    ['/v1/rerank', 'by-search', { results: [] }, '0.002', { searchUnits: 1 }],
    ['/rerank', 'by-read', { usage: { total_tokens: 1_000 } }, '0.00002', { inputText: 1_000 }],
  ])('sell a ranking at %s of %s', async (path, model, answered, cost, usage) => {
    upstream.behave(answer(answered));
    const documents = Array.from({ length: 120 }, (_, index) => `document ${index} `.repeat(250));
    const response = await post(path, { model, query: 'which?', documents });
    const booked = await row(response);
    if ('results' in answered) {
      // 120 documents of some 800 tokens count twice each.
      expect(booked).toMatchObject({ cost: '0.006', usage_source: 'ESTIMATED', held: true });
    } else expect(booked).toMatchObject({ cost, usage, usage_source: 'PROVIDER', held: true });
    expect(upstream.calls.at(-1)?.path).toBe(path.startsWith('/v2') ? '/v2/rerank' : '/v1/rerank');
  });

  it("take Cohere's chat, whole and streamed, and bill what it bills", async () => {
    const usage = {
      billed_units: { input_tokens: 11, output_tokens: 4 },
      tokens: { input_tokens: 506, output_tokens: 5 },
    };
    const request = { model: 'command', messages: [{ role: 'user', content: 'Hi' }], max_tokens: 10 };
    upstream.behave(answer({ message: { content: [{ type: 'text', text: 'Hello' }] }, usage }));
    const whole = await row(await post('/v2/chat', request));
    upstream.behave(
      sse(
        { type: 'message-start', delta: { message: { role: 'assistant' } } },
        { type: 'content-delta', delta: { message: { content: { text: 'Hello' } } } },
        { type: 'message-end', delta: { finish_reason: 'COMPLETE', usage } },
      ),
    );
    const streamed = await row(await post('/v2/chat', { ...request, stream: true }));
    for (const booked of [whole, streamed])
      expect(booked).toMatchObject({
        cost: '0.000019',
        usage_source: 'PROVIDER',
        status: 'SUCCESS',
        held: true,
      });
  });
});
