/** Whose tokenizer and media rules a model follows, as far as its name tells. */
export type ModelFamily = 'openai' | 'anthropic' | 'google' | 'other';

const RULES: readonly (readonly [RegExp, ModelFamily])[] = [
  [/^(gpt-oss)/, 'other'],
  [
    /^(gpt-|chatgpt-|o[1-9](-|$)|text-embedding-|davinci|babbage|codex-|computer-use-preview|ft:gpt-)/,
    'openai',
  ],
  [/claude/, 'anthropic'],
  [/^(gemini|gemma|learnlm|palm)/, 'google'],
];

/** Reads the family off a model's name; a provider's or region's prefix ("azure/", "us.anthropic.") is ignored. */
export function familyOfModel(model: string): ModelFamily {
  const name = bareModelName(model);
  for (const [pattern, family] of RULES) if (pattern.test(name)) return family;
  return 'other';
}

/** A model's name without the route in front of it: "azure/eu/gpt-4o" is "gpt-4o". Lower case. */
export function bareModelName(model: string): string {
  return model.slice(model.lastIndexOf('/') + 1).toLowerCase();
}
