import { request } from 'node:http';
import { startApp, MASTER_KEY, type TestApp } from '../support/app';
import { chatChunks, startUpstream, type FakeUpstream } from '../support/upstream';

/** A client that leaves before the end must not have what it took for less than it cost. */
describe('leaving a stream early', () => {
  let app: TestApp;
  let upstream: FakeUpstream;

  beforeAll(async () => {
    upstream = await startUpstream();
    const deployment = (name: string, model: string) => `
  - model_name: ${name}
    litellm_params:
      model: ${model}
      api_base: ${upstream.url}
      api_key: x
      input_cost_per_token: 1e-6
      output_cost_per_token: 2e-6
      cache_creation_input_token_cost: 3e-6`;
    app = await startApp({
      environment: { SPENDGRAPH_MASTER_KEY_MAY_SPEND: 'true' },
      yaml: `model_list:${deployment('claude', 'anthropic/claude-3-5-haiku')}${deployment('thinker', 'openai/o3')}`,
    });
  });

  afterAll(async () => {
    expect(await app.ledgerFaults()).toEqual([]);
    await app.close();
    await upstream.close();
  });

  /** Sends a streamed call and closes the connection at the first bytes of the answer. */
  async function leaveAtFirstBytes(path: string, body: Record<string, unknown>): Promise<void> {
    const text = JSON.stringify({ ...body, stream: true, messages: [{ role: 'user', content: 'Hi' }] });
    await new Promise<void>((resolve) => {
      const sent = request(`${app.url}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${MASTER_KEY}`, 'content-type': 'application/json' },
      });
      sent.on('response', (response) => {
        response.once('data', () => {
          sent.destroy();
          resolve();
        });
      });
      sent.on('error', () => undefined);
      sent.end(text);
    });
  }

  async function lastRow(): Promise<Record<string, unknown>> {
    await app.settled();
    const { rows } = await app.pool.query<Record<string, unknown>>(
      `SELECT trim_scale(cost)::text AS cost, status, usage_source, usage FROM spend_logs ORDER BY seq DESC LIMIT 1`,
    );
    return rows[0] ?? {};
  }

  it('keeps the input that the provider told at the start, cache writes and all', async () => {
    upstream.behave((_call, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const usage = {
        input_tokens: 10,
        cache_creation_input_tokens: 300_000,
        cache_read_input_tokens: 0,
        output_tokens: 1,
      };
      const start = { type: 'message_start', message: { model: 'claude-3-5-haiku', usage } };
      const delta = {
        type: 'content_block_delta',
        index: 0,
        delta: { type: 'text_delta', text: 'Hello there.' },
      };
      response.write(`event: message_start\ndata: ${JSON.stringify(start)}\n\n`);
      response.write(`event: content_block_delta\ndata: ${JSON.stringify(delta)}\n\n`);
    });
    await leaveAtFirstBytes('/v1/messages', { model: 'claude', max_tokens: 100 });
    const row = await lastRow();
    expect(row).toMatchObject({
      status: 'CANCELLED',
      usage_source: 'ESTIMATED',
      usage: { inputCacheWrite5m: 300_000 },
    });
    expect(Number(row['cost'])).toBeGreaterThan(0.9);
  });

  it('is read to its end where the model reasons out of sight, so that the true usage is booked', async () => {
    let release: (() => void) | null = null;
    upstream.behave((call, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(chatChunks(call, null)[0]);
      release = () => {
        const usage = { prompt_tokens: 10, completion_tokens: 9_000, total_tokens: 9_010 };
        for (const chunk of chatChunks(call, usage).slice(1)) response.write(chunk);
        response.end('data: [DONE]\n\n');
      };
    });
    await leaveAtFirstBytes('/v1/chat/completions', { model: 'thinker', max_completion_tokens: 10_000 });
    (release as (() => void) | null)?.();
    expect(await lastRow()).toMatchObject({ usage_source: 'PROVIDER', cost: '0.01801' });
  });

  it('costs what was held where a model that reasons out of sight was cut off', async () => {
    upstream.behave((call, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(chatChunks(call, null)[0], () => response.destroy());
    });
    await fetch(`${app.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${MASTER_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'thinker',
        stream: true,
        max_completion_tokens: 1_000,
        messages: [{ role: 'user', content: 'Hi' }],
      }),
    }).then((response) => response.text());
    const row = await lastRow();
    expect(row).toMatchObject({ status: 'FAILURE', usage_source: 'ESTIMATED', usage: { outputText: 1_000 } });
  });
});

describe('a price that somebody set', () => {
  it('holds although the provider answers with a dated name that the catalogue prices', async () => {
    const upstream = await startUpstream((call, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const usage = { prompt_tokens: 1_000, completion_tokens: 1_000, total_tokens: 2_000 };
      const choices = [
        { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: call.path } },
      ];
      response.end(JSON.stringify({ model: 'gpt-4o-2024-08-06', choices, usage }));
    });
    const app = await startApp({
      environment: { SPENDGRAPH_MASTER_KEY_MAY_SPEND: 'true' },
      yaml: `
model_list:
  - model_name: my-gpt
    litellm_params: {model: openai/gpt-4o, api_base: '${upstream.url}/v1', api_key: x, input_cost_per_token: 1e-4, output_cost_per_token: 1e-4}
`,
    });
    const response = await fetch(`${app.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${MASTER_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'my-gpt',
        max_tokens: 2_000,
        messages: [{ role: 'user', content: 'Hi' }],
      }),
    });
    expect(response.headers.get('x-litellm-response-cost')).toBe('0.2');
    await app.close();
    await upstream.close();
  });
});
