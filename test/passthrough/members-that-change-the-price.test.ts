import { startApp, MASTER_KEY, type TestApp } from '../support/app';
import { startUpstream, type FakeUpstream } from '../support/upstream';

describe('a member that makes a call dearer than its list price says', () => {
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

  function call(member: Record<string, unknown>): Promise<Response> {
    return fetch(`${app.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${MASTER_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'gpt-4o-mini',
        max_tokens: 10,
        messages: [{ role: 'user', content: 'Hi' }],
        ...member,
      }),
    });
  }

  it.each([{ service_tier: 'priority' }, { speed: 'fast' }, { inference_geo: 'us' }])(
    'is refused: %o',
    async (member) => {
      const refused = await call(member);
      expect(refused.status).toBe(400);
      expect(await refused.json()).toMatchObject({
        error: { code: 'model_not_priced', param: Object.keys(member)[0] },
      });
      expect(upstream.calls).toHaveLength(0);
    },
  );

  it.each([{ service_tier: 'default' }, { service_tier: 'auto' }, { service_tier: 'flex' }])(
    'is not %o',
    async (member) => {
      expect((await call(member)).status).toBe(200);
    },
  );
});
