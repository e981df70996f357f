import type { Upstream } from '../provider';

/** The newest that is not a preview: https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle. */
const DEFAULT_API_VERSION = '2024-10-21';
/** Versions of the API that has none in its path any more; only the first is still named in the query. */
const UNVERSIONED: ReadonlySet<string> = new Set(['preview', 'latest', 'v1']);

/**
 * Where a deployment of Azure OpenAI is called. The base is the resource, the resource's `/openai/v1`, or the deployment
 * itself, as people copy them from the portal.
 */
export function azureTarget({ apiBase, upstreamModel, parameters }: Upstream, path: string): string {
  const version = parameters.api_version ?? null;
  const base = apiBase.replace(/\/+$/, '');
  const resource = base.replace(/\/openai(\/v1)?$/, '');
  if (base.endsWith('/openai/v1') || (version !== null && UNVERSIONED.has(version))) {
    return `${resource}/openai/v1${path}${version === 'preview' ? '?api-version=preview' : ''}`;
  }
  const query = `?api-version=${encodeURIComponent(version ?? DEFAULT_API_VERSION)}`;
  if (/\/openai\/deployments\/[^/]+$/.test(base)) return `${base}${path}${query}`;
  // Responses name their deployment in the body alone.
  const deployment = path === '/responses' ? '' : `/deployments/${encodeURIComponent(upstreamModel)}`;
  return `${resource}/openai${deployment}${path}${query}`;
}

export function isAzure({ provider }: Pick<Upstream, 'provider'>): boolean {
  return provider === 'azure' || provider === 'azure_text';
}
