import { asText } from '../../../domain/metering/json';
import { chat, embeddings } from './chat';
import type { OpenAiOperation } from './operation';
import type { CallRequest, Operation } from '../provider';
import { readMetadata, readTags, type BodyReader } from '../read-body';

/** What the API takes when the request names none: https://platform.openai.com/docs/api-reference/moderations/create. */
const DEFAULT_MODEL = 'omni-moderation-latest';

/** Says whether texts and pictures are harmful. It has an input and no output that is billed. */
export const moderations: OpenAiOperation = {
  ...chat,
  path: '/moderations',
  boundFormat: embeddings.boundFormat,
  read,
};

function read(operation: Operation, reader: BodyReader): CallRequest {
  const { body } = reader;
  reader.present('input');
  return {
    operation,
    model: asText(body['model']) ?? DEFAULT_MODEL,
    stream: false,
    includeUsage: false,
    outputBound: null,
    answers: 1,
    endUser: asText(body['user']),
    tags: readTags(body),
    metadata: readMetadata(body),
    serviceTier: null,
  };
}
