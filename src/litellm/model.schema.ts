import { z } from 'zod';
import { looseRecords, text } from './fields';
import type { InputMembers } from './members';

export const messages = looseRecords.nullish().describe('Messages as a chat completion takes them.');
export const tools = looseRecords.nullish().describe('Tools as a chat completion takes them.');

export const COUNT_TOKENS = {
  schema: z.object({
    model: text.describe('The model whose tokens are counted.'),
    prompt: z
      .union([text, z.array(text)], { error: 'must be text or a list of texts' })
      .nullish()
      .describe('Text alone, without the frame of a message.'),
    messages,
    tools,
    system: z
      .union([text, looseRecords], { error: 'must be text or a list of blocks' })
      .nullish()
      .describe("Anthropic's system prompt, which stands beside the messages."),
  }),
  ignored: ['call_endpoint'],
  refused: { contents: 'write the text into "messages"' },
} satisfies InputMembers;

export const MODEL_INFO = {
  schema: z.object({
    litellm_model_id: text.optional().describe('Only the model of this name.'),
  }),
  ignored: [],
  refused: {},
} satisfies InputMembers;

export type CountTokensInput = z.output<typeof COUNT_TOKENS.schema>;
