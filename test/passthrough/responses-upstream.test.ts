import type { ServerResponse } from 'node:http';
import { startMeteredApp, type MeteredApp } from '../support/metered-app';
import { json } from '../support/upstream';

/** Responses that end in other ways than well, at a provider whose answers the test decides. */
describe('a response of the Responses API', () => {
  let metered: MeteredApp;
  beforeAll(async () => (metered = await startMeteredApp()));
  afterAll(async () => {
    expect(await metered.faults()).toEqual([]);
    await metered.close();
  });

  const usage = { input_tokens: 10, output_tokens: 5, total_tokens: 15 };
  const frame = { id: 'resp_1', object: 'response', model: 'upstream-gpt' };

  function ask(body: Record<string, unknown>): Promise<Response> {
    return fetch(`${metered.app.url}/v1/responses`, {
      method: 'POST',
      headers: { authorization: `Bearer ${metered.key}` },
      body: JSON.stringify({ model: 'my-gpt', input: 'Hi', max_output_tokens: 100, ...body }),
    });
  }

  function streamed(...events: readonly object[]): (call: unknown, response: ServerResponse) => void {
    return (_call, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const event of events) response.write(`data: ${JSON.stringify(event)}\n\n`);
      response.end();
    };
  }

  async function bookedOf(response: Response): Promise<{ text: string; rows: object[] }> {
    const text = await response.text();
    return { text, rows: await metered.booked(response.headers.get('x-litellm-call-id')) };
  }

  it('goes to /responses with the upstream model and without what was meant for this server', async () => {
    metered.upstream.behave((_call, response) => {
      json(response, 200, { ...frame, status: 'completed', output: [], usage });
    });
    const { rows } = await bookedOf(await ask({ tags: ['a'], metadata: { tags: ['b'], job: 'x' } }));
    const sent = metered.upstream.calls.at(-1);
    expect(sent?.path).toBe('/v1/responses');
    expect(sent?.body).toEqual({
      model: 'upstream-gpt',
      input: 'Hi',
      max_output_tokens: 100,
      metadata: { job: 'x' },
    });
    expect(rows).toMatchObject([{ status: 'SUCCESS', cost: '0.00002', usage_source: 'PROVIDER' }]);
  });

  it('that is cut off is charged for what was delivered, and its stream ends with an error', async () => {
    metered.upstream.behave(streamed({ type: 'response.output_text.delta', delta: 'Hello there.' }));
    const { text, rows } = await bookedOf(await ask({ stream: true }));
    expect(text).toMatch(/event: error\ndata: \{"type":"error","code":"upstream_cut"/);
    expect(rows).toMatchObject([{ status: 'FAILURE', usage_source: 'ESTIMATED', output_tokens: 3 }]);
  });

  it('that fails before anything was delivered costs nothing', async () => {
    const error = { code: 'server_error', message: 'Broken.' };
    metered.upstream.behave(
      streamed({ type: 'response.failed', response: { ...frame, status: 'failed', error, usage: null } }),
    );
    const { text, rows } = await bookedOf(await ask({ stream: true }));
    expect(text).toContain('response.failed');
    expect(rows).toMatchObject([{ status: 'FAILURE', cost: '0', usage_source: 'NONE', error: 'Broken.' }]);
  });

  it('that fails late costs the usage that it reports', async () => {
    const failed = { ...frame, status: 'failed', error: { code: 'server_error', message: 'Broken.' }, usage };
    metered.upstream.behave(streamed({ type: 'response.failed', response: failed }));
    const { rows } = await bookedOf(await ask({ stream: true }));
    expect(rows).toMatchObject([{ status: 'FAILURE', cost: '0.00002', usage_source: 'PROVIDER' }]);
  });

  it('that continues a stored one holds more than its bytes', async () => {
    metered.upstream.behave((_call, response) => {
      json(response, 200, { ...frame, status: 'completed', output: [], usage });
    });
    const plain = (await bookedOf(await ask({}))).rows as { hold: string }[];
    const stored = (await bookedOf(await ask({ previous_response_id: 'resp_0' }))).rows as { hold: string }[];
    expect(Number(stored[0]?.hold)).toBeGreaterThan(Number(plain[0]?.hold) + 0.001);
  });
});
