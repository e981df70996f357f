import type { JsonRecord } from '../../../domain/metering/json';
import { normaliseRerankUsage } from '../../../domain/metering/rerank';
import { mediaCall, mediaReading } from '../openai/media-call';
import type { CallRequest, Operation, ResponseReading } from '../provider';
import type { BodyReader } from '../read-body';

/** Documents ranked by a query: https://docs.cohere.com/reference/rerank. */
export function readRerank(operation: Operation, reader: BodyReader): CallRequest {
  reader.requiredText('model');
  reader.present('query');
  reader.list('documents');
  return mediaCall(operation, reader, { stream: false, answers: 1 });
}

export function readRerankAnswer(answer: JsonRecord | null): ResponseReading {
  return mediaReading(normaliseRerankUsage(answer), answer?.['model']);
}
