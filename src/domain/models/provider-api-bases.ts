/**
 * Where the providers' APIs live unless a deployment says otherwise. A base without a path is a host whose API has its
 * version in front; a base with a path is complete.
 */
const API_BASES: Readonly<Record<string, string>> = {
  // https://platform.openai.com/docs/api-reference
  openai: 'https://api.openai.com',
  // https://docs.anthropic.com/en/api/overview
  anthropic: 'https://api.anthropic.com',
  // The OpenAI-compatible door: https://ai.google.dev/gemini-api/docs/openai
  gemini: 'https://generativelanguage.googleapis.com/v1beta/openai',
  // https://console.groq.com/docs/openai
  groq: 'https://api.groq.com/openai/v1',
  // https://docs.mistral.ai/api
  mistral: 'https://api.mistral.ai/v1',
  // https://api-docs.deepseek.com
  deepseek: 'https://api.deepseek.com/v1',
  // https://docs.x.ai/docs/api-reference
  xai: 'https://api.x.ai/v1',
  // https://openrouter.ai/docs/api-reference/overview
  openrouter: 'https://openrouter.ai/api/v1',
  // https://docs.together.ai/docs/openai-api-compatibility
  together_ai: 'https://api.together.xyz/v1',
};

/** The provider's own API, or null when it has none that is known here. */
export function defaultApiBase(provider: string): string | null {
  return Object.hasOwn(API_BASES, provider) ? (API_BASES[provider] ?? null) : null;
}
