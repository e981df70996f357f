import { startMeteredApp, type MeteredApp } from '../support/metered-app';
import { chatChunks, type UpstreamCall } from '../support/upstream';

describe('a stream that does not end as it should', () => {
  let metered: MeteredApp;
  beforeAll(async () => (metered = await startMeteredApp()));
  afterAll(() => metered.close());

  /** Streams these pieces, then cuts the connection or ends it in order. */
  async function stream(pieces: (call: UpstreamCall) => string[], end: 'cut' | 'end') {
    metered.upstream.behave((call, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const all = pieces(call).join('');
      response.write(all, () => (end === 'cut' ? response.destroy() : response.end()));
    });
    const response = await metered.chat({ stream: true });
    expect(response.status).toBe(200);
    const text = await response.text();
    const [row, ...others] = await metered.booked(response.headers.get('x-litellm-call-id'));
    expect(others).toEqual([]);
    expect(await metered.faults()).toEqual([]);
    return { text, row };
  }

  it('cut between events ends with an error event, and is charged for what was delivered', async () => {
    const { text, row } = await stream((call) => chatChunks(call, null).slice(0, 2), 'cut');
    expect(text).toContain('Hello');
    expect(text).toMatch(/data: \{"error":.*"code":"upstream_cut".*\}\n\n$/);
    expect(text).not.toContain('[DONE]');
    expect(row).toMatchObject({ status: 'FAILURE', usage_source: 'ESTIMATED', output_tokens: 3 });
    expect(Number(row?.cost)).toBeGreaterThan(6e-6);
  });

  it('cut in the middle of an event hands the half of it to nobody', async () => {
    const { text, row } = await stream((call) => {
      const [first = '', second = ''] = chatChunks(call, null);
      return [first, second.slice(0, 60)];
    }, 'cut');
    const events = text.split('\n\n').filter((event) => event.startsWith('data: '));
    for (const event of events) expect(() => JSON.parse(event.slice(6)) as unknown).not.toThrow();
    expect(row).toMatchObject({ status: 'FAILURE', usage_source: 'ESTIMATED', output_tokens: 1 });
  });

  it('ended without [DONE] is a failure as well', async () => {
    const { text, row } = await stream((call) => chatChunks(call, null), 'end');
    expect(text).toContain('"code":"upstream_cut"');
    expect(row).toMatchObject({ status: 'FAILURE', usage_source: 'ESTIMATED', output_tokens: 3 });
  });

  it('cut before anything was delivered used nothing', async () => {
    const { row } = await stream(() => [': hello\n\n'], 'cut');
    expect(row).toMatchObject({ status: 'FAILURE', usage_source: 'NONE', cost: '0' });
  });

  it('with an error event inside a 200 passes the event on, and is charged for what came before it', async () => {
    const event = 'data: {"error":{"message":"overloaded","type":"server_error","code":"503"}}\n\n';
    const { text, row } = await stream((call) => [...chatChunks(call, null).slice(0, 1), event], 'end');
    expect(text).toContain(event);
    expect(text.match(/"error"/g)).toHaveLength(1);
    expect(row).toMatchObject({
      status: 'FAILURE',
      usage_source: 'ESTIMATED',
      output_tokens: 1,
      error: 'overloaded',
    });
  });

  it("cut behind the provider's usage is charged by that", async () => {
    const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
    const { row } = await stream((call) => chatChunks(call, usage), 'cut');
    expect(row).toMatchObject({ status: 'FAILURE', usage_source: 'PROVIDER', cost: '0.00002' });
  });
});
