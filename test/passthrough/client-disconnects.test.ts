import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { systemClock } from '../../src/platform/clock';
import { startMeteredApp, type MeteredApp } from '../support/metered-app';
import { answerChat, chatChunks } from '../support/upstream';
import { until } from '../support/until';

describe('a client that disconnects', () => {
  let metered: MeteredApp;
  beforeAll(async () => (metered = await startMeteredApp()));
  afterAll(() => metered.close());
  beforeEach(() => {
    metered.upstream.calls.length = 0;
  });

  /** Makes the upstream send what is given and keep its stream open; resolves with the response when that is out. */
  function streamOpenly(pieces: (chunks: string[]) => string[]): Promise<ServerResponse> {
    return new Promise((resolve) => {
      metered.upstream.behave((call, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.flushHeaders();
        for (const piece of pieces(chatChunks(call, null))) response.write(piece);
        resolve(response);
      });
    });
  }

  it('in the middle of a stream has the upstream aborted within a second, and pays for what was delivered', async () => {
    const streaming = streamOpenly((chunks) => chunks.slice(0, 2));
    const client = new AbortController();
    const response = await metered.chat({ stream: true }, {}, client.signal);
    const reader = response.body?.getReader();
    let text = '';
    while (!text.includes(' there.')) text += Buffer.from((await reader?.read())?.value ?? []).toString();
    const closed = once(await streaming, 'close');
    const leftMs = systemClock.now();
    client.abort();
    await closed;
    expect(systemClock.now() - leftMs).toBeLessThanOrEqual(1_000);
    const [row] = await metered.booked(response.headers.get('x-litellm-call-id'));
    expect(row).toMatchObject({
      status: 'CANCELLED',
      usage_source: 'ESTIMATED',
      http_status: 499,
      requests: 1,
      error: 'the client closed the connection',
    });
    // "Hello there." is three tokens, and the request is at least its own text.
    expect(row?.output_tokens).toBe(3);
    expect(row?.input_tokens).toBeGreaterThan(0);
    expect(row?.cost).toBe(((row?.input_tokens ?? 0) * 1e-6 + 3 * 2e-6).toFixed(6));
    expect(await metered.faults()).toEqual([]);
  });

  it('before the first event still pays for the input, because the provider has it', async () => {
    const streaming = streamOpenly(() => []);
    const client = new AbortController();
    const response = await metered.chat({ stream: true }, {}, client.signal);
    const closed = once(await streaming, 'close');
    client.abort();
    await closed;
    const [row] = await metered.booked(response.headers.get('x-litellm-call-id'));
    expect(row).toMatchObject({ status: 'CANCELLED', usage_source: 'ESTIMATED', output_tokens: 0 });
    expect(Number(row?.cost)).toBeGreaterThan(0);
    expect(await metered.faults()).toEqual([]);
  });

  it('before the upstream has answered has it aborted, and pays for the input', async () => {
    const received = new Promise<ServerResponse>((resolve) => {
      metered.upstream.behave((_call, response) => resolve(response));
    });
    const client = new AbortController();
    const call = metered.chat({ stream: true, user: 'left-early' }, {}, client.signal);
    const closed = once(await received, 'close');
    client.abort();
    await expect(call).rejects.toThrow();
    await closed;
    const row = (await metered.booked()).at(-1);
    expect(row).toMatchObject({ status: 'CANCELLED', usage_source: 'ESTIMATED', output_tokens: 0 });
    expect(row?.input_tokens).toBeGreaterThan(0);
    expect(await metered.faults()).toEqual([]);
  });

  it('while a whole answer is awaited pays what the provider counted, though nobody reads it', async () => {
    const received = new Promise<() => void>((resolve) => {
      metered.upstream.behave((call, response) => {
        resolve(() => void answerChat()(call, response));
      });
    });
    const client = new AbortController();
    const call = metered.chat({}, {}, client.signal);
    const answer = await received;
    client.abort();
    await expect(call).rejects.toThrow();
    answer();
    const row = (await metered.booked()).at(-1);
    expect(row).toMatchObject({ status: 'SUCCESS', usage_source: 'PROVIDER', cost: '0.00002' });
    expect(await metered.faults()).toEqual([]);
  });

  it('in crowds leaves nothing reserved, and every call is booked once', async () => {
    const before = (await metered.booked()).length;
    metered.upstream.behave((call, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(chatChunks(call, null)[0]);
    });
    const clients = Array.from({ length: 100 }, () => new AbortController());
    const responses = clients.map((client) => metered.chat({ stream: true }, {}, client.signal));
    await Promise.all(
      responses.map(async (response, index) => {
        const reader = (await response).body?.getReader();
        await reader?.read();
        clients[index]?.abort();
      }),
    );
    await until('every call is booked', async () => (await metered.booked()).length === before + 100);
    const rows = (await metered.booked()).slice(before);
    expect(rows.filter((row) => row.status === 'CANCELLED' && row.output_tokens === 1)).toHaveLength(100);
    expect(await metered.faults()).toEqual([]);
  });
});
