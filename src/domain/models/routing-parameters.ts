/** What a deployment's metadata says of its share of the calls, in LiteLLM's names. Anything else there is ignored. */
export interface RoutingParameters {
  /** Shares of the calls; null for those that say nothing. Requests and tokens per minute count as shares too. */
  readonly weight: number | null;
  readonly rpm: number | null;
  readonly tpm: number | null;
  /** Deployments of the lowest order are used as long as one of them can be; those without one come last. */
  readonly order: number | null;
  /** Time to the first byte of an answer; metadata holds seconds. */
  readonly timeoutMs: number | null;
  readonly streamTimeoutMs: number | null;
}

export function routingParameters(metadata: Readonly<Record<string, unknown>>): RoutingParameters {
  const timeout = amount(metadata['timeout']);
  const streamTimeout = amount(metadata['stream_timeout']);
  return {
    weight: amount(metadata['weight']),
    rpm: amount(metadata['rpm']),
    tpm: amount(metadata['tpm']),
    order: amount(metadata['order']),
    timeoutMs: timeout === null || timeout === 0 ? null : Math.round(timeout * 1000),
    streamTimeoutMs: streamTimeout === null || streamTimeout === 0 ? null : Math.round(streamTimeout * 1000),
  };
}

function amount(value: unknown): number | null {
  if (typeof value !== 'number' && (typeof value !== 'string' || value.trim() === '')) return null;
  const number = Number(value);
  return Number.isFinite(number) && number >= 0 ? number : null;
}
