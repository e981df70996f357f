import { defaultApiBase } from '../domain/models/provider-api-bases';
import { canonicalProvider, splitModel } from '../domain/pricing/model-name';
import { err, ok, type Result } from '../domain/result';
import { readUpstreamUrl } from '../platform/http/upstream-url';
import { metadataIssues, nameIssues } from '../platform/input-checks';
import { issue, type UserIssue } from '../platform/user-issue';

export interface CreateDeployment {
  readonly model: string;
  readonly provider: string;
  readonly upstreamModel?: string | null | undefined;
  readonly apiBase?: string | null | undefined;
  readonly credentialId?: string | null | undefined;
  readonly metadata?: Record<string, unknown> | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

export interface UpdateDeployment extends Omit<Partial<CreateDeployment>, 'model' | 'provider'> {
  readonly deploymentId: string;
  readonly model?: string | null | undefined;
  readonly provider?: string | null | undefined;
}

/** What is stored of a deployment that a caller entered. */
export interface DeploymentColumns {
  readonly model: string;
  readonly provider: string;
  readonly upstreamModel: string;
  readonly apiBase: string | null;
  readonly credentialId: string | null;
  readonly metadata: Record<string, unknown>;
}

/** Checks what the caller entered and fills in what follows from it. */
export function readDeployment(
  input: CreateDeployment,
  settings: { readonly allowPrivateUpstreams: boolean },
): Result<DeploymentColumns, UserIssue[]> {
  const issues = [
    ...nameIssues('model', input.model),
    ...nameIssues('provider', input.provider),
    ...nameIssues('upstreamModel', input.upstreamModel),
    ...metadataIssues('metadata', input.metadata),
  ];
  if (issues.length > 0) return err(issues);
  const model = input.model.trim();
  const provider = canonicalProvider(input.provider);
  const upstreamModel = input.upstreamModel?.trim() ?? defaultUpstreamModel(model, provider);
  if (stars(upstreamModel) > stars(model)) {
    return issue(
      'INVALID',
      'upstreamModel',
      'It has more stars than the model, so what they stand for is open.',
    );
  }
  if (input.apiBase == null) {
    // Bedrock's address follows from its region.
    if (defaultApiBase(provider) === null && provider !== 'bedrock') {
      return issue(
        'REQUIRED',
        'apiBase',
        `Say where "${provider}" is called; its address is not known here.`,
      );
    }
  } else {
    const url = readUpstreamUrl(input.apiBase, { allowPrivate: settings.allowPrivateUpstreams });
    if (!url.ok) return issue('INVALID', 'apiBase', url.error);
  }
  return ok({
    model,
    provider,
    upstreamModel,
    apiBase: input.apiBase?.trim().replace(/\/+$/, '') ?? null,
    credentialId: input.credentialId ?? null,
    metadata: input.metadata ?? {},
  });
}

/** `openai/*` of the provider openai is its `*`; a name without that prefix is the same upstream. */
function defaultUpstreamModel(model: string, provider: string): string {
  const split = splitModel(model);
  return split.provider === provider ? split.model : model;
}

function stars(pattern: string): number {
  return pattern.split('*').length - 1;
}
