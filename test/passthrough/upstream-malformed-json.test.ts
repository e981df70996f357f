import { startMeteredApp, type MeteredApp } from '../support/metered-app';

describe('a provider whose answer cannot be read', () => {
  let metered: MeteredApp;
  beforeAll(async () => (metered = await startMeteredApp()));
  afterAll(() => metered.close());

  async function callAnswered(contentType: string, body: string, more: Record<string, unknown> = {}) {
    metered.upstream.behave((_call, response) => {
      response.writeHead(200, { 'content-type': contentType });
      response.end(body);
    });
    const response = await metered.chat(more);
    const [row, ...others] = await metered.booked(response.headers.get('x-litellm-call-id'));
    expect(others).toEqual([]);
    return { response, row };
  }

  it('is a 502, charged by an estimate of what came', async () => {
    const { response, row } = await callAnswered(
      'application/json',
      '{"choices":[{"message":{"content":"Hel',
    );
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ error: { code: 'upstream_malformed' } });
    expect(row).toMatchObject({ status: 'FAILURE', usage_source: 'ESTIMATED', http_status: 502 });
    expect(row?.output_tokens).toBeGreaterThan(0);
    expect(Number(row?.cost)).toBeGreaterThan(0);
    expect(await metered.faults()).toEqual([]);
  });

  it('is never charged above its hold, however much came', async () => {
    const { response, row } = await callAnswered('text/html', `<p>${'Bad gateway. '.repeat(50_000)}</p>`);
    expect(response.status).toBe(502);
    expect(row).toMatchObject({ usage_source: 'ESTIMATED', output_tokens: 100, overrun: '0' });
    expect(await metered.faults()).toEqual([]);
  });

  it('is charged for its input when nothing came at all', async () => {
    const { response, row } = await callAnswered('application/json', '');
    expect(response.status).toBe(502);
    expect(row).toMatchObject({ status: 'FAILURE', usage_source: 'ESTIMATED', output_tokens: 0 });
    expect(Number(row?.cost)).toBeGreaterThan(0);
    expect(await metered.faults()).toEqual([]);
  });

  it('counts as unreadable when it streams without having been asked to', async () => {
    const { response, row } = await callAnswered('text/event-stream', 'data: {"choices":[]}\n\n');
    expect(response.status).toBe(502);
    expect(row).toMatchObject({ status: 'FAILURE', usage_source: 'ESTIMATED' });
    expect(await metered.faults()).toEqual([]);
  });

  it('is passed on and charged as the provider says when it is whole though a stream was asked for', async () => {
    const answer = {
      id: 'chatcmpl-1',
      choices: [{ index: 0, message: { role: 'assistant', content: 'Hello there.' } }],
      usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
    };
    const { response, row } = await callAnswered('application/json', JSON.stringify(answer), {
      stream: true,
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(answer);
    expect(row).toMatchObject({ status: 'SUCCESS', usage_source: 'PROVIDER', cost: '0.00002' });
    expect(await metered.faults()).toEqual([]);
  });

  it('is charged for the part that came before the connection was reset', async () => {
    metered.upstream.behave((_call, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
      response.write(`{"choices":[{"message":{"content":"${'Hello there. '.repeat(10)}`, () =>
        response.destroy(),
      );
    });
    const response = await metered.chat();
    expect(response.status).toBe(502);
    const [row] = await metered.booked(response.headers.get('x-litellm-call-id'));
    expect(row).toMatchObject({ status: 'FAILURE', usage_source: 'ESTIMATED', http_status: 502 });
    expect(row?.output_tokens).toBeGreaterThan(20);
    expect(await metered.faults()).toEqual([]);
  });
});
