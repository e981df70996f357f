import { asRecord, type JsonRecord } from '../../domain/metering/json';
import { err, ok, type Result } from '../../domain/result';
import type { Route } from '../../models/route';
import { UpstreamError, type UpstreamResponse } from '../../platform/http/upstream-client';
import { openAi } from '../providers/openai/openai';
import { joinUrl } from '../providers/join-url';
import type { HeaderReader } from '../providers/provider';
import { unreachable } from '../pipeline/forward';
import { withoutOperatorDetails } from '../pipeline/operator-details';
import type { Refusal } from '../pipeline/refusal';
import { upstreamHeaders } from '../pipeline/response-headers';
import { blamesServer, serverBlamed } from '../pipeline/run-unmetered';
import { textOf } from '../pipeline/text-of';
import type { BatchPorts } from './batch-ports';

export interface ProviderQuestion {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below the version, with its query. */
  readonly path: string;
  readonly body?: string | Buffer;
  /** Default: application/json, where there is a body. */
  readonly contentType?: string;
  /** The most that the answer's first byte is waited for, whatever the deployment says. */
  readonly maxWaitMs?: number;
}

/** What the provider said, whatever its status. */
export interface ProviderAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Null when it is no JSON object. */
  readonly json: JsonRecord | null;
}

/** Why there is no answer; `isSent` is false only when not a byte of the question left. */
export interface NoAnswer {
  readonly refusal: Refusal;
  readonly isSent: boolean;
}

const NO_HEADERS: HeaderReader = () => undefined;

export function providerUrl(route: Pick<Route, 'apiBase'>, path: string): string {
  return joinUrl(route.apiBase, '/v1', path);
}

/** Asks the provider with the credential of the route, and reads what it says. */
export async function askProvider(
  ports: BatchPorts,
  route: Route,
  question: ProviderQuestion,
): Promise<Result<ProviderAnswer, NoAnswer>> {
  let upstream: UpstreamResponse;
  try {
    upstream = await openAnswer(ports, route, question);
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    return err({ refusal: unreachable(route.provider, error), isSent: error.sent });
  }
  const { status, body } = upstream;
  if (blamesServer(status)) {
    body.on('error', () => undefined).destroy();
    return err({ refusal: serverBlamed(route.provider, status), isSent: false });
  }
  const raw = await textOf(body);
  const text = status >= 400 ? withoutOperatorDetails(raw) : raw;
  return ok({ status, headers: upstreamHeaders({ upstream }), text, json: parse(text) });
}

/** The answer with its body unread. Throws `UpstreamError`. */
export function openAnswer(
  ports: BatchPorts,
  route: Route,
  { method, path, body, contentType = 'application/json', maxWaitMs }: ProviderQuestion,
): Promise<UpstreamResponse> {
  const url = providerUrl(route, path);
  const outgoing = { upstream: route, method, url, body: null, atMs: ports.clock.now() };
  const { 'content-type': _type, ...headers } = openAi.upstreamHeaders(outgoing, NO_HEADERS);
  return ports.upstream.send({
    url,
    method,
    headers: body === undefined ? headers : { ...headers, 'content-type': contentType },
    body: body ?? null,
    // What was asked for is waited for: a client that leaves must not leave in doubt whether a batch was made.
    signal: null,
    headersTimeoutMs: within(maxWaitMs, route.timeoutMs ?? ports.settings.routing.timeoutMs),
    allowPrivate: route.source !== 'API' || ports.settings.allowPrivateUpstreams,
  });
}

function parse(text: string): JsonRecord | null {
  try {
    return asRecord(JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}

/** Null for the server's own, which calls are given up much later than. */
function within(mostMs: number | undefined, timeoutMs: number | null): number | null {
  return mostMs === undefined || timeoutMs === null ? timeoutMs : Math.min(mostMs, timeoutMs);
}
