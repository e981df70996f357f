import Anthropic from '@anthropic-ai/sdk';
import { demoInputTokens } from '../../src/domain/metering/demo-answer';
import { startApp, type TestApp } from '../support/app';
import { json, startUpstream, type FakeUpstream } from '../support/upstream';

/** Counting costs nothing, whoever counts; the official client, unchanged but for base URL and key. */
describe('messages.countTokens of the Anthropic SDK', () => {
  let app: TestApp;
  let claude: FakeUpstream;
  const messages = [{ role: 'user' as const, content: 'How are you today?' }];

  beforeAll(async () => {
    claude = await startUpstream((_call, response) => json(response, 200, { input_tokens: 42 }));
    app = await startApp({
      yaml: `
model_list:
  - model_name: my-claude
    litellm_params: { model: anthropic/upstream-claude, api_base: "${claude.url}", api_key: upstream-secret }
  - model_name: my-gpt
    litellm_params: { model: openai/gpt-4o, api_base: "http://127.0.0.1:9/v1", api_key: k }`,
    });
  });

  afterAll(async () => {
    const { rows } = await app.pool.query('SELECT 1 FROM reservations UNION ALL SELECT 1 FROM spend_logs');
    expect(rows).toEqual([]);
    await app.close();
    await claude.close();
  });

  async function client(models: string[]): Promise<Anthropic> {
    const made = await app.master.createKey({ models });
    return new Anthropic({ baseURL: app.url, apiKey: made.secret, maxRetries: 0 });
  }

  it('asks the provider that speaks the format, under its own name for the model', async () => {
    const sdk = await client(['my-claude']);
    expect(await sdk.messages.countTokens({ model: 'my-claude', messages })).toEqual({ input_tokens: 42 });
    const sent = claude.calls.at(-1);
    expect([sent?.path, sent?.body['model'], sent?.headers['x-api-key']]).toEqual([
      '/v1/messages/count_tokens',
      'upstream-claude',
      'upstream-secret',
    ]);
    expect(await sdk.messages.countTokens({ model: 'demo', messages }).catch(() => 'refused')).toBe(
      'refused',
    );
  });

  it('is answered by the demo model, which counts words', async () => {
    const sdk = await client(['demo']);
    expect(await sdk.messages.countTokens({ model: 'demo', messages })).toEqual({
      input_tokens: demoInputTokens(['How are you today?']),
    });
  });

  it('is counted here for other providers, and says that it is approximate', async () => {
    const sdk = await client([]);
    const { data, response } = await sdk.messages.countTokens({ model: 'my-gpt', messages }).withResponse();
    // Five words and a question mark, a role, and the frames of a message and a reply.
    expect(data).toEqual({ input_tokens: 12 });
    expect(response.headers.get('x-spendgraph-token-count')).toBe('approximate');
  });

  it('is refused to keys that may not use the model, and with the member at fault', async () => {
    const sent = claude.calls.length;
    const sdk = await client(['demo']);
    await expect(sdk.messages.countTokens({ model: 'my-claude', messages })).rejects.toMatchObject({
      status: 403,
    });
    await expect(sdk.messages.countTokens({ model: 'demo' } as never)).rejects.toMatchObject({
      status: 400,
      error: { error: { param: 'messages' } },
    });
    const stranger = new Anthropic({ baseURL: app.url, apiKey: 'sk-nobody', maxRetries: 0 });
    await expect(stranger.messages.countTokens({ model: 'my-claude', messages })).rejects.toMatchObject({
      status: 401,
    });
    expect(claude.calls).toHaveLength(sent);
  });
});
