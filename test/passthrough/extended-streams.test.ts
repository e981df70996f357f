import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import type { ServerResponse } from 'node:http';
import { once } from 'node:events';
import { lawFiveViolations, watchLawFive } from '../support/law-five';
import { startMeteredApp, type MeteredApp } from '../support/metered-app';
import { json, type UpstreamCall } from '../support/upstream';

/** A token a word, as the tokenizer has them too. */
const WORD = ' token';
const HELD_FIRST = 1_024;

describe('a stream without a bound, under a HARD limit that has no room for the longest answer', () => {
  let metered: MeteredApp;
  let aborted: Promise<unknown> = Promise.resolve();
  let sent = 0;

  beforeAll(async () => {
    metered = await startMeteredApp({ SPENDGRAPH_ALLOW_PRIVATE_UPSTREAMS: 'true' });
    await watchLawFive(metered.app.pool);
    metered.upstream.behave((call, response) => {
      aborted = once(response, 'close');
      return call.path.endsWith('/messages') ? streamMessage(call, response) : streamChat(call, response);
    });
  });
  afterAll(async () => {
    expect(await metered.faults()).toEqual([]);
    expect(await lawFiveViolations(metered.app.pool)).toBe(0);
    await metered.close();
  });

  /** As many words as the message names, and then the end with the provider's own count. */
  async function streamChat(call: UpstreamCall, response: ServerResponse): Promise<void> {
    const {
      messages,
      stream_options: options,
      max_tokens: most,
    } = call.body as {
      messages: { content: string }[];
      stream_options?: { include_usage?: boolean };
      max_tokens?: number;
    };
    const wanted = Math.min(Number(messages[0]?.content), most ?? Infinity);
    if (call.body['stream'] !== true) {
      json(response, 200, { choices: [], usage: { prompt_tokens: 5, completion_tokens: wanted } });
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const base = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'upstream-gpt' };
    const event = (data: object) => `data: ${JSON.stringify({ ...base, ...data })}\n\n`;
    await words(response, wanted, () =>
      event({ choices: [{ index: 0, delta: { content: WORD }, finish_reason: null }] }),
    );
    if (response.destroyed) return;
    response.write(event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }));
    const usage = { prompt_tokens: 5, completion_tokens: wanted, total_tokens: wanted + 5 };
    if (options?.include_usage === true) response.write(event({ choices: [], usage }));
    response.end('data: [DONE]\n\n');
  }

  async function streamMessage(call: UpstreamCall, response: ServerResponse): Promise<void> {
    const { messages } = call.body as { messages: { content: string }[] };
    const event = (type: string, data: object) =>
      `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
    const usage = { input_tokens: 5, output_tokens: 1 };
    const message = {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'claude-3-haiku',
      content: [],
      usage,
    };
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(
      event('message_start', { message: { ...message, stop_reason: null, stop_sequence: null } }),
    );
    response.write(event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }));
    await words(response, Number(messages[0]?.content), () =>
      event('content_block_delta', { index: 0, delta: { type: 'text_delta', text: WORD } }),
    );
    if (!response.destroyed) response.end();
  }

  /** At the pace at which they are read. */
  async function words(response: ServerResponse, wanted: number, word: () => string): Promise<void> {
    let wake = (): void => undefined;
    for (const event of ['drain', 'close']) response.on(event, () => wake());
    for (sent = 0; sent < wanted && !response.destroyed; sent++)
      if (!response.write(word())) await new Promise<void>((resolve) => (wake = resolve));
  }

  /** A key whose budget is so many output tokens at 2 USD per million, and 1,200 for the question, which is bounded loosely. */
  async function keyFor(outputTokens: number): Promise<string> {
    const amount = ((outputTokens * 2 + 1_200) / 1e6).toFixed(6);
    const { secret, key } = await metered.app.master.createKey();
    const limit = { scope: 'KEY', scopeId: key.id, unit: 'USD', amount };
    await metered.app.master.do('setLimit', 'SetLimitInput', limit, 'limit { id }');
    return secret;
  }

  async function rowOf(callId: string | null | undefined) {
    await metered.app.settled();
    const { rows } = await metered.app.pool.query<{
      status: string;
      output: number;
      hold: string;
      overrun: string;
      source: string;
      error: string | null;
    }>(
      `SELECT status, output_tokens::int AS output, trim_scale(hold)::text AS hold, trim_scale(overrun)::text AS overrun,
              usage_source AS source, error FROM spend_logs WHERE call_id = $1`,
      [callId],
    );
    return rows[0];
  }

  const openai = (apiKey: string) => new OpenAI({ apiKey, baseURL: `${metered.app.url}/v1`, maxRetries: 0 });

  const ask = (words: number): OpenAI.ChatCompletionCreateParamsStreaming => ({
    model: 'my-gpt',
    stream: true,
    messages: [{ role: 'user', content: String(words) }],
  });

  it('holds more as the answer comes, and delivers one whole that fits', async () => {
    const client = openai(await keyFor(6_000));
    const { data: stream, response } = await client.chat.completions.create(ask(5_000)).withResponse();
    expect(response.headers.get('x-spendgraph-held-output-tokens')).toBe(String(HELD_FIRST));
    let text = '';
    let finish: string | null = null;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      finish = chunk.choices[0]?.finish_reason ?? finish;
    }
    expect(text.length / WORD.length).toBe(5_000);
    expect(finish).toBe('stop');
    const row = await rowOf(response.headers.get('x-litellm-call-id'));
    expect(row).toMatchObject({ status: 'SUCCESS', output: 5_000, overrun: '0', source: 'PROVIDER' });
    expect(Number(row?.hold)).toBeGreaterThan((5_000 * 2) / 1e6);
    expect(Number(row?.hold)).toBeLessThan((7_000 * 2) / 1e6);
  });

  it.each([false, true])(
    'is cut cleanly where there is no more room, by the official SDK of OpenAI (usage: %s)',
    async (includeUsage) => {
      const client = openai(await keyFor(3_000));
      const options = includeUsage ? { stream_options: { include_usage: true } } : {};
      const { data: stream, response } = await client.chat.completions
        .create({ ...ask(1_000_000), ...options })
        .withResponse();
      let text = '';
      let finish: string | null = null;
      let usage: OpenAI.CompletionUsage | null = null;
      for await (const chunk of stream) {
        text += chunk.choices[0]?.delta.content ?? '';
        finish = chunk.choices[0]?.finish_reason ?? finish;
        usage = chunk.usage ?? usage;
      }
      await aborted;
      const given = text.length / WORD.length;
      expect(finish).toBe('length');
      expect(given).toBeGreaterThan(2_500);
      expect(given).toBeLessThanOrEqual(3_100);
      expect(usage?.completion_tokens ?? null).toBe(includeUsage ? given : null);
      const row = await rowOf(response.headers.get('x-litellm-call-id'));
      expect(row).toMatchObject({ status: 'CANCELLED', output: given, overrun: '0', source: 'ESTIMATED' });
      expect(row?.error).toContain('limit lim_');
      // What the provider had on its way is all that it wrote for nothing.
      expect(sent).toBeLessThan(1_000_000);
    },
  );

  it('is cut cleanly for the official SDK of Anthropic', async () => {
    const { master } = metered.app;
    const named = { name: 'anthropic', provider: 'anthropic', secret: 'upstream-secret' };
    const { credential } = await master.do<{ credential: { id: string } }>(
      'createCredential',
      'CreateCredentialInput',
      named,
      'credential { id }',
    );
    const model = 'claude-3-haiku-20240307';
    const deployment = {
      model,
      provider: 'anthropic',
      apiBase: metered.upstream.url,
      credentialId: credential.id,
    };
    await master.do('createDeployment', 'CreateDeploymentInput', deployment, 'deployment { id }');
    const client = new Anthropic({ apiKey: await keyFor(3_000), baseURL: metered.app.url, maxRetries: 0 });
    const stream = client.messages.stream({
      model,
      messages: [{ role: 'user', content: '1000000' }],
    } as unknown as Anthropic.MessageStreamParams);
    const message = await stream.finalMessage();
    await aborted;
    expect(message.stop_reason).toBe('max_tokens');
    const [block] = message.content;
    const given = block?.type === 'text' ? block.text.length / WORD.length : 0;
    expect(given).toBeGreaterThan(1_000);
    const row = await rowOf(stream.response?.headers.get('x-litellm-call-id'));
    expect(row).toMatchObject({ status: 'CANCELLED', overrun: '0', source: 'ESTIMATED' });
  });

  it('shares a budget with others of its kind, each given what the others leave, and none passes it', async () => {
    const client = openai(await keyFor(14_000));
    const given = await Promise.all(
      Array.from({ length: 6 }, async () => {
        let text = '';
        const stream = await client.chat.completions.create(ask(5_000));
        for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
        return text.length / WORD.length;
      }),
    );
    const all = given.reduce((sum, each) => sum + each, 0);
    expect(all).toBeLessThanOrEqual(14_500);
    expect(all).toBeGreaterThan(8_000);
    expect(Math.min(...given)).toBeGreaterThan(0);
    expect(await lawFiveViolations(metered.app.pool)).toBe(0);
  });

  it('is shrunk before it is sent where not even a slice fits, and where the answer is no stream', async () => {
    const small = await openai(await keyFor(300))
      .chat.completions.create(ask(5))
      .withResponse();
    expect(Number(small.response.headers.get('x-spendgraph-max-output-tokens'))).toBeLessThan(400);
    expect(small.response.headers.get('x-spendgraph-held-output-tokens')).toBeNull();
    for await (const chunk of small.data) expect(chunk.id).toBe('chatcmpl-1');
    const whole = await openai(await keyFor(3_000))
      .chat.completions.create({ model: 'my-gpt', messages: ask(5).messages })
      .withResponse();
    expect(Number(whole.response.headers.get('x-spendgraph-max-output-tokens'))).toBeLessThan(3_100);
    expect(whole.response.headers.get('x-spendgraph-held-output-tokens')).toBeNull();
  });
});
