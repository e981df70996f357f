/** How calls are spread over the deployments of a model and what follows a failure; LiteLLM's `router_settings`. */
export interface RoutingSettings {
  /**
   * How often a call is sent again after a failure, within the model that was asked for. Null when nobody said: then
   * each further deployment is tried once, up to `DEFAULT_RETRIES`, and none of them twice.
   */
  readonly numRetries: number | null;
  /** The least to wait before the same deployment is asked again; null for growing pauses. */
  readonly retryAfterMs: number | null;
  /** Failures within a minute that a deployment may have before it is left alone for a while. */
  readonly allowedFails: number;
  /** How long it is left alone; 0 never. */
  readonly cooldownMs: number;
  /** The models to ask instead, in order, by the model that was asked for; `*` stands for every other one. */
  readonly fallbacks: Readonly<Record<string, readonly string[]>>;
  /** The same for requests that are too long for the model. */
  readonly contextWindowFallbacks: Readonly<Record<string, readonly string[]>>;
  /** The most other models that one call asks. */
  readonly maxFallbacks: number;
  /** Time to the first byte of an answer, where the deployment has none of its own; null for the server's. */
  readonly timeoutMs: number | null;
  /** The same for streams; null for `timeoutMs`. */
  readonly streamTimeoutMs: number | null;
}

/** LiteLLM's: https://docs.litellm.ai/docs/routing and its `litellm/constants.py`. */
export const DEFAULT_RETRIES = 2;

export const DEFAULT_ROUTING: RoutingSettings = {
  numRetries: null,
  retryAfterMs: null,
  allowedFails: 3,
  cooldownMs: 5_000,
  fallbacks: {},
  contextWindowFallbacks: {},
  maxFallbacks: 5,
  timeoutMs: null,
  streamTimeoutMs: null,
};

/** The models to ask instead of the one that failed, in order. */
export function fallbacksOf(lists: RoutingSettings['fallbacks'], model: string): readonly string[] {
  return (Object.hasOwn(lists, model) ? lists[model] : lists['*']) ?? [];
}
