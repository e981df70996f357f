import type { OutgoingRequest, Upstream } from '../../src/passthrough/providers/provider';

/** An upstream as a deployment describes it. */
export function upstreamAt(apiBase: string, more: Partial<Upstream> = {}): Upstream {
  return { provider: 'openai', upstreamModel: 'm', apiKey: 'key', parameters: {}, ...more, apiBase };
}

/** A request that is about to leave for it. */
export function outgoingTo(upstream: Upstream, more: Partial<OutgoingRequest> = {}): OutgoingRequest {
  return { method: 'POST', url: upstream.apiBase, body: '{}', atMs: 0, ...more, upstream };
}
