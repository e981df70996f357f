import type { TestApp } from '../support/app';
import { partsOf, wav, type FormField } from '../support/form';
import { answer, bytes, sse, startMediaApp, type MediaApp } from '../support/media-app';
import type { Behaviour, FakeUpstream } from '../support/upstream';

/** Each is a call through the whole server: held before, counted, priced, booked. */
describe('sound and rankings', () => {
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
    expect([first?.bytes.toString(), second?.bytes.equals(wav(90_500))]).toEqual(['whisper-9', true]);
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
    const response = await media.uploadAs(poor, '/v1/audio/transcriptions', ['model', 'by-second'], sound);
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
