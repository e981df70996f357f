import { request as httpRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import { startMeteredApp, type MeteredApp } from '../support/metered-app';

const DECLARED_BYTES = 5_000_000;
const SENT = '{"model":"my-gpt",';

interface Refused {
  readonly status: number | undefined;
  readonly headers: Record<string, unknown>;
  readonly body: unknown;
}

describe('a caller without a valid key', () => {
  let metered: MeteredApp;
  beforeAll(async () => (metered = await startMeteredApp()));
  afterAll(() => metered.close());

  /** Announces a large body, sends the start of it and waits for the answer. */
  function begin(path: string, headers: Record<string, string>): Promise<Refused> {
    return new Promise((resolve, reject) => {
      const request = httpRequest(`${metered.app.url}${path}`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', 'content-length': DECLARED_BYTES },
      });
      request.on('response', (response) => {
        text(response).then(
          (body) => {
            request.destroy();
            resolve({ status: response.statusCode, headers: response.headers, body: JSON.parse(body) });
          },
          (error: unknown) => reject(error as Error),
        );
      });
      request.on('error', reject);
      request.write(SENT);
    });
  }

  it.each([
    ['without any', {}, 'auth_error'],
    ['with one that nobody has', { authorization: 'Bearer sk-nobody-0123456789' }, 'token_not_found_in_db'],
  ])('%s is refused before its body has come, in the words of the pipeline', async (_name, headers, type) => {
    const early = await begin('/v1/chat/completions', headers);
    expect(early).toMatchObject({
      status: 401,
      headers: { 'x-should-retry': 'false', 'x-litellm-call-id': expect.stringMatching(/^call_/) },
      body: { error: { type, code: 'invalid_api_key' } },
    });
  });

  it.each(['/v1/messages', '/v1/responses', '/v1/embeddings', '/v1/responses/resp_1/cancel'])(
    'is refused before its body has come at %s too',
    async (path) => {
      expect((await begin(path, {})).status).toBe(401);
    },
  );

  it('and a blocked one alike', async () => {
    const made = await metered.app.master.createKey();
    await metered.app.master.do('blockKey', 'BlockKeyInput', { keyId: made.key.id }, 'key { id }');
    expect((await begin('/v1/chat/completions', { 'x-api-key': made.secret })).status).toBe(401);
  });

  it('does not keep others from being answered', async () => {
    expect((await metered.chat()).status).toBe(200);
  });
});
