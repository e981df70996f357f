import { startMeteredApp, type MeteredApp } from '../support/metered-app';
import { json } from '../support/upstream';

describe("a provider's error that names the operator's account", () => {
  let metered: MeteredApp;
  beforeAll(async () => (metered = await startMeteredApp()));
  afterAll(() => metered.close());

  it.each([
    [429, 'Rate limit reached for gpt-5 in organization org-8fQx2Lw7ZbT0aNcU on tokens per min.', 'org-8fQx'],
    [400, 'Project proj_Ab3dEf9hIjKlMnOp does not have access to this model.', 'proj_Ab3d'],
    [404, 'Incorrect API key provided: sk-proj-****************Qx7Z.', 'Qx7Z'],
    [500, 'The request with sk-ant-api03-0123456789abcdef failed.', '0123456789abcdef'],
  ])('with status %s is passed on without it', async (status, message, secret) => {
    metered.upstream.behave((_call, response) => {
      json(response, status, { error: { message, type: 'tokens', code: 'the_code', param: null } });
    });
    const response = await metered.chat();
    expect(response.status).toBe(status);
    const text = await response.text();
    expect(text).not.toContain(secret);
    expect(JSON.parse(text)).toMatchObject({
      error: { message: expect.stringContaining('[redacted]'), type: 'tokens', code: 'the_code' },
    });
  });

  it('is passed on byte for byte where it names nothing', async () => {
    const text = '{"error": {"message":"The org-wide setting \\u00fc is off", "code":1.50}}';
    metered.upstream.behave((_call, response) => {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(text);
    });
    expect(await (await metered.chat()).text()).toBe(text);
  });
});
