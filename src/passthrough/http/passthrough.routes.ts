import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { newId } from '../../domain/ids';
import type { ModelRouter } from '../../models/model-router';
import { identify } from '../pipeline/authenticate';
import type { ReceivedCall } from '../pipeline/call';
import type { CallPorts } from '../pipeline/ports';
import { runCall } from '../pipeline/run-call';
import { anthropic } from '../providers/anthropic';
import { openAi } from '../providers/openai';
import type { Operation, WireFormat } from '../providers/provider';
import { HttpReply } from './http-reply';
import type { InFlight } from './in-flight';

export interface PassthroughRoutes {
  readonly ports: CallPorts;
  readonly models: Pick<ModelRouter, 'listModels'>;
  readonly inFlight: InFlight;
  readonly bodyLimitBytes: number;
}

const FORMATS: readonly WireFormat[] = [openAi, anthropic];

/** The providers' own paths, in their own wire formats. Nothing is decided here. */
export async function passthroughRoutes(app: FastifyInstance, parts: PassthroughRoutes): Promise<void> {
  // The body stays text: what goes upstream is the client's own bytes, with single members replaced.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    '*',
    { parseAs: 'string', bodyLimit: parts.bodyLimitBytes },
    (_request, body, done) => {
      done(null, body);
    },
  );
  for (const format of FORMATS) {
    for (const [path, operation] of Object.entries(format.paths)) {
      app.post(path, (request, reply) => {
        handleCall(parts, format, operation, path, request, reply);
      });
    }
  }
  for (const path of ['/v1/models', '/models']) {
    app.get(path, (request, reply) => listModels(parts, request, reply));
  }
  await Promise.resolve();
}

function handleCall(
  { ports, inFlight }: PassthroughRoutes,
  format: WireFormat,
  operation: Operation,
  endpoint: string,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  reply.hijack();
  const receivedAtMs = ports.clock.now();
  const out = new HttpReply(reply.raw);
  const call: ReceivedCall = {
    callId: newId('call', receivedAtMs),
    format,
    operation,
    endpoint,
    body: typeof request.body === 'string' ? request.body : '',
    receivedAtMs,
    header: (name) => headerOf(request, name),
  };
  if (inFlight.accepts) {
    inFlight.track(runCall(ports, call, out));
    return;
  }
  const error = {
    status: 503,
    type: 'internal_server_error',
    message: 'This server is stopping. Try again.',
  };
  out.send(
    503,
    { 'content-type': 'application/json', 'retry-after': '1' },
    JSON.stringify(format.errorBody(error)),
  );
}

/** What the key may use, in the shape of whichever SDK asks: Anthropic's sends its version. */
async function listModels(
  parts: PassthroughRoutes,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const isAnthropic = headerOf(request, 'anthropic-version') !== undefined;
  const format = isAnthropic ? anthropic : openAi;
  const caller = await identify(parts.ports, (name) => headerOf(request, name));
  if (!caller.ok) {
    await reply
      .code(caller.error.status)
      .headers(caller.error.headers ?? {})
      .send(format.errorBody(caller.error));
    return;
  }
  const lists = caller.value.kind === 'KEY' ? caller.value.key.modelAllowLists : [];
  const ids = (await parts.models.listModels(lists)).map((model) => model.id);
  await reply.send(isAnthropic ? anthropicModels(ids) : openAiModels(ids));
}

/** Models here have no date of their own; the formats require one. */
const NO_DATE = 0;

function openAiModels(ids: readonly string[]) {
  return {
    object: 'list',
    data: ids.map((id) => ({ id, object: 'model', created: NO_DATE, owned_by: 'spendgraph' })),
  };
}

function anthropicModels(ids: readonly string[]) {
  const created_at = new Date(NO_DATE).toISOString();
  return {
    data: ids.map((id) => ({ type: 'model', id, display_name: id, created_at })),
    has_more: false,
    first_id: ids[0] ?? null,
    last_id: ids.at(-1) ?? null,
  };
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}
