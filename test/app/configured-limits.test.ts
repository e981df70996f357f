import { startApp, type TestApp, type TestAppOptions } from '../support/app';
import { startUpstream, type FakeUpstream } from '../support/upstream';

/** What a configuration file says about money is in force from the first call on. */
describe('the limits and discounts of the configuration file', () => {
  let app: TestApp;
  let upstream: FakeUpstream;

  beforeAll(async () => {
    upstream = await startUpstream();
    app = await startApp(options());
  });

  afterAll(async () => {
    await app.close();
    await upstream.close();
  });

  function options(): TestAppOptions {
    return {
      environment: { SPENDGRAPH_MASTER_KEY_MAY_SPEND: 'true' },
      yaml: `
model_list:
  - model_name: limited
    litellm_params:
      model: openai/limited
      api_base: ${upstream.url}/v1
      api_key: x
      rpm: 2
      input_cost_per_token: 1e-6
      output_cost_per_token: 2e-6
litellm_settings:
  max_budget: 5
  budget_duration: 15d
  cost_discount_config: {openai: 0.5}
`,
    };
  }

  function call(): Promise<Response> {
    return fetch(`${app.url}/v1/chat/completions`, {
      method: 'POST',
      headers: {
        authorization: 'Bearer sk-test-master-0123456789abcdef',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ model: 'limited', max_tokens: 10, messages: [{ role: 'user', content: 'Hi' }] }),
    });
  }

  it('are limits like any other', async () => {
    const { limits } = await app.master.ask<{ limits: { nodes: unknown[] } }>(
      `{ limits { nodes { scope unit amount windowSpec { period count } } } }`,
    );
    expect(limits.nodes).toMatchObject([
      { scope: 'SERVER', unit: 'USD', amount: '5', windowSpec: { period: 'DAY', count: 15 } },
      { scope: 'DEPLOYMENT', unit: 'REQUESTS', amount: '2', windowSpec: { period: 'MINUTE', count: 1 } },
    ]);
  });

  it('hold: the discounted cost is booked, and the third call of a minute is refused', async () => {
    const responses = [await call(), await call(), await call(), await call(), await call()];
    expect(responses[0]?.headers.get('x-litellm-response-cost')).toBe('0.00001');
    const last = responses.at(-1);
    expect(last?.status).toBe(429);
    expect(await last?.json()).toMatchObject({
      error: { type: 'throttling_error', details: { unit: 'REQUESTS', limit: '2' } },
    });
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('are the same after another start', async () => {
    const other = await app.join();
    const { rows } = await app.pool.query(
      `SELECT count(*)::int AS live FROM limits WHERE deleted_at IS NULL`,
    );
    expect(rows).toEqual([{ live: 2 }]);
    await other.stop();
  });
});
