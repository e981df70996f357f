import { DEFAULT_COMPLETION_TOKENS } from '../../../domain/metering/request-bound-completions';
import { asRecord, asText } from '../../../domain/metering/json';
import { chat } from './chat';
import type { OpenAiOperation } from './operation';
import type { CallRequest, Operation } from '../provider';
import { readMetadata, readTags, type BodyReader } from '../read-body';

/** https://platform.openai.com/docs/api-reference/completions/create */
const MAX_ANSWERS = 128;
const MAX_BEST_OF = 20;

/** The older API: a prompt in, text out. Its chunks and usage are those of chat completions. */
export const completions: OpenAiOperation = {
  ...chat,
  path: '/completions',
  boundFormat: 'openai-completions',
  read,
  prepare: (call, text, edits) => {
    // The documented default is written down, for upstreams that have another one or none.
    const bound = call.outputBound === null ? { outputBound: DEFAULT_COMPLETION_TOKENS } : {};
    return chat.prepare(call, text, { ...edits, outputBoundMember: 'max_tokens', ...bound });
  },
};

function read(operation: Operation, reader: BodyReader): CallRequest {
  const { body } = reader;
  const { prompt } = body;
  if (prompt !== undefined && prompt !== null && typeof prompt !== 'string' && !Array.isArray(prompt)) {
    reader.refuse('prompt', '"prompt" must be a string, or an array of strings or token ids.');
  }
  const answers = reader.count('n', MAX_ANSWERS) ?? 1;
  reader.count('best_of', MAX_BEST_OF);
  return {
    operation,
    model: reader.requiredText('model'),
    stream: reader.flag('stream'),
    includeUsage: asRecord(body['stream_options'])?.['include_usage'] === true,
    // None at all is allowed together with `echo`, to have a text scored.
    outputBound: reader.count('max_tokens', Number.MAX_SAFE_INTEGER, 0),
    answers,
    endUser: asText(body['user']),
    tags: readTags(body),
    metadata: readMetadata(body),
    serviceTier: asText(body['service_tier']),
  };
}
