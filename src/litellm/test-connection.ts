import type { RequestContext } from '../access/context';
import { requireRule, RULES } from '../access/rules';
import { defaultApiBase } from '../domain/models/provider-api-bases';
import { ok, type Result } from '../domain/result';
import { upstreamParameters } from '../models/upstream-parameters';
import type { Probe } from '../passthrough/pipeline/probe';
import { readUpstreamUrl } from '../platform/http/upstream-url';
import { readDeploymentRequest } from './deployment-input';
import { secretOf, upstreamOf } from './deployment-settings';
import { badRequest, type LitellmFailure } from './failure';
import type { LitellmServices } from './services';

/** Tries a deployment as it is described, before it is made. Nothing is kept of it. */
export async function testConnection(
  ctx: RequestContext,
  { connections }: Pick<LitellmServices, 'connections'>,
  input: { readonly litellm_params?: unknown; readonly model_info?: unknown },
): Promise<Result<Exclude<Probe, { kind: 'NOT_TRIED' }>, LitellmFailure>> {
  requireRule(ctx.principal, RULES.serverAdmin);
  const read = readDeploymentRequest(input.litellm_params, input.model_info);
  if (!read.ok) return read;
  const { params } = read.value;
  const upstream = upstreamOf(params);
  if (!upstream.ok) return upstream;
  if (upstream.value === undefined)
    return badRequest('litellm_params.model', 'Name the model, as "openai/gpt-4o".');
  const secret = secretOf(params);
  if (!secret.ok) return secret;
  const { provider, upstreamModel } = upstream.value;
  const base = addressOf(provider, params.api_base, connections.allowsPrivateAddresses);
  if (!base.ok) return base;
  const probed = await connections.probe({
    ...{ deploymentId: null, provider, upstreamModel, apiBase: base.value, apiKey: secret.value ?? null },
    ...{ parameters: upstreamParameters(params), timeoutMs: null, streamTimeoutMs: null, source: 'API' },
    ...{ publicModel: upstreamModel, names: [], baseModel: null },
  });
  if (probed.kind !== 'NOT_TRIED') return ok(probed);
  return badRequest(
    'litellm_params.model',
    `The provider ${provider} has nothing to be asked for that costs nothing. Make the deployment and send a call.`,
  );
}

function addressOf(
  provider: string,
  given: string | null | undefined,
  allowPrivate: boolean,
): Result<string, LitellmFailure> {
  if (given != null) {
    const url = readUpstreamUrl(given, { allowPrivate });
    return url.ok ? url : badRequest('litellm_params.api_base', url.error);
  }
  const base = defaultApiBase(provider);
  if (base !== null) return ok(base);
  return badRequest(
    'litellm_params.api_base',
    `Say where ${provider} is called: no address of it is known here.`,
  );
}
