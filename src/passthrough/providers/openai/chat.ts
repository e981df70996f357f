import { normaliseAnyUsage } from '../../../domain/metering/any-usage';
import { asArray, asRecord, asText } from '../../../domain/metering/json';
import {
  memberText,
  nestedEdit,
  scanObject,
  spliceTopLevel,
  type JsonEdits,
  type ScannedObject,
} from '../../../domain/metering/splice-json';
import { DeliveredText } from '../../../domain/metering/stream-meter';
import { choiceTexts, OpenAiStreamMeter } from '../../../domain/metering/stream-meter-openai';
import { openAiErrorBody } from './error';
import { modelEdit, PROXY_MEMBERS, PROXY_METADATA, type OpenAiOperation } from './operation';
import type { CallRequest, Operation, RequestEdits, ResponseReading } from '../provider';
import { readMetadata, readTags, type BodyReader } from '../read-body';
import { sseEvent } from '../wire-error';

/** https://platform.openai.com/docs/api-reference/chat/create#chat-create-n */
const MAX_ANSWERS = 128;
const BOUND_MEMBERS = ['max_completion_tokens', 'max_tokens'] as const;

/** What chat completions and the older APIs beside it have in common. */
const shared = {
  prepare,
  readResponse: readChoices,
  streamMeter: (options) => new OpenAiStreamMeter(options),
  streamError: (error) => sseEvent(null, openAiErrorBody(error)),
} satisfies Partial<OpenAiOperation>;

/** https://platform.openai.com/docs/api-reference/chat */
export const chat: OpenAiOperation = {
  ...shared,
  path: '/chat/completions',
  boundFormat: 'openai-chat',
  read(operation, reader) {
    reader.list('messages');
    return readRequest(operation, reader, reader.flag('stream'));
  },
};

/** https://platform.openai.com/docs/api-reference/embeddings */
export const embeddings: OpenAiOperation = {
  ...shared,
  path: '/embeddings',
  boundFormat: 'openai-embeddings',
  read(operation, reader) {
    reader.present('input');
    return readRequest(operation, reader, false);
  },
};

function readRequest(operation: Operation, reader: BodyReader, stream: boolean): CallRequest {
  const bounds = BOUND_MEMBERS.map((name) => reader.count(name)).filter((bound) => bound !== null);
  return {
    operation,
    model: reader.requiredText('model'),
    stream,
    includeUsage: asRecord(reader.body['stream_options'])?.['include_usage'] === true,
    // Upstreams differ in which of the two they obey, so the larger one is the bound.
    outputBound: bounds.length === 0 ? null : Math.max(...bounds),
    answers: reader.count('n', MAX_ANSWERS) ?? 1,
    endUser: asText(reader.body['user']),
    tags: readTags(reader.body),
    metadata: readMetadata(reader.body),
    serviceTier: asText(reader.body['service_tier']),
  };
}

function prepare(call: CallRequest, text: string, edits: RequestEdits): string {
  const body = scanObject(text);
  const bound = boundEdit(call, body, edits);
  const set = { ...modelEdit(call, edits), ...bound.set };
  // OpenAI takes metadata only together with `store`; otherwise it was meant for this server.
  const isStored = memberText(body, 'store') === 'true';
  if (isStored) Object.assign(set, nestedEdit(body, 'metadata', { remove: PROXY_METADATA }));
  if (call.stream && edits.askForUsage === true && !call.includeUsage) {
    Object.assign(set, nestedEdit(body, 'stream_options', { set: { include_usage: 'true' } }));
  }
  const remove = [...PROXY_MEMBERS, ...bound.remove, ...(isStored ? [] : ['metadata'])];
  return spliceTopLevel(body, { set, remove });
}

/** The server's bound, or the client's own where it has to go under another name: some upstreams refuse both names. */
function boundEdit(call: CallRequest, body: ScannedObject, edits: RequestEdits): Required<JsonEdits> {
  const given = BOUND_MEMBERS.filter((name) => (memberText(body, name) ?? 'null') !== 'null');
  const written = edits.outputBound ?? call.outputBound;
  if (edits.onlyMaxTokens === true && written !== null && given.includes('max_completion_tokens')) {
    return { set: { max_tokens: String(written) }, remove: ['max_completion_tokens'] };
  }
  if (edits.outputBound === undefined) return { set: {}, remove: [] };
  const members = given.length > 0 ? given : [edits.outputBoundMember ?? 'max_tokens'];
  const set = Object.fromEntries(members.map((name) => [name, String(edits.outputBound)]));
  return { set, remove: [] };
}

function readChoices(json: unknown, text: string): ResponseReading {
  const response = asRecord(json);
  const choices = asArray(response?.['choices']).map(asRecord);
  const delivered = new DeliveredText();
  for (const choice of choices) delivered.add(choiceTexts(choice));
  return {
    usage: normaliseAnyUsage(response?.['usage'], text),
    delivered: delivered.read(),
    model: asText(response?.['model']),
    serviceTier: asText(response?.['service_tier']),
    finishReason:
      choices.map((choice) => asText(choice?.['finish_reason'])).find((reason) => reason !== null) ?? null,
  };
}
