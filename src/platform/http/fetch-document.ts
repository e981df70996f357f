import { err, ok, type Result } from '../../domain/result';
import { isPrivateHost } from './private-address';
import { UpstreamError, type UpstreamClient, type UpstreamResponse } from './upstream-client';
import { readUpstreamUrl } from './upstream-url';

export interface DocumentRequest {
  readonly url: string;
  readonly maxBytes: number;
  readonly timeoutMs: number;
  /** Whether addresses inside the operator's own network, and http to them, are allowed. */
  readonly allowPrivate: boolean;
}

const MAX_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Fetches a text from an address that an administrator enters: https and public unless the operator allows his own network, bounded
 * in time and size, redirected within its host only. The error says why it was not fetched.
 */
export async function fetchDocument(
  client: Pick<UpstreamClient, 'send'>,
  request: DocumentRequest,
): Promise<Result<string, string>> {
  const signal = AbortSignal.timeout(request.timeoutMs);
  let read = readAddress(request.url, request.allowPrivate);
  try {
    for (let redirects = 0; read.ok && redirects <= MAX_REDIRECTS; redirects += 1) {
      const url = read.value;
      const headers = { accept: 'application/json' };
      const { allowPrivate } = request;
      const response = await client.send({ url, method: 'GET', headers, body: null, signal, allowPrivate });
      if (response.status === 200) return await readText(response, request.maxBytes);
      // What is not read would hold the connection; ending it is told as an error that nobody needs.
      response.body.on('error', () => undefined).destroy();
      if (!REDIRECTS.has(response.status)) return err(`The server answered ${response.status}.`);
      read = redirected(url, response.headers['location'], allowPrivate);
    }
  } catch (error) {
    if (signal.aborted) return err(`It was not fetched within ${request.timeoutMs} ms.`);
    if (error instanceof UpstreamError) return err(`It cannot be fetched (${error.message}).`);
    return err('The connection broke before all of it came.');
  }
  return read.ok ? err('It is redirected too often.') : read;
}

function readAddress(text: string, allowPrivate: boolean): Result<string, string> {
  const read = readUpstreamUrl(text, { allowPrivate });
  if (!read.ok) return read;
  // Plain http is for what never leaves the operator's own network.
  const isSafe = read.value.startsWith('https://') || isPrivateHost(new URL(read.value));
  return isSafe ? read : err('The address must begin with https://.');
}

function redirected(
  from: string,
  location: string | string[] | undefined,
  allowPrivate: boolean,
): Result<string, string> {
  if (typeof location !== 'string' || !URL.canParse(location, from)) {
    return err('It is redirected to no address.');
  }
  const to = new URL(location, from);
  if (to.host !== new URL(from).host) return err(`It is redirected to another host, "${to.host}".`);
  return readAddress(to.href, allowPrivate);
}

async function readText({ body }: UpstreamResponse, maxBytes: number): Promise<Result<string, string>> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of body) {
    const bytes = Buffer.isBuffer(piece) ? piece : Buffer.from(String(piece));
    length += bytes.length;
    // Leaving the loop closes the connection.
    if (length > maxBytes) return err(`It is larger than ${maxBytes} bytes.`);
    pieces.push(bytes);
  }
  return ok(Buffer.concat(pieces).toString('utf8'));
}
