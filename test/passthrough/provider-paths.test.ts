import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { startApp, type TestApp } from '../support/app';
import { answerChat, startUpstream, type FakeUpstream } from '../support/upstream';

const PROVIDERS = ['openai', 'anthropic', 'gemini', 'cohere', 'mistral', 'azure'];
const METHODS = ['GET', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'POST'];
const BODY = JSON.stringify({ model: 'shared', max_tokens: 9, messages: [{ role: 'user', content: 'Hi' }] });

interface Attempt {
  readonly method: string;
  readonly path: string;
}

/** Ways to write a path so that one reader takes it for another. */
function disguises(provider: string, host: string): Attempt[] {
  const chat = `/${provider}/v1/chat/completions`;
  const paths = [
    ...[chat, `/${provider}/chat/completions`, `/${provider}/v1/messages`, `/${provider}/v2/chat`],
    ...[
      `/${provider}`,
      `/${provider}/`,
      `/${provider}/v1/files`,
      `/${provider}/v1/videos`,
      `/${provider}/v1/batches`,
    ],
    ...[`/${provider.toUpperCase()}/v1/chat/completions`, `/${provider}/V1/Chat/Completions`],
    ...[
      `/${chat}`,
      `/${provider}//v1/chat/completions`,
      `/${provider}/v1//chat/completions`,
      `${chat}/`,
      `${chat}//`,
    ],
    ...[
      `/${provider}%2Fv1%2Fchat%2Fcompletions`,
      `/${provider}/v1%2fchat/completions`,
      `%2F${provider}/v1/files`,
    ],
    ...[`/${provider}/../${provider}/v1/files`, `/${provider}/v1/chat/completions/../../files`],
    ...[`/${provider}/%2e%2e/v1/files`, `/${provider}/v1/%2E%2E/%2e/files`, `/${provider}/..;/v1/files`],
    ...[
      `${chat}/extra`,
      `${chat};x=1`,
      `${chat}.json`,
      `${chat}%00`,
      `${chat}%20`,
      `${chat}%3Fa`,
      `${chat}?a=/../b`,
    ],
    ...[`\\${provider}\\v1\\files`, `/${provider}\\v1\\files`, `/${provider}/v1/chat/completions#files`],
    ...[
      `http://${host}${chat}`,
      `http://${host}/${provider}/v1/files`,
      `http://elsewhere.test/${provider}/v1/files`,
    ],
    ...[`/${provider}/http://${host}/v1/files`, `//${host}/${provider}/v1/files`, `/./${provider}/v1/files`],
  ];
  return [
    ...paths.map((path) => ({ method: 'POST', path })),
    ...METHODS.flatMap((method) => [
      { method, path: chat },
      { method, path: `/${provider}/v1/files` },
    ]),
  ];
}

describe("paths below a provider's name", () => {
  let app: TestApp;
  let upstream: FakeUpstream;

  beforeAll(async () => {
    upstream = await startUpstream();
    const deployments = PROVIDERS.map(
      (provider) => `
  - model_name: shared
    litellm_params: {model: ${provider}/up-${provider}, api_base: "${upstream.url}/at-${provider}", api_key: s, input_cost_per_token: 1e-6, output_cost_per_token: 2e-6}
    model_info: {id: dep-${provider}}`,
    );
    const other = deployments[0]?.replace('shared', 'of-openai').replace('dep-', 'dep-only-') ?? '';
    app = await startApp({ yaml: `model_list:${deployments.join('')}${other}\n` });
  });
  afterAll(async () => {
    await app.settled();
    expect(await app.ledgerFaults()).toEqual([]);
    await app.close();
    await upstream.close();
  });
  beforeEach(() => {
    upstream.behave(answerChat());
    upstream.calls.length = 0;
  });

  /** Sends the path as it is written; `fetch` would tidy it. */
  async function send({ method, path }: Attempt, secret: string | null, body = BODY): Promise<number> {
    const { hostname, port } = new URL(app.url);
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...(secret === null ? {} : { authorization: `Bearer ${secret}` }),
    };
    // A connection for each, because a server may close one whose body it did not read.
    const outgoing = request({ hostname, port, method, path, headers, agent: false });
    outgoing.end(body);
    const [response] = (await once(outgoing, 'response').catch((error: unknown) => {
      throw new Error(`${method} ${path} was not answered.`, { cause: error });
    })) as [IncomingMessage];
    response.resume();
    await once(response, 'end');
    return response.statusCode ?? 0;
  }

  async function rowsOf(keyId: string): Promise<number> {
    const { rows } = await app.pool.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM spend_logs WHERE key_id = $1',
      [keyId],
    );
    return rows[0]?.count ?? -1;
  }

  it('reach a provider only with a reservation, however the path is written', async () => {
    const { secret, key } = await app.master.createKey();
    for (const provider of PROVIDERS) {
      for (const attempt of disguises(provider, new URL(app.url).host)) {
        const before = upstream.calls.length;
        const status = await send(attempt, secret);
        expect([attempt, status < 500]).toEqual([attempt, true]);
        if (status >= 400) expect([attempt, upstream.calls.length - before]).toEqual([attempt, 0]);
      }
    }
    await app.settled();
    expect(upstream.calls.length).toBeGreaterThan(0);
    expect(upstream.calls.filter(({ path }) => path.includes('files') || path.includes('..'))).toEqual([]);
    expect(await rowsOf(key.id)).toBe(upstream.calls.length);
  });

  it('reach no provider from a key without a budget, nor without a key', async () => {
    const { secret, key } = await app.master.createKey();
    const limit = { scope: 'KEY', scopeId: key.id, unit: 'USD', amount: '0' };
    await app.master.do('setLimit', 'SetLimitInput', limit, 'limit { id }');
    for (const provider of PROVIDERS) {
      for (const attempt of disguises(provider, new URL(app.url).host)) {
        await send(attempt, secret);
        await send(attempt, null);
      }
    }
    expect(upstream.calls).toEqual([]);
  });

  it.each(['openai', 'mistral'])('of %s lead to its own deployments of a shared name', async (provider) => {
    const { secret } = await app.master.createKey();
    const path = `/${provider}/v1/chat/completions`;
    for (let turn = 0; turn < 7; turn++) expect(await send({ method: 'POST', path }, secret)).toBe(200);
    const hit = upstream.calls.map((call) => [call.path.split('/')[1], call.body['model']]);
    expect(hit).toEqual(Array.from({ length: 7 }, () => [`at-${provider}`, `up-${provider}`]));
  });

  it("do not lead to another provider's model", async () => {
    const { secret } = await app.master.createKey();
    const body = BODY.replace('shared', 'of-openai');
    const chat = (provider: string) => ({ method: 'POST', path: `/${provider}/v1/chat/completions` });
    expect(await send(chat('mistral'), secret, body)).toBe(404);
    expect(upstream.calls).toEqual([]);
    expect(await send(chat('openai'), secret, body)).toBe(200);
  });

  it('that are not served say that they have no price', async () => {
    const { secret } = await app.master.createKey();
    for (const provider of [...PROVIDERS, 'bedrock', 'vertex_ai']) {
      const response = await fetch(`${app.url}/${provider}/v1/fine_tuning/jobs`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'text/csv' },
        body: 'x',
      });
      expect([provider, response.status, await response.text()]).toEqual([
        provider,
        404,
        expect.stringContaining(
          `POST /${provider}/v1/fine_tuning/jobs is not served here. No price is known for it`,
        ),
      ]);
    }
  });
});
