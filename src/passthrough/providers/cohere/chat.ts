import { normaliseCohereUsage } from '../../../domain/metering/cohere-usage';
import { asArray, asRecord, asText, type JsonRecord } from '../../../domain/metering/json';
import { spliceTopLevel } from '../../../domain/metering/splice-json';
import { DeliveredText, type StreamMeter } from '../../../domain/metering/stream-meter';
import { CohereStreamMeter } from '../../../domain/metering/stream-meter-cohere';
import type { CallRequest, Operation, RequestEdits, ResponseReading } from '../provider';
import type { BodyReader } from '../read-body';
import { readMetadata, readTags } from '../read-body';
import { modelEdit, PROXY_MEMBERS } from '../openai/operation';

/** A conversation: https://docs.cohere.com/reference/chat. */
export function readChat(operation: Operation, reader: BodyReader): CallRequest {
  const { body } = reader;
  const model = reader.requiredText('model');
  reader.list('messages');
  return {
    operation,
    model,
    stream: reader.flag('stream'),
    includeUsage: true,
    outputBound: reader.count('max_tokens'),
    answers: 1,
    endUser: asText(body['user']),
    tags: readTags(body),
    metadata: readMetadata(body),
    serviceTier: null,
  };
}

export function prepareChat(call: CallRequest, text: string, edits: RequestEdits): string {
  const set = modelEdit(call, edits);
  if (edits.outputBound !== undefined) set['max_tokens'] = String(edits.outputBound);
  return spliceTopLevel(text, { set, remove: [...PROXY_MEMBERS, 'metadata', 'user'] });
}

export function readChatAnswer(answer: JsonRecord | null): ResponseReading {
  const delivered = new DeliveredText();
  delivered.add(textsOf(asRecord(answer?.['message'])));
  return {
    usage: normaliseCohereUsage(answer?.['usage']),
    delivered: delivered.read(),
    model: asText(answer?.['model']),
    serviceTier: null,
    finishReason: asText(answer?.['finish_reason']),
  };
}

/** What the model wrote: text, thinking, its plan and the calls of tools. */
function textsOf(message: JsonRecord | null): string[] {
  const parts = asArray(message?.['content']).map(asRecord);
  const called = asArray(message?.['tool_calls']).map((call) => asRecord(asRecord(call)?.['function']));
  return [
    message?.['tool_plan'],
    ...parts.flatMap((part) => [part?.['text'], part?.['thinking']]),
    ...called.flatMap((each) => [each?.['name'], each?.['arguments']]),
  ].filter((text): text is string => typeof text === 'string');
}

export function chatStreamMeter(): StreamMeter {
  return new CohereStreamMeter();
}
