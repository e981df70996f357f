import { startApp, type TestApp } from '../support/app';
import { startUpstream, type FakeUpstream } from '../support/upstream';

describe('a limit on a model', () => {
  let app: TestApp;
  let upstream: FakeUpstream;

  beforeAll(async () => {
    upstream = await startUpstream();
    app = await startApp({
      environment: {
        OPENAI_API_KEY: 'upstream-secret-0123456789',
        SPENDGRAPH_OPENAI_BASE_URL: `${upstream.url}/v1`,
        SPENDGRAPH_MASTER_KEY_MAY_SPEND: 'true',
      },
    });
  });

  afterAll(async () => {
    await app.close();
    await upstream.close();
  });

  function call(model: string): Promise<Response> {
    return fetch(`${app.url}/v1/chat/completions`, {
      method: 'POST',
      headers: {
        authorization: 'Bearer sk-test-master-0123456789abcdef',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ model, max_tokens: 10, messages: [{ role: 'user', content: 'Hi' }] }),
    });
  }

  it('is not passed by writing its name with the provider in front, or in another case', async () => {
    const limit = { scope: 'MODEL', scopeId: 'gpt-4o-mini', unit: 'USD', amount: '0', duration: 'monthly' };
    await app.master.do('setLimit', 'SetLimitInput', limit, 'limit { id }');
    for (const model of ['gpt-4o-mini', 'openai/gpt-4o-mini', 'openai/GPT-4o-mini']) {
      expect([model, (await call(model)).status]).toEqual([model, 429]);
    }
    expect(upstream.calls).toHaveLength(0);
  });

  it('knows it by the same names in a list of models', async () => {
    const limit = { scope: 'SERVER', unit: 'USD', amount: '0', models: ['openai/gpt-4.1*'] };
    await app.master.do('setLimit', 'SetLimitInput', limit, 'limit { id }');
    expect((await call('gpt-4.1-mini')).status).toBe(429);
    expect((await call('gpt-4o')).status).toBe(200);
    await app.settled();
    expect(await app.ledgerFaults()).toEqual([]);
  });
});
