import { bareModelName } from './model-family';

/** Whose request body a model of Bedrock takes: https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters.html. */
export type InvokeFamily = 'anthropic' | 'nova' | 'titan' | 'meta' | 'gpt-oss' | 'embedding' | 'other';

const RULES: readonly (readonly [RegExp, InvokeFamily])[] = [
  [/embed/, 'embedding'],
  [/anthropic\.|claude/, 'anthropic'],
  [/amazon\.nova/, 'nova'],
  [/amazon\.titan-text/, 'titan'],
  [/meta\.llama/, 'meta'],
  [/openai\.gpt/, 'gpt-oss'],
];

export function invokeFamily(model: string): InvokeFamily {
  const name = bareModelName(model);
  return RULES.find(([pattern]) => pattern.test(name))?.[1] ?? 'other';
}

/** Where each family has the most tokens of an answer, as a path of members. */
export const OUTPUT_BOUND_PATHS: Readonly<
  Record<Exclude<InvokeFamily, 'embedding'>, readonly [string, ...string[]]>
> = {
  anthropic: ['max_tokens'],
  nova: ['inferenceConfig', 'maxTokens'],
  titan: ['textGenerationConfig', 'maxTokenCount'],
  meta: ['max_gen_len'],
  'gpt-oss': ['max_completion_tokens'],
  other: ['max_tokens'],
};

/** Every member by which some family bounds its answers. */
export const OUTPUT_BOUND_NAMES: ReadonlySet<string> = new Set([
  ...['max_tokens', 'max_tokens_to_sample', 'max_new_tokens', 'max_completion_tokens', 'max_gen_len'],
  ...['maxTokens', 'maxTokenCount', 'max_output_tokens', 'maxOutputTokens', 'max_length'],
]);
/** Members that hold such bounds one level down. */
export const CONFIG_NAMES = ['textGenerationConfig', 'inferenceConfig', 'generation_config'] as const;
/** Members that ask for several answers. */
export const ANSWER_NAMES = ['n', 'num_generations', 'numResults', 'num_return_sequences'] as const;
