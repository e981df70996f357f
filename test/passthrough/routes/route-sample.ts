import type { LimitUnit } from '../../../src/domain/limits/scope';
import type { Behaviour } from '../../support/upstream';

/** A call of one served route that succeeds, and what the provider answers to it. */
export interface RouteSample {
  /** As the server lists it, such as "POST /v1/chat/completions". */
  readonly route: string;
  /** Where to call it. Default: the route's own path. */
  readonly path?: string;
  /** What its calls are booked under. Default: the route's own path. */
  readonly endpoint?: string;
  /** The public name of the model that it calls, one of `SAMPLE_MODELS`. */
  readonly model: string;
  /** JSON unless it is text or bytes. */
  readonly body: unknown;
  /** Makes what its calls need first, which costs nothing, and answers the body. */
  readonly prepare?: (url: string, secret: string) => Promise<unknown>;
  /** Default: application/json. */
  readonly contentType?: string;
  readonly answer: Behaviour;
  /** The status of a refusal that no waiting mends. Default: 429. */
  readonly refusedStatus?: number;
  /** Units that the operation has none of, so that a limit on them lets it through. Default: none. */
  readonly hasNo?: readonly LimitUnit[];
  /** No deployment serves it, so that a limit on one lets it through. */
  readonly hasNoDeployment?: boolean;
}

/** A model that samples call: a deployment at the fake provider, in the words of the configuration file. */
export interface SampleModel {
  readonly name: string;
  /** In LiteLLM's words: "openai/gpt-sample". */
  readonly model: string;
  /** Below the fake provider's address. Default: none. */
  readonly basePath?: string;
  /** More lines of `litellm_params`, such as "api_version: v". */
  readonly params?: readonly string[];
  /** Default: a price for tokens of input and output. */
  readonly prices?: readonly string[];
}

/** A configuration file of the models, each deployment with an id made of its model's name. */
export function sampleYaml(url: string, models: readonly SampleModel[]): string {
  const entries = models.map(({ name, model, basePath = '', params = [], prices = TOKEN_PRICES }) => {
    const lines = [`model: ${model}`, `api_base: ${url}${basePath}`, ...params, ...prices];
    const secret = params.some((line) => line.startsWith('aws_')) ? [] : ['api_key: upstream-secret'];
    return `
  - model_name: ${name}
    litellm_params:
${[...lines, ...secret].map((line) => `      ${line}`).join('\n')}
    model_info: {id: ${deploymentOf(name)}}`;
  });
  return `model_list:${entries.join('')}\n`;
}

export function deploymentOf(model: string): string {
  return `dep-${model}`;
}

const TOKEN_PRICES = ['input_cost_per_token: 1e-6', 'output_cost_per_token: 0.000002'];
