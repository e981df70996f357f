import { MASTER_KEY, startApp, type TestApp } from '../support/app';
import { json, startUpstream, type FakeUpstream } from '../support/upstream';

/** What a provider bills for though the request only points to it has to fit the limits like everything else. */
describe('a limit', () => {
  let app: TestApp;
  let upstream: FakeUpstream;

  beforeAll(async () => {
    upstream = await startUpstream((_call, response) => {
      json(response, 200, {
        id: 'msg_1',
        type: 'message',
        role: 'assistant',
        model: 'claude-opus-4-6',
        content: [{ type: 'text', text: 'Hi' }],
        stop_reason: 'end_turn',
        usage: { input_tokens: 10, output_tokens: 1, server_tool_use: { web_search_requests: 1 } },
      });
    });
    app = await startApp({
      yaml: `
model_list:
  - model_name: claude
    litellm_params:
      model: anthropic/claude-opus-4-6
      api_base: ${upstream.url}
      api_key: upstream-secret
`,
    });
  });
  afterAll(async () => {
    await app.close();
    await upstream.close();
  });

  async function send(budgetUsd: number, body: Record<string, unknown>): Promise<number> {
    const made = await fetch(`${app.url}/key/generate`, {
      method: 'POST',
      headers: { authorization: `Bearer ${MASTER_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ max_budget: budgetUsd }),
    });
    const { key } = (await made.json()) as { key: string };
    upstream.calls.length = 0;
    const response = await fetch(`${app.url}/v1/messages`, {
      method: 'POST',
      headers: { 'x-api-key': key, 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'claude',
        max_tokens: 16,
        messages: [{ role: 'user', content: 'hi' }],
        ...body,
      }),
    });
    expect(upstream.calls).toHaveLength(response.status === 200 ? 1 : 0);
    return response.status;
  }

  const pdfs = (count: number): Record<string, unknown> => ({
    messages: [
      {
        role: 'user',
        content: Array.from({ length: count }, () => ({
          type: 'document',
          source: { type: 'url', url: 'https://example.com/a.pdf' },
        })),
      },
    ],
  });
  const search = (max_uses: number): Record<string, unknown> => ({
    tools: [{ type: 'web_search_20250305', name: 'web_search', max_uses }],
  });

  // 32,000 tokens are held for each, at five dollars a million, or 6.25 where they are written to the cache.
  it('has room for as many remote documents as it has money for, not for any number at the price of one', async () => {
    expect(await send(0.02, pdfs(1))).toBe(429);
    expect(await send(1, pdfs(1))).toBe(200);
    expect(await send(1, pdfs(20))).toBe(429);
  });

  it('has room for the searches of the web that the request allows, at a cent each', async () => {
    expect(await send(2, search(1))).toBe(200);
    expect(await send(2, search(500))).toBe(429);
  });
});
