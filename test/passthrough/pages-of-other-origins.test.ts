import { startMeteredApp, type MeteredApp } from '../support/metered-app';
import { answerChat } from '../support/upstream';

const ORIGIN = 'https://app.example.com';

/** Browsers show a page what another origin answers only if every answer allows it, those of calls included. */
describe('a page of an allowed origin', () => {
  let metered: MeteredApp;
  beforeAll(async () => {
    metered = await startMeteredApp({ SPENDGRAPH_CORS_ORIGINS: ORIGIN });
    metered.upstream.behave(answerChat());
  });
  afterAll(() => metered.close());

  const asked: Readonly<Record<string, () => Promise<Response>>> = {
    'an answer': () => metered.chat({}, { origin: ORIGIN }),
    'a stream': () => metered.chat({ stream: true }, { origin: ORIGIN }),
    'a refusal by the pipeline': () => metered.chat({ model: 'absent' }, { origin: ORIGIN }),
    'a refusal of a stranger': () => metered.chat({}, { origin: ORIGIN, authorization: 'Bearer sk-nobody' }),
    'a list of models': () =>
      fetch(`${metered.app.url}/v1/models`, {
        headers: { origin: ORIGIN, authorization: `Bearer ${metered.key}` },
      }),
  };

  it.each(Object.keys(asked))('may read %s, its cost and its request id', async (what) => {
    const response = (await asked[what]?.()) as Response;
    await response.arrayBuffer();
    expect(response.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(response.headers.get('access-control-expose-headers')).toContain('x-litellm-response-cost');
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('of another origin may not', async () => {
    const response = await metered.chat({}, { origin: 'https://elsewhere.example.com' });
    await response.arrayBuffer();
    expect(response.headers.get('access-control-allow-origin')).not.toBe('https://elsewhere.example.com');
  });
});
