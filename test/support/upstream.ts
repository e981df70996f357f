import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the provider got it. */
export interface UpstreamCall {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  readonly bytes: Buffer;
  readonly body: Record<string, unknown>;
}

export type Behaviour = (call: UpstreamCall, response: ServerResponse) => Promise<void> | void;

/** A provider on the loopback whose answers the test decides. It remembers every request that reached it. */
export interface FakeUpstream {
  readonly url: string;
  readonly calls: UpstreamCall[];
  behave(behaviour: Behaviour): void;
  close(): Promise<void>;
}

export async function startUpstream(first: Behaviour = answerChat()): Promise<FakeUpstream> {
  let behaviour = first;
  const calls: UpstreamCall[] = [];
  const server = createServer((request, response) => {
    void readCall(request).then(async (call) => {
      calls.push(call);
      await behaviour(call, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    behave: (next) => (behaviour = next),
    close: () => closeServer(server),
  };
}

/** OpenAI's answer with this usage, whole or streamed as the request asks. */
export function answerChat(usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 }): Behaviour {
  return (call, response) => {
    if (call.body['stream'] === true) {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const chunk of chatChunks(call, usage)) response.write(chunk);
      response.end('data: [DONE]\n\n');
      return;
    }
    json(response, 200, {
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 1,
      model: call.body['model'],
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello there.' } }],
      usage,
    });
  };
}

export function chatChunks(call: UpstreamCall, usage: object | null): string[] {
  const base = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: call.body['model'] };
  const delta = (content: string, finish: string | null = null) =>
    `data: ${JSON.stringify({ ...base, choices: [{ index: 0, delta: { content }, finish_reason: finish }] })}\n\n`;
  const asked =
    (call.body['stream_options'] as { include_usage?: boolean } | undefined)?.include_usage === true;
  const tail = usage && asked ? [`data: ${JSON.stringify({ ...base, choices: [], usage })}\n\n`] : [];
  return [delta('Hello'), delta(' there.'), delta('', 'stop'), ...tail];
}

export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function readCall(request: IncomingMessage): Promise<UpstreamCall> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const bytes = Buffer.concat(pieces);
  const text = bytes.toString('utf8');
  // Forms and bytes are looked at by the test itself.
  const isRaw = /^(multipart\/|application\/octet-stream)/.test(request.headers['content-type'] ?? '');
  const body = text === '' || isRaw ? {} : (JSON.parse(text) as Record<string, unknown>);
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: request.headers,
    text,
    bytes,
    body,
  };
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
}
