import type { PassThroughEndpoint } from '../../platform/config';
import type { ReceivedCall } from './call';

/** Of every request: what its body is, and what its client takes. */
const ALWAYS = ['accept', 'content-type'] as const;

/** Prefix of headers that are meant for what stands behind an endpoint, under the rest of their name. */
const MEANT = 'x-pass-';

/** The client's credentials, and what concerns its own connection alone. */
const OWN = new Set([
  ...['authorization', 'x-litellm-api-key', 'x-api-key', 'api-key', 'x-goog-api-key', 'cookie'],
  ...[
    'proxy-authorization',
    'host',
    'connection',
    'keep-alive',
    'te',
    'trailer',
    'transfer-encoding',
    'upgrade',
  ],
  ...['content-length', 'expect', 'accept-encoding', 'idempotency-key', 'forwarded', 'via'],
]);
const OWN_PREFIXES = ['x-forwarded-', 'x-litellm-', 'x-spendgraph-', 'cf-', 'sec-'];

/** What goes with a request to the endpoint's target. Whatever the operator set goes before what a client says. */
export function endpointHeaders(
  { headers, forwardsHeaders }: PassThroughEndpoint,
  header: ReceivedCall['header'],
  names: readonly string[],
  hasBody: boolean,
): Record<string, string> {
  const sent: Record<string, string> = {};
  const take = (name: string, from = name): void => {
    const value = header(from);
    if (value !== undefined) sent[name] = value;
  };
  for (const name of names) {
    if (name.startsWith(MEANT)) take(name.slice(MEANT.length), name);
    else if (forwardsHeaders && !isOwn(name)) take(name);
  }
  for (const name of ALWAYS) if (hasBody || name !== 'content-type') take(name);
  return { ...sent, ...headers };
}

function isOwn(name: string): boolean {
  return OWN.has(name) || OWN_PREFIXES.some((prefix) => name.startsWith(prefix));
}
