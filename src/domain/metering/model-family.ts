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

/**
 * Models that bill reasoning which their stream does not show, or shows only as a summary: OpenAI's o series and GPT-5
 * (https://platform.openai.com/docs/guides/reasoning), Gemini 2.5 and 3 (https://ai.google.dev/gemini-api/docs/thinking),
 * Claude from 4 on when thinking is asked for, and Grok's reasoning models.
 */
const HIDDEN_REASONING =
  /^(o[1-9](-|$)|gpt-5|codex-|gemini-(2\.5|[3-9])|gemini-.*thinking|grok-(3-mini|4|[5-9])|claude-(opus|sonnet|haiku)-[4-9])/;

/** Whether a call may be billed for more than what it delivers, so that a broken-off stream tells too little. */
export function mayReasonUnseen(model: string): boolean {
  return HIDDEN_REASONING.test(bareModelName(model).replace(/^.*anthropic\./, ''));
}
