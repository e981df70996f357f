import { asText } from '../../../domain/metering/json';
import type { NormalisedUsage } from '../../../domain/metering/normalised-usage';
import { DeliveredText } from '../../../domain/metering/stream-meter';
import { spliceTopLevel } from '../../../domain/metering/splice-json';
import type { CallRequest, Operation, RequestEdits, ResponseReading } from '../provider';
import { readMetadata, readTags, type BodyReader } from '../read-body';
import { modelEdit, PROXY_MEMBERS } from './operation';

/** What requests for media have in common: no output bound of their own. */
export function mediaCall(
  operation: Operation,
  reader: BodyReader,
  more: Pick<CallRequest, 'stream' | 'answers'>,
): CallRequest {
  const { body } = reader;
  return {
    operation,
    model: asText(body['model']) ?? '',
    includeUsage: true,
    outputBound: null,
    endUser: asText(body['user']),
    tags: readTags(body),
    metadata: readMetadata(body),
    serviceTier: null,
    ...more,
  };
}

export function prepareMedia(call: CallRequest, text: string, edits: RequestEdits): string {
  return spliceTopLevel(text, { set: modelEdit(call, edits), remove: [...PROXY_MEMBERS, 'metadata'] });
}

/** A reading of nothing but a usage, and of texts that were delivered where there is none. */
export function mediaReading(
  usage: NormalisedUsage | null,
  model: unknown,
  texts: readonly string[] = [],
): ResponseReading {
  const delivered = new DeliveredText();
  if (usage === null) delivered.add(texts);
  return {
    usage,
    delivered: delivered.read(),
    model: asText(model),
    serviceTier: null,
    finishReason: null,
  };
}
