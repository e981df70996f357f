import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DEMO_MODEL } from '../../domain/metering/demo-answer';
import { asArray, asRecord } from '../../domain/metering/json';
import { systemClock, type Clock } from '../../platform/clock';
import { anthropic } from '../providers/anthropic/anthropic';
import { openAi } from '../providers/openai/openai';
import type { CallRequest, Operation, WireFormat } from '../providers/provider';
import { invalidRequest, type WireError } from '../providers/wire-error';
import { demoMessage, demoMessageEvents } from './demo-anthropic';
import { demoCompletion, demoCompletionChunks } from './demo-completions';
import { demoChatChunks, demoChatCompletion, demoEmbeddings } from './demo-openai';
import { demoModeration } from './demo-moderations';
import { demoReply } from './demo-request';
import { demoResponse, demoResponseEvents } from './demo-responses';

export interface DemoProvider {
  /** The base address, as `http://127.0.0.1:41234`; OpenAI's paths are below `/v1`. */
  readonly url: string;
  /** Ends open connections and frees the port. */
  close(): Promise<void>;
}

const MESSAGES_PATH = '/v1/messages';
const COUNT_PATH = '/v1/messages/count_tokens';
const MAX_BODY_BYTES = 32 * 1024 * 1024;
/** As many inputs as OpenAI takes: https://platform.openai.com/docs/api-reference/embeddings/create. */
const MAX_INPUTS = 2048;

/**
 * Starts the provider of the model `demo` on a free port of 127.0.0.1: chat completions, responses, completions,
 * embeddings, moderations, Messages and their count, and `GET /v1/models`. Its answers are the same each time, it takes
 * any key, and its usage is words: see `demoTokens` and `demoInputTokens`. Everything that is true of a call to a real
 * provider is true of a call to it.
 */
export async function startDemoProvider(clock: Clock = systemClock): Promise<DemoProvider> {
  const server = createServer((request, response) => {
    serve(request, response, clock).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${String(port)}`, close: () => close(server) };
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

async function serve(request: IncomingMessage, response: ServerResponse, clock: Clock): Promise<void> {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  if (request.method === 'GET' && path === '/v1/models') {
    json(response, 200, {
      object: 'list',
      data: [{ id: DEMO_MODEL, object: 'model', created: 0, owned_by: 'demo' }],
    });
    return;
  }
  const route = routeOf(path);
  if (request.method !== 'POST' || !route) {
    fail(response, openAi, notFound(`The demo provider has no ${request.method ?? ''} ${path}.`));
    return;
  }
  const text = await bodyOf(request);
  if (text === null) {
    fail(response, route.format, {
      status: 413,
      message: 'The request body is too large.',
      type: 'invalid_request_error',
    });
    return;
  }
  await serveCall(response, route, text, clock);
}

async function serveCall(response: ServerResponse, route: Route, text: string, clock: Clock): Promise<void> {
  const { format, operation, countsOnly } = route;
  const body = parse(text);
  const call = format.readRequest(operation, body);
  if (call.ok && countsOnly) {
    json(response, 200, { input_tokens: demoReply(asRecord(body) ?? {}, null).inputTokens });
    return;
  }
  const problem = call.ok ? refusal(call.value, body) : call.error;
  if (problem !== null || !call.ok) {
    fail(response, format, problem ?? invalidRequest('body', 'The request cannot be read.'));
    return;
  }
  await answer(response, call.value, asRecord(body) ?? {}, text, clock);
}

interface Route {
  readonly format: WireFormat;
  readonly operation: Operation;
  /** Whether the request is only counted, and not answered. */
  readonly countsOnly: boolean;
}

function routeOf(path: string): Route | null {
  const countsOnly = path === COUNT_PATH;
  for (const format of [openAi, anthropic]) {
    const operation = format.paths[countsOnly ? MESSAGES_PATH : path];
    if (operation !== undefined) return { format, operation, countsOnly };
  }
  return null;
}

function refusal(call: CallRequest, body: unknown): WireError | null {
  if (call.model !== DEMO_MODEL) {
    return notFound(`The model "${call.model}" does not exist here; use "${DEMO_MODEL}".`);
  }
  const inputs = call.operation === 'embeddings' ? asArray(asRecord(body)?.['input']) : [];
  if (typeof inputs[0] !== 'number' && inputs.length > MAX_INPUTS) {
    return invalidRequest('input', `"input" may have ${String(MAX_INPUTS)} items at most.`);
  }
  if (call.operation !== 'messages' || call.outputBound !== null) return null;
  return invalidRequest('max_tokens', '"max_tokens" is required.');
}

async function answer(
  response: ServerResponse,
  call: CallRequest,
  body: Readonly<Record<string, unknown>>,
  text: string,
  clock: Clock,
): Promise<void> {
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 24);
  const created = Math.floor(clock.now() / 1000);
  switch (call.operation) {
    case 'embeddings':
      json(response, 200, demoEmbeddings(call, body));
      return;
    case 'chat': {
      const id = `chatcmpl-${digest}`;
      if (call.stream) await stream(response, demoChatChunks(call, body, id, created));
      else json(response, 200, demoChatCompletion(call, body, id, created));
      return;
    }
    case 'completions': {
      const id = `cmpl-${digest}`;
      if (call.stream) await stream(response, demoCompletionChunks(call, body, id, created));
      else json(response, 200, demoCompletion(call, body, id, created));
      return;
    }
    case 'moderations':
      json(response, 200, demoModeration(call, body, digest));
      return;
    case 'responses':
      if (call.stream) await stream(response, demoResponseEvents(call, body, digest, created));
      else json(response, 200, demoResponse(call, body, digest, created));
      return;
    case 'messages': {
      const id = `msg_${digest}`;
      if (call.stream) await stream(response, demoMessageEvents(call, body, id));
      else json(response, 200, demoMessage(call, body, id));
      return;
    }
    default: {
      const message = 'The demo model answers with text alone, and not to this kind of request.';
      json(response, 404, { error: { message, type: 'invalid_request_error', param: 'model', code: null } });
    }
  }
}

/** Writes events as fast as the client reads them, and stops when it leaves. */
async function stream(response: ServerResponse, events: Iterable<Buffer>): Promise<void> {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
  });
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  for (const event of events) {
    if (gone.signal.aborted) return;
    if (!response.write(event)) await once(response, 'drain', { signal: gone.signal }).catch(() => undefined);
  }
  response.end();
}

/** The body as text; null when it is larger than is taken. */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return size > MAX_BODY_BYTES ? null : Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function notFound(message: string): WireError {
  return { status: 404, message, type: 'invalid_request_error', code: 'model_not_found', param: 'model' };
}

function fail(response: ServerResponse, format: WireFormat, error: WireError): void {
  json(response, error.status, format.errorBody(error));
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
