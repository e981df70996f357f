import { DEMO_MODEL } from './demo-answer';
import { bareModelName, familyOfModel } from './model-family';

export type Encoding = 'o200k_base' | 'cl100k_base';

export interface EncodingChoice {
  readonly encoding: Encoding;
  /** The model's own tokenizer is not public: counts by this encoding are near, not exact. */
  readonly approximate: boolean;
}

/** Models before GPT-4o (tiktoken's model.py); everything of OpenAI's that is newer uses o200k_base. */
const CL100K = /^(ft:)?(gpt-4(-|$)|gpt-3\.5|gpt-35|text-embedding-|davinci-002|babbage-002)/;

/** The encoding that counts a model's text: OpenAI's own, and the newest of them as a stand-in for other vendors. */
export function encodingOfModel(model: string): EncodingChoice {
  const name = bareModelName(model);
  if (CL100K.test(name)) return { encoding: 'cl100k_base', approximate: false };
  // The demo model's tokens are whole words, so a count by any encoding is no less than its own.
  const known = familyOfModel(model) === 'openai' || name.startsWith('gpt-oss') || name === DEMO_MODEL;
  return { encoding: 'o200k_base', approximate: !known };
}
