import type { TestApp } from '../support/app';
import { partsOf, type FormField } from '../support/form';
import { answer, sse, startMediaApp, type MediaApp } from '../support/media-app';
import type { FakeUpstream } from '../support/upstream';

const png = Buffer.from('89504e470d0a1a0a0000002d2d780d0a', 'hex');

/** Each is a call through the whole server: held before, counted, priced, booked. */
describe('pictures', () => {
  let media: MediaApp;
  let app: TestApp;
  let upstream: FakeUpstream;
  let post: MediaApp['post'];
  let upload: MediaApp['upload'];
  let row: MediaApp['row'];

  beforeAll(async () => {
    media = await startMediaApp();
    ({ app, upstream, post, upload, row } = media);
  });
  afterAll(() => media.close());

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
    const { secret } = await app.master.createKey();
    const broken = await fetch(`${app.url}/v1/audio/transcriptions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'multipart/form-data; boundary=x' },
      body: 'nothing of the kind',
    });
    expect([broken.status, await broken.text()]).toEqual([400, expect.stringContaining('form')]);
  });
});
