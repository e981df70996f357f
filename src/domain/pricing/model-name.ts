/** A provider in LiteLLM's spelling ("openai", "gemini", "bedrock") and the model as that provider names it. */
export interface ModelName {
  readonly provider: string | null;
  readonly model: string;
}

/** Providers that may stand before a model's name, in LiteLLM's spelling. Others come in through `knownProviders`. */
export const PROVIDERS: ReadonlySet<string> = new Set(
  `ai21 aiml anthropic anyscale arcee avian azure azure_ai azure_text baseten bedrock bedrock_converse bedrock_mantle
  cerebras cloudflare codestral cohere cohere_chat cursor dashscope databricks deepgram deepinfra deepseek doubleword
  elevenlabs fireworks_ai friendliai gemini github github_copilot gradient_ai groq hosted_vllm huggingface hyperbolic
  jina_ai lambda_ai lm_studio meta_llama minimax mistral modal moonshot morph nebius novita nscale nvidia_nim ollama
  ollama_chat openai openai_like openrouter ovhcloud perplexity publicai qwencloud replicate sagemaker sagemaker_chat
  sambanova snowflake text-completion-codestral text-completion-openai together_ai triton v0 vercel_ai_gateway vertex_ai
  vertex_ai_beta vllm volcengine voyage watsonx xai xinference zai zhipuai`.split(/\s+/),
);

/** Other spellings of the same provider. */
const ALIASES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    google: 'gemini',
    'google-ai-studio': 'gemini',
    aws: 'bedrock',
    amazon: 'bedrock',
    'x-ai': 'xai',
    moonshotai: 'moonshot',
    fireworks: 'fireworks_ai',
    together: 'together_ai',
    'together-ai': 'together_ai',
    'github-copilot': 'github_copilot',
    voyageai: 'voyage',
    'azure-openai': 'azure',
    vertex: 'vertex_ai',
  }),
);

export function canonicalProvider(name: string): string {
  const lower = name.trim().toLowerCase();
  return ALIASES.get(lower) ?? lower;
}

/**
 * Splits "openai/gpt-4o" into provider and model. A prefix that is no provider belongs to the model:
 * "meta-llama/llama-4" has no provider, "openrouter/openai/gpt-4o" is the model "openai/gpt-4o" of OpenRouter.
 */
export function splitModel(name: string, knownProviders: ReadonlySet<string> = PROVIDERS): ModelName {
  const trimmed = name.trim();
  const slash = trimmed.indexOf('/');
  if (slash > 0 && slash < trimmed.length - 1) {
    const provider = canonicalProvider(trimmed.slice(0, slash));
    if (knownProviders.has(provider)) return { provider, model: trimmed.slice(slash + 1) };
  }
  return { provider: null, model: trimmed };
}

/** https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html */
const GEOGRAPHY = /^(us|us-gov|eu|apac|jp|au|ca|sa|global)\./;

/**
 * The names under which a model may be priced, most specific first: provider/region/model, provider/model, model, then
 * the model without its own prefixes. In lower case, as names are compared.
 */
export function lookupNames(provider: string | null, model: string): string[] {
  const split = splitModel(model);
  const owner = provider === null ? split.provider : canonicalProvider(provider);
  // The name given already carries its provider only if it is the same one: OpenRouter sells "openai/gpt-4o".
  const bare = (split.provider === owner ? split.model : model.trim()).toLowerCase();
  const tails = [bare];
  for (let slash = bare.indexOf('/'); slash >= 0; slash = bare.indexOf('/', slash + 1)) {
    tails.push(bare.slice(slash + 1));
  }
  // Bedrock's inference profiles put a geography before the model's own name.
  const home = owner === 'bedrock' ? (tails.at(-1) ?? bare).replace(GEOGRAPHY, '') : bare;
  if (!tails.includes(home)) tails.push(home);
  const qualified = owner === null ? [] : tails.map((tail) => `${owner}/${tail}`);
  return [...new Set([...qualified, ...tails])].filter((name) => name !== '');
}

const DATE_SUFFIX = /[-@](20\d{2})-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])$/;
const LATEST_SUFFIX = /[-@](latest|default)$/;

/**
 * The family of a dated or "latest" snapshot: "gpt-4o-2024-08-06", "claude-haiku-4-5@20251001" and "gpt-5-chat-latest"
 * lose their suffix. Null if there is none. A snapshot may cost something else than its family, so this is a last resort.
 */
export function undatedModel(model: string): string | null {
  const undated = model.replace(DATE_SUFFIX, '').replace(LATEST_SUFFIX, '');
  return undated === model || undated === '' ? null : undated;
}
