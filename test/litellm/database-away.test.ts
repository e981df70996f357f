import { MASTER_KEY, startApp, type TestApp } from '../support/app';
import { startDatabaseProxy, type DatabaseProxy } from '../support/database-proxy';

/** A caller who can wait should know it from one who has found a bug. */
describe("LiteLLM's commands while the database is away", () => {
  let app: TestApp;
  let proxy: DatabaseProxy;
  let url: string;

  beforeAll(async () => {
    app = await startApp();
    proxy = await startDatabaseProxy(app.databaseUrl);
    ({ url } = await app.join({ DATABASE_URL: proxy.url }));
    proxy.cut();
  });
  afterAll(async () => {
    proxy.restore();
    await app.close();
    await proxy.close();
  });

  it('answer 503, and say nothing about the connection', async () => {
    const headers = { authorization: `Bearer ${MASTER_KEY}` };
    const response = await fetch(`${url}/key/generate`, { method: 'POST', headers, body: '{}' });
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      error: {
        message: 'The database does not answer. Try again shortly.',
        type: 'internal_server_error',
        param: null,
        code: '503',
      },
    });
  });
});
