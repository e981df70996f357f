import { AzureOpenAI, RateLimitError } from 'openai';
import { azureTarget } from '../../src/passthrough/providers/openai/azure';
import { startApp, type TestApp } from '../support/app';
import { countingFetch } from '../support/counting-fetch';
import { upstreamAt } from '../support/outgoing';
import { startUpstream, type FakeUpstream } from '../support/upstream';

describe('where a deployment of Azure is called', () => {
  const resource = 'https://r.openai.azure.com';
  const chat = '/chat/completions';

  it.each([
    [
      resource,
      chat,
      '2025-01-01-preview',
      '/openai/deployments/d%2F1/chat/completions?api-version=2025-01-01-preview',
    ],
    [`${resource}/`, chat, undefined, '/openai/deployments/d%2F1/chat/completions?api-version=2024-10-21'],
    [
      `${resource}/openai`,
      '/embeddings',
      undefined,
      '/openai/deployments/d%2F1/embeddings?api-version=2024-10-21',
    ],
    [`${resource}/openai/deployments/x`, chat, '1', '/openai/deployments/x/chat/completions?api-version=1'],
    [resource, '/responses', '2025-03-01-preview', '/openai/responses?api-version=2025-03-01-preview'],
    [`${resource}/openai/v1`, chat, undefined, '/openai/v1/chat/completions'],
    [resource, '/responses', 'preview', '/openai/v1/responses?api-version=preview'],
    [resource, chat, 'v1', '/openai/v1/chat/completions'],
  ])('of %s for %s in version %s is %s', (apiBase, path, apiVersion, expected) => {
    const parameters = apiVersion === undefined ? {} : { api_version: apiVersion };
    const upstream = upstreamAt(apiBase, { provider: 'azure', upstreamModel: 'd/1', parameters });
    expect(azureTarget(upstream, path)).toBe(`${resource}${expected}`);
  });
});

/** Azure's client of the official SDK, unchanged but for endpoint and key. */
describe('AzureOpenAI', () => {
  let app: TestApp;
  let upstream: FakeUpstream;
  let secret: string;
  let keyId: string;

  beforeAll(async () => {
    upstream = await startUpstream();
    app = await startApp({
      yaml: `
model_list:
  - model_name: my-azure
    litellm_params: {model: azure/my-deployment, api_base: "${upstream.url}", api_key: azure-secret, api_version: 2025-01-01-preview}
    model_info: {base_model: azure/gpt-4o}
  - model_name: zoned
    litellm_params: {model: azure/other, api_base: "${upstream.url}", api_key: azure-secret}
    model_info: {base_model: azure/eu/gpt-4o}
`,
    });
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

  function client(fetchWith = fetch, deployment?: string): AzureOpenAI {
    return new AzureOpenAI({
      endpoint: app.url,
      apiKey: secret,
      apiVersion: '2024-06-01',
      fetch: fetchWith,
      ...(deployment !== undefined && { deployment }),
    });
  }
  const messages = [{ role: 'user' as const, content: 'Hi' }];

  it('is answered by the deployment, at the list price of the base model', async () => {
    const { response } = await client()
      .chat.completions.create({ model: 'my-azure', messages })
      .withResponse();
    // Ten tokens at 2.50 and five at 10 dollars a million.
    expect(response.headers.get('x-litellm-response-cost')).toBe('0.000075');
    const [call] = upstream.calls;
    expect(call?.path).toBe(
      '/openai/deployments/my-deployment/chat/completions?api-version=2025-01-01-preview',
    );
    expect(call?.headers['api-key']).toBe('azure-secret');
    expect(call?.headers.authorization).toBeUndefined();
    expect(call?.body).toMatchObject({ model: 'my-deployment', max_completion_tokens: 16_384 });
    expect(JSON.stringify(call)).not.toContain(secret);
  });

  it('is metered by the deployment in its path, whatever model its body names', async () => {
    upstream.calls.length = 0;
    const stream = await client(fetch, 'my-azure').chat.completions.create({
      model: 'gpt-4.1-nano',
      messages,
      stream: true,
    });
    let text = '';
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
    expect(text).toBe('Hello there.');
    expect(upstream.calls[0]?.body).toMatchObject({ model: 'my-deployment' });
    await app.settled();
    const { rows } = await app.pool.query(
      `SELECT endpoint, model, provider, trim_scale(cost)::text AS cost FROM spend_logs ORDER BY seq DESC LIMIT 1`,
    );
    expect(rows).toEqual([
      {
        endpoint: '/openai/deployments/:model/chat/completions',
        model: 'my-azure',
        provider: 'azure',
        cost: '0.000075',
      },
    ]);
  });

  it('has no list price where a zone costs more than the list says', async () => {
    await expect(client().chat.completions.create({ model: 'zoned', messages })).rejects.toMatchObject({
      status: 400,
      code: 'model_not_priced',
    });
  });

  it('gets a budget refusal after exactly one request', async () => {
    const limit = { scope: 'KEY', scopeId: keyId, unit: 'USD', amount: '0.000001', duration: 'monthly' };
    await app.master.do('setLimit', 'SetLimitInput', limit, 'limit { id }');
    const counting = countingFetch();
    const failure: unknown = await client(counting.fetch)
      .chat.completions.create({ model: 'my-azure', messages })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RateLimitError);
    expect(failure).toMatchObject({ type: 'budget_exceeded' });
    expect(counting.count()).toBe(1);
  });
});
