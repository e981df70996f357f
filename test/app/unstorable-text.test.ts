import { MASTER_KEY, startApp, type TestApp } from '../support/app';

/** PostgreSQL stores no U+0000. Whoever sends one is told so, and nothing is masked as a fault of the server. */
describe('a text that cannot be stored', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp();
  });

  afterAll(async () => {
    await app.close();
  });

  it('is refused by the graph as bad input', async () => {
    for (const query of [
      'query ($t: ID!) { user(id: $t) { id } }',
      'query ($t: String) { users(filter: { search: $t }) { nodes { id } } }',
    ]) {
      const answer = await app.master.raw(query, { t: 'a\u0000b' });
      expect(answer.errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    }
  });

  it('is refused by the management routes as bad input', async () => {
    const response = await fetch(`${app.url}/key/generate`, {
      method: 'POST',
      headers: { authorization: `Bearer ${MASTER_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ metadata: { a: 'a\u0000b' } }),
    });
    expect(response.status).toBe(400);
  });

  it('is made storable in what a call brings along, and the call goes through', async () => {
    const response = await fetch(`${app.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${MASTER_KEY}`, 'content-type': 'application/json' },
      body: '{"model": "demo", "user": "a\\u0000\\ud800b", "tags": ["\\u0000"], "messages": [{"role": "user", "content": "Hi"}]}',
    });
    expect(response.status).toBe(200);
    await app.settled();
    const { rows } = await app.pool.query(`SELECT customer_id, tags FROM spend_logs`);
    expect(rows).toEqual([{ customer_id: 'a\uFFFD\uFFFDb', tags: ['\uFFFD'] }]);
  });
});
