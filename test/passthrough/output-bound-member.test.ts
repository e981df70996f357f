import { outputBoundEdits } from '../../src/passthrough/pipeline/output-bound-member';
import { openAi } from '../../src/passthrough/providers/openai/openai';
import { startMeteredApp, type MeteredApp } from '../support/metered-app';

const sent = (
  route: { provider: string; upstreamModel?: string; apiBase?: string },
  members: object,
  outputBound?: number,
): Record<string, unknown> => {
  const text = JSON.stringify({ model: 'm', messages: [], ...members });
  const request = openAi.readRequest('chat', JSON.parse(text));
  if (!request.ok) throw new Error(request.error.message);
  const edits = {
    ...outputBoundEdits({ upstreamModel: 'm', apiBase: 'https://api.example.com', ...route }),
    ...(outputBound !== undefined && { outputBound }),
  };
  const {
    model: _model,
    messages: _messages,
    ...rest
  } = JSON.parse(openAi.prepareRequest(request.value, text, edits)) as Record<string, unknown>;
  return rest;
};

describe('the bound of the output is sent under a name that the upstream obeys', () => {
  const newer = { max_completion_tokens: 1 };

  it.each([
    ['deepseek', newer, { max_tokens: 1 }],
    ['deepseek', { max_completion_tokens: 1, max_tokens: 7 }, { max_tokens: 7 }],
    ['deepseek', { max_completion_tokens: 1, max_tokens: null }, { max_tokens: 1 }],
    ['deepseek', { max_tokens: 7 }, { max_tokens: 7 }],
    ['mistral', newer, { max_tokens: 1 }],
    // One that refuses both members together and obeys either.
    ['gemini', newer, newer],
    ['azure', newer, newer],
  ])("the client's own to %s: %j becomes %j", (provider, members, expected) => {
    expect(sent({ provider }, members)).toEqual(expected);
  });

  it.each([
    [{ provider: 'deepseek' }, {}, { max_tokens: 5 }],
    [
      { provider: 'deepseek' },
      { max_completion_tokens: null },
      { max_completion_tokens: null, max_tokens: 5 },
    ],
    [{ provider: 'openai', apiBase: 'https://api.openai.com' }, {}, { max_completion_tokens: 5 }],
    [{ provider: 'openai', apiBase: 'https://eu.api.openai.com/v1' }, {}, { max_completion_tokens: 5 }],
    [{ provider: 'openai', upstreamModel: 'gpt-5' }, {}, { max_completion_tokens: 5 }],
    [
      { provider: 'openai', apiBase: 'http://localhost:11434/v1', upstreamModel: 'llama3' },
      {},
      { max_tokens: 5 },
    ],
  ])('the one of the server to %j', (route, members, expected) => {
    expect(sent(route, members, 5)).toEqual(expected);
  });

  describe('over HTTP', () => {
    let metered: MeteredApp;
    beforeAll(async () => {
      metered = await startMeteredApp();
    });
    afterAll(() => metered.close());

    it('reaches a server of another kind as max_tokens', async () => {
      await metered.chat({ max_tokens: undefined, max_completion_tokens: 9 });
      expect(metered.upstream.calls[0]?.body).toMatchObject({ max_tokens: 9 });
      expect(metered.upstream.calls[0]?.body).not.toHaveProperty('max_completion_tokens');
    });
  });
});
