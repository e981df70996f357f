import { anthropic } from '../../src/passthrough/providers/anthropic/anthropic';
import { openAi } from '../../src/passthrough/providers/openai/openai';
import { startMeteredApp, type MeteredApp } from '../support/metered-app';

/** A list of allowed models means nothing if the request may name others beside the one that is looked at. */
describe('a member by which another model could answer', () => {
  const chat = { model: 'openai/gpt-4o-mini', messages: [] };

  it.each([
    ['models', { ...chat, models: ['anthropic/claude-opus-4'] }],
    ['route', { ...chat, route: 'fallback' }],
    ['fallbacks', { ...chat, fallbacks: [{ model: 'gpt-4o' }] }],
    ['preset', { ...chat, preset: 'dear' }],
    ['model', { ...chat, model: 'openai/gpt-4o-mini@preset/dear' }],
  ])('is refused in every operation of the OpenAI format: %s', (name, body) => {
    const full = { ...body, input: 'a', prompt: 'a' };
    for (const operation of new Set(Object.values(openAi.paths))) {
      expect(openAi.readRequest(operation, full)).toMatchObject({
        ok: false,
        error: { status: 400, param: name, message: expect.stringContaining(`"${name}"`) as unknown },
      });
    }
  });

  it('is refused in Messages: fallbacks', () => {
    const body = { model: 'claude', max_tokens: 1, messages: [], fallbacks: [{ model: 'claude-opus-4-8' }] };
    expect(anthropic.readRequest('messages', body)).toMatchObject({
      ok: false,
      error: { status: 400, param: 'fallbacks' },
    });
  });

  it('is let through when it is null', () => {
    expect(openAi.readRequest('chat', { ...chat, models: null, route: null }).ok).toBe(true);
  });

  describe('over HTTP', () => {
    let metered: MeteredApp;
    beforeAll(async () => {
      metered = await startMeteredApp();
    });
    afterAll(() => metered.close());

    it('answers 400 with the member at fault, and the provider hears of nothing', async () => {
      const response = await metered.chat({ models: ['anthropic/claude-opus-4'], route: 'fallback' });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        error: { param: 'models', type: 'invalid_request_error' },
      });
      expect(metered.upstream.calls).toHaveLength(0);
      expect(await metered.booked()).toEqual([]);
    });
  });
});
