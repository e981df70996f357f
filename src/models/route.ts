import { allowsModel } from '../domain/models/model-pattern';
import type { DeploymentSource } from '../domain/models/deployment-source';
import type { UpstreamParameter } from './upstream-parameters';

/** Where a call of a model is sent. */
export interface Route {
  readonly deploymentId: string | null;
  /** In LiteLLM's spelling: "openai", "anthropic", "gemini". */
  readonly provider: string;
  /** The provider's name for the model. */
  readonly upstreamModel: string;
  /** Base address of the provider's API; empty for the built-in model, which is called nowhere. */
  readonly apiBase: string;
  /** Null when the upstream needs none. */
  readonly apiKey: string | null;
  /** What else its provider has to be told, as `api_version` for Azure and `aws_region_name` for Bedrock. */
  readonly parameters: Readonly<Partial<Record<UpstreamParameter, string>>>;
  /** Time to the first byte of an answer, and of a stream; null for the server's. */
  readonly timeoutMs: number | null;
  readonly streamTimeoutMs: number | null;
  readonly source: DeploymentSource;
  /** The name that the caller asked for. */
  readonly publicModel: string;
  /** By which lists of allowed models may know it: the name asked for, that with its provider in front, its access groups. */
  readonly names: readonly string[];
  /** The model whose price holds when the deployment names one; else null. */
  readonly baseModel: string | null;
}

/** Whether every list allows the route by one of its names. */
export function routeAllowed(lists: readonly (readonly string[])[], route: Route): boolean {
  return lists.every((list) => route.names.some((name) => allowsModel(list, name)));
}
