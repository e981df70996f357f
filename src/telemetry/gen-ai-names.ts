/** OpenTelemetry's names: https://opentelemetry.io/docs/specs/semconv/registry/attributes/gen-ai. */

const PROVIDERS: Readonly<Record<string, string>> = {
  azure: 'azure.ai.openai',
  azure_text: 'azure.ai.openai',
  azure_ai: 'azure.ai.inference',
  bedrock: 'aws.bedrock',
  bedrock_converse: 'aws.bedrock',
  gemini: 'gcp.gemini',
  vertex_ai: 'gcp.vertex_ai',
  vertex_ai_beta: 'gcp.vertex_ai',
  mistral: 'mistral_ai',
  xai: 'x_ai',
  watsonx: 'ibm.watsonx.ai',
};

/** A provider under its name in the conventions; their own words are those of most providers. */
export function genAiProvider(provider: string): string {
  return PROVIDERS[provider] ?? provider;
}

/** From the end of a path, after its version, base and colon. */
const OPERATIONS: readonly (readonly [RegExp, string])[] = [
  [/embed/i, 'embeddings'],
  [/generateContent$/i, 'generate_content'],
  [
    /(?:chat\/completions|\/chat|messages|responses|converse(?:-stream)?|invoke(?:-with-response-stream)?)$/,
    'chat',
  ],
  [/completions$/, 'text_completion'],
];

/** What the conventions call the operation; other operations go by the last word of their path, as "speech". */
export function genAiOperation(endpoint: string): string {
  const known = OPERATIONS.find(([pattern]) => pattern.test(endpoint))?.[1];
  return known ?? /[\w-]+$/.exec(endpoint)?.[0].replaceAll('-', '_') ?? 'call';
}
