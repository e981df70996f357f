import type { Route } from '../../models/route';
import { UpstreamError } from '../../platform/http/upstream-client';
import { anthropic } from '../providers/anthropic/anthropic';
import { gemini } from '../providers/gemini/gemini';
import { openAi } from '../providers/openai/openai';
import type { WireFormat } from '../providers/provider';
import { withoutOperatorDetails } from './operator-details';
import type { CallPorts } from './ports';
import { textOf } from './text-of';

export type ProbePorts = Pick<CallPorts, 'upstream' | 'clock'> & {
  readonly settings: Pick<CallPorts['settings'], 'allowPrivateUpstreams'>;
};

export type Probe =
  | { readonly kind: 'ANSWERED' }
  /** Safe to show to whoever runs the server. */
  | { readonly kind: 'FAILED'; readonly message: string }
  /** There is nothing to ask this provider for that costs nothing. */
  | { readonly kind: 'NOT_TRIED' };

const TIMEOUT_MS = 10_000;
const MAX_MESSAGE = 1_000;
const NO_HEADERS = (): undefined => undefined;

/**
 * Asks an upstream for its models, which costs nothing, so that its address and credential are known to work without a
 * call that no limit would hold.
 */
export async function probe({ upstream, clock, settings }: ProbePorts, route: Route): Promise<Probe> {
  const asked = questionOf(route);
  if (asked === null) return { kind: 'NOT_TRIED' };
  const { format, url } = asked;
  const outgoing = { upstream: route, method: 'GET', url, body: null, atMs: clock.now() } as const;
  const { 'content-type': _, ...headers } = format.upstreamHeaders(outgoing, NO_HEADERS);
  try {
    const { status, body } = await upstream.send({
      ...{ url, method: 'GET', headers, body: null, signal: null, headersTimeoutMs: TIMEOUT_MS },
      allowPrivate: route.source !== 'API' || settings.allowPrivateUpstreams,
    });
    if (status >= 200 && status < 300) {
      body.on('error', () => undefined).destroy();
      return { kind: 'ANSWERED' };
    }
    const text = withoutOperatorDetails(await textOf(body)).slice(0, MAX_MESSAGE);
    return { kind: 'FAILED', message: `The provider ${route.provider} answered ${status}: ${text}` };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    return {
      kind: 'FAILED',
      message: `The provider ${route.provider} cannot be reached (${error.message}).`,
    };
  }
}

/** The list of models beside the path of calls; of Gemini, the model itself. */
function questionOf(route: Route): { readonly format: WireFormat; readonly url: string } | null {
  const { provider, apiBase } = route;
  if (apiBase === '') return null;
  if (provider === 'anthropic') return at(anthropic, route, 'messages', /\/messages$/, '/models');
  if (provider === 'gemini') return at(gemini, route, 'generateContent', /:\w+$/, '');
  if (gemini.speaks(provider) || !openAi.speaks(provider)) return null;
  return at(openAi, route, 'chat', /(?:\/deployments\/[^/]+)?\/chat\/completions$/, '/models');
}

function at(
  format: WireFormat,
  route: Route,
  operation: Parameters<WireFormat['target']>[1]['operation'],
  from: RegExp,
  to: string,
): { readonly format: WireFormat; readonly url: string } {
  const url = new URL(format.target(route, { operation, stream: false }));
  url.pathname = url.pathname.replace(from, to);
  return { format, url: url.href };
}
