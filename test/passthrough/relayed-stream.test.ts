import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { SseParser } from '../../src/domain/metering/sse';
import { startDemoProvider, type DemoProvider } from '../../src/passthrough/demo/demo-provider';
import { anthropic } from '../../src/passthrough/providers/anthropic/anthropic';
import { openAi } from '../../src/passthrough/providers/openai/openai';
import type { WireFormat } from '../../src/passthrough/providers/provider';
import { sseComment } from '../../src/passthrough/providers/wire-error';
import { outgoingTo, upstreamAt } from '../support/outgoing';

/** A relay as the pipeline's: whole events, the usage chunk hidden, the cost in a comment before the terminal event. */
function relay(demo: DemoProvider, format: WireFormat, breakOff: boolean): Server {
  return createServer((incoming, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
      const text = Buffer.concat(chunks).toString();
      const operation = format.paths[(incoming.url ?? '').split('?')[0] ?? ''] ?? 'chat';
      const request = format.readRequest(operation, JSON.parse(text));
      if (!request.ok) throw new Error(request.error.message);
      const call = request.value;
      const target = upstreamAt(demo.url);
      const upstream = await fetch(format.target(target, call), {
        method: 'POST',
        headers: format.upstreamHeaders(outgoingTo(target), () => undefined),
        body: format.prepareRequest(call, text, { askForUsage: true }),
      });
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const meter = format.streamMeter(operation, { hideUsageChunk: !call.includeUsage });
      const parser = new SseParser();
      let events = 0;
      for await (const bytes of upstream.body ?? []) {
        for (const event of parser.push(bytes as Uint8Array)) {
          const { forward, terminal } = meter.accept(event);
          if (breakOff && ++events === 6) {
            response.end(
              format.streamError(
                call,
                {
                  status: 502,
                  message: 'The upstream broke off.',
                  type: 'upstream_error',
                },
                false,
              ),
            );
            return;
          }
          const output = meter.summary().usage?.usage.outputText ?? 0;
          if (terminal) response.write(sseComment({ 'x-cost': '0.000123', 'x-output': String(output) }));
          if (forward) response.write(event.raw);
        }
      }
      response.end();
    })();
  });
}

describe('a relayed stream', () => {
  let demo: DemoProvider;
  const servers: Server[] = [];
  beforeAll(async () => (demo = await startDemoProvider()));
  afterAll(async () => {
    for (const server of servers) server.close();
    await demo.close();
  });

  async function start(format: WireFormat, breakOff = false): Promise<string> {
    const server = relay(demo, format, breakOff).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  }

  const messages = [{ role: 'user' as const, content: 'hello' }];
  const openaiAt = (url: string): OpenAI => new OpenAI({ apiKey: 'k', baseURL: `${url}/v1`, maxRetries: 0 });
  const claudeAt = (url: string): Anthropic => new Anthropic({ apiKey: 'k', baseURL: url, maxRetries: 0 });

  it('is read by the OpenAI SDK, comment and all, without the usage that it did not ask for', async () => {
    const url = await start(openAi);
    const stream = await openaiAt(url).chat.completions.create({ model: 'demo', messages, stream: true });
    let text = '';
    for await (const chunk of stream) {
      expect(chunk.choices).toHaveLength(1);
      text += chunk.choices[0]?.delta.content ?? '';
    }
    expect(text).toContain('"hello"');
    const raw = await fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      body: JSON.stringify({ model: 'demo', messages, stream: true, max_tokens: 3 }),
    });
    const bytes = await raw.text();
    expect(bytes).toMatch(/: x-cost 0\.000123\n: x-output 3\n\ndata: \[DONE\]\n\n$/);
    expect(bytes).not.toContain('prompt_tokens');
  });

  it('has the usage that the OpenAI client asked for', async () => {
    const stream = await openaiAt(await start(openAi)).chat.completions.create({
      model: 'demo',
      messages,
      stream: true,
      stream_options: { include_usage: true },
      max_completion_tokens: 3,
    });
    const usages: unknown[] = [];
    for await (const chunk of stream) usages.push(chunk.usage);
    expect(usages.at(-1)).toMatchObject({ completion_tokens: 3 });
  });

  it('is read by the Anthropic SDK, comment and all', async () => {
    const message = await claudeAt(await start(anthropic))
      .messages.stream({ model: 'demo', max_tokens: 3, messages })
      .finalMessage();
    expect(message).toMatchObject({ content: [{ text: 'This is the' }], usage: { output_tokens: 3 } });
  });

  it('that breaks off becomes an error in both SDKs', async () => {
    const stream = await openaiAt(await start(openAi, true)).chat.completions.create({
      model: 'demo',
      messages,
      stream: true,
    });
    const drain = async (): Promise<void> => {
      for await (const chunk of stream) expect(chunk).toBeDefined();
    };
    await expect(drain()).rejects.toMatchObject({
      message: 'The upstream broke off.',
      type: 'upstream_error',
    });
    await expect(
      claudeAt(await start(anthropic, true))
        .messages.stream({ model: 'demo', max_tokens: 30, messages })
        .finalMessage(),
    ).rejects.toMatchObject({
      error: { error: { message: 'The upstream broke off.', code: 'upstream_error' } },
    });
  });
});
