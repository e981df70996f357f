import { canonicalProvider } from '../domain/pricing/model-name';

/** Every provider of the bundled data, by the id it has there. */
export const CATALOGUE_PROVIDER_IDS: readonly string[] =
  `anthropic arcee avian aws azure baseten cerebras cloudflare
  cohere cursor deepseek doubleword fireworks github-copilot google groq huggingface_cerebras huggingface_fireworks-ai
  huggingface_groq huggingface_hyperbolic huggingface_nebius huggingface_novita huggingface_nscale huggingface_ovhcloud
  huggingface_publicai huggingface_sambanova huggingface_together minimax mistral modal moonshotai novita openai
  openrouter ovhcloud perplexity quicksilverpro together typesafe voyageai x-ai zai zhipuai`.split(/\s+/);

/** Where our provider's name (LiteLLM's spelling) and the id in the data differ. Several names share one price list. */
const ID_BY_PROVIDER: ReadonlyMap<string, string> = new Map(
  Object.entries({
    gemini: 'google',
    vertex_ai: 'google',
    vertex_ai_beta: 'google',
    bedrock: 'aws',
    bedrock_converse: 'aws',
    azure_ai: 'azure',
    azure_text: 'azure',
    xai: 'x-ai',
    moonshot: 'moonshotai',
    fireworks_ai: 'fireworks',
    together_ai: 'together',
    github_copilot: 'github-copilot',
    voyage: 'voyageai',
    cohere_chat: 'cohere',
    codestral: 'mistral',
    'text-completion-openai': 'openai',
    'text-completion-codestral': 'mistral',
  }),
);

/** The id under which the data knows a provider, or null if it doesn't know it. */
export function catalogueProviderId(provider: string): string | null {
  const name = canonicalProvider(provider);
  const id = ID_BY_PROVIDER.get(name) ?? name;
  return CATALOGUE_PROVIDER_IDS.includes(id) ? id : null;
}

/**
 * Names that tell their provider and are not told by the data's own patterns. Bedrock's names begin with the maker's,
 * after an optional geography: "us.anthropic.claude-…".
 */
const NAME_PATTERNS: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:[a-z-]+\.)?(?:anthropic|amazon|meta|mistral|cohere|ai21|deepseek|qwen|openai|writer|stability)\./,
    'bedrock',
  ],
  [
    /^(?:text-embedding-(?:3|ada)|tts-|dall-e|chatgpt-|omni-moderation|text-moderation|codex-|computer-use)/,
    'openai',
  ],
  [/^(?:davinci|babbage|sora-|gpt-)/, 'openai'],
  [/^(?:embed-|rerank-|c4ai-)/, 'cohere'],
  [/^(?:imagen-|veo-|gemma-|learnlm-)/, 'gemini'],
];

export function providerOfName(model: string): string | null {
  const name = model.trim().toLowerCase();
  return NAME_PATTERNS.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
