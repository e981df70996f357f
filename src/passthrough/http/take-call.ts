import type { FastifyReply, FastifyRequest } from 'fastify';
import { newId } from '../../domain/ids';
import type { ReceivedCall } from '../pipeline/call';
import type { CallPorts } from '../pipeline/ports';
import type { Received } from '../pipeline/received';
import { runCall } from '../pipeline/run-call';
import { runUnmetered, type UnmeteredCall } from '../pipeline/run-unmetered';
import type { WireFormat } from '../providers/provider';
import { HttpReply } from './http-reply';
import type { InFlight } from './in-flight';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether a key may be in the query as `key`. Nothing of a query is passed on or logged. */
    keyInQuery?: boolean;
  }
}

/** What the routes of calls stand on. */
export interface PassthroughParts {
  readonly ports: CallPorts;
  readonly inFlight: InFlight;
}

/** What is called, as far as the route tells. */
export type CalledRoute = Pick<ReceivedCall, 'format' | 'operation' | 'endpoint' | 'address'>;

/** Hands a metered call to the pipeline. */
export function takeCall(
  parts: PassthroughParts,
  route: CalledRoute,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const call = { ...receive(parts, request), format: route.format, operation: route.operation };
  const { endpoint, address } = route;
  take(parts, route.format, reply, (out) => runCall(parts.ports, { ...call, endpoint, address }, out));
}

/** Hands a call that costs nothing to its pipeline. */
export function takeUnmetered(
  parts: PassthroughParts,
  request: FastifyRequest,
  reply: FastifyReply,
  make: (received: Received) => UnmeteredCall,
): void {
  const call = make(receive(parts, request));
  take(parts, call.format, reply, (out) => runUnmetered(parts.ports, call, out));
}

/** A header of the request by its lower-case name. Where Google's clients call, their key may be in the query instead. */
export function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  if (value === undefined && name === 'x-goog-api-key' && request.routeOptions.config.keyInQuery === true) {
    return new URLSearchParams(request.url.split('?')[1] ?? '').get('key') ?? undefined;
  }
  return Array.isArray(value) ? value.join(', ') : value;
}

export function receive({ ports }: PassthroughParts, request: FastifyRequest): Received {
  const receivedAtMs = ports.clock.now();
  return {
    callId: newId('call', receivedAtMs),
    receivedAtMs,
    body: typeof request.body === 'string' ? request.body : '',
    upload: Buffer.isBuffer(request.body)
      ? { contentType: headerOf(request, 'content-type') ?? '', bytes: request.body }
      : null,
    header: (name) => headerOf(request, name),
  };
}

/** A stopping server takes no more calls. */
export function take(
  { inFlight }: PassthroughParts,
  format: WireFormat,
  reply: FastifyReply,
  run: (out: HttpReply) => Promise<void>,
): void {
  reply.hijack();
  const out = new HttpReply(reply.raw, reply.getHeaders());
  if (inFlight.accepts) {
    inFlight.track(run(out));
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
