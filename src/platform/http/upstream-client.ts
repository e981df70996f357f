import type { Readable } from 'node:stream';
import { request, type Dispatcher } from 'undici';
import { dispatcher, type OutgoingSettings } from './dispatcher';
import { guardedLookup } from './guarded-lookup';
import { isPrivateHost } from './private-address';

export interface UpstreamRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers: Readonly<Record<string, string>>;
  /** Null when the request has none. */
  readonly body: string | Buffer | null;
  /** Gives the request up; null when nothing does. */
  readonly signal: AbortSignal | null;
  /** Time to the answer's headers; null or absent for the client's own. */
  readonly headersTimeoutMs?: number | null;
  /** Whether the address may be inside the operator's own network: true for those that the operator configured. */
  readonly allowPrivate: boolean;
}

export interface UpstreamResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readable;
}

/**
 * No response came. `sent` is false only when it is certain that not a byte of the request left; `givenUp` is true when
 * this side did not wait for the answer, so that the upstream may well go on.
 */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';

  constructor(
    message: string,
    readonly sent: boolean,
    readonly timedOut: boolean,
    readonly givenUp: boolean,
    options: { cause: unknown },
  ) {
    super(message, options);
  }
}

/** Failures of name resolution, connection or TLS set-up: all of them come before the first byte of a request. */
const BEFORE_SENDING = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPRIVATEADDRESS',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);
/** The client left, or this server stops. */
const GIVEN_UP = new Set(['UND_ERR_ABORTED', 'UND_ERR_DESTROYED', 'UND_ERR_CLOSED']);
const TIMEOUTS = new Set(['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

/** Connections to the providers, kept alive between calls. */
export class UpstreamClient {
  private readonly open: Dispatcher;
  private readonly guarded: Dispatcher;

  constructor(settings: OutgoingSettings) {
    this.open = dispatcher(settings, {});
    this.guarded = dispatcher(settings, { lookup: guardedLookup });
  }

  /** Sends a request and answers when the response's headers are there. Throws `UpstreamError`. */
  async send({
    url,
    method,
    headers,
    body,
    signal,
    allowPrivate,
    headersTimeoutMs = null,
  }: UpstreamRequest): Promise<UpstreamResponse> {
    if (!allowPrivate && isPrivateHost(new URL(url)))
      throw new UpstreamError('the address is private', false, false, false, { cause: null });
    if (signal?.aborted === true)
      throw new UpstreamError('given up before sending', false, false, true, { cause: null });
    try {
      const response = await request(url, {
        method,
        headers,
        body,
        signal,
        ...(headersTimeoutMs === null ? {} : { headersTimeout: headersTimeoutMs }),
        dispatcher: allowPrivate ? this.open : this.guarded,
      });
      return { status: response.statusCode, headers: response.headers, body: response.body };
    } catch (error) {
      const code = errorCode(error);
      const sent = !BEFORE_SENDING.has(code);
      throw new UpstreamError(code, sent, TIMEOUTS.has(code), GIVEN_UP.has(code), { cause: error });
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.open.destroy(), this.guarded.destroy()]);
  }
}

function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'UNKNOWN';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if ('cause' in error && error.cause !== error) return errorCode(error.cause);
  return error instanceof Error ? error.name : 'UNKNOWN';
}
