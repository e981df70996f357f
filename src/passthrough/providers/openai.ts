import { normaliseAnyUsage } from '../../domain/metering/any-usage';
import { asArray, asRecord, asText } from '../../domain/metering/json';
import { spliceNested, spliceTopLevel, memberText } from '../../domain/metering/splice-json';
import { DeliveredText } from '../../domain/metering/stream-meter';
import { choiceTexts, OpenAiStreamMeter } from '../../domain/metering/stream-meter-openai';
import type { Result } from '../../domain/result';
import { joinUrl } from './join-url';
import type {
  CallRequest,
  HeaderReader,
  Operation,
  RequestEdits,
  ResponseReading,
  WireFormat,
} from './provider';
import { BodyReader, readMetadata, readTags } from './read-body';
import { sseEvent, type ErrorBody, type WireError } from './wire-error';

const UPSTREAM_PATHS: Readonly<Record<Operation, string>> = {
  chat: '/chat/completions',
  embeddings: '/embeddings',
  messages: '/messages',
};
/** https://platform.openai.com/docs/api-reference/chat/create#chat-create-n */
const MAX_ANSWERS = 128;
const BOUND_MEMBERS = ['max_completion_tokens', 'max_tokens'] as const;
/** Members that LiteLLM's clients send to the proxy; providers refuse a body that has them. */
const PROXY_MEMBERS = ['tags', 'litellm_metadata', 'spend_logs_metadata'];

/** OpenAI's chat completions and embeddings, and every provider that copies them. */
export const openAi: WireFormat = {
  name: 'openai',
  paths: {
    '/v1/chat/completions': 'chat',
    '/chat/completions': 'chat',
    '/v1/embeddings': 'embeddings',
    '/embeddings': 'embeddings',
  },
  boundFormat: (operation) => (operation === 'embeddings' ? 'openai-embeddings' : 'openai-chat'),
  readRequest,
  prepareRequest,
  // A base without a path is a host alone, and the API lives under /v1 there.
  target: (baseUrl, operation) => joinUrl(baseUrl, '/v1', UPSTREAM_PATHS[operation]),
  upstreamHeaders,
  readResponse,
  streamMeter: (options) => new OpenAiStreamMeter(options),
  errorBody,
  streamError: (error) => sseEvent(null, errorBody(error)),
};

function readRequest(operation: Operation, body: unknown): Result<CallRequest, WireError> {
  const read = BodyReader.of(body);
  if (!read.ok) return read;
  const reader = read.value;
  const model = reader.requiredText('model');
  if (operation === 'embeddings') reader.present('input');
  else reader.list('messages');
  const stream = operation === 'chat' && reader.flag('stream');
  const bounds = BOUND_MEMBERS.map((name) => reader.count(name)).filter((bound) => bound !== null);
  const answers = reader.count('n', MAX_ANSWERS) ?? 1;
  return reader.finish({
    operation,
    model,
    stream,
    includeUsage: asRecord(reader.body['stream_options'])?.['include_usage'] === true,
    // Upstreams differ in which of the two they obey, so the larger one is the bound.
    outputBound: bounds.length === 0 ? null : Math.max(...bounds),
    answers,
    endUser: asText(reader.body['user']),
    tags: readTags(reader.body),
    metadata: readMetadata(reader.body),
    serviceTier: asText(reader.body['service_tier']),
  });
}

function prepareRequest(call: CallRequest, text: string, edits: RequestEdits): string {
  const set: Record<string, string> = {};
  if (edits.model !== undefined && edits.model !== call.model) set['model'] = JSON.stringify(edits.model);
  if (edits.outputBound !== undefined) {
    const given = BOUND_MEMBERS.filter((name) => (memberText(text, name) ?? 'null') !== 'null');
    const members = given.length > 0 ? given : [edits.outputBoundMember ?? 'max_tokens'];
    for (const name of members) set[name] = String(edits.outputBound);
  }
  // OpenAI takes metadata only together with `store`; otherwise it was meant for this server.
  const isStored = memberText(text, 'store') === 'true';
  let body = spliceTopLevel(text, { set, remove: isStored ? PROXY_MEMBERS : [...PROXY_MEMBERS, 'metadata'] });
  if (isStored) body = spliceNested(body, 'metadata', { remove: ['tags', 'spend_logs_metadata'] });
  if (!call.stream || edits.askForUsage !== true || call.includeUsage) return body;
  return spliceNested(body, 'stream_options', { set: { include_usage: 'true' } });
}

function upstreamHeaders(credential: string, clientHeader: HeaderReader): Record<string, string> {
  const headers: Record<string, string> = {
    authorization: `Bearer ${credential}`,
    'content-type': 'application/json',
    // The bytes are read on their way through, so they must not be compressed.
    'accept-encoding': 'identity',
  };
  const beta = clientHeader('openai-beta');
  if (beta !== undefined) headers['openai-beta'] = beta;
  return headers;
}

function readResponse(json: unknown, text: string): ResponseReading {
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

/** `code` is a string: the SDKs' types and LiteLLM's clients say so. */
function errorBody({ status, message, type, code, param, details }: WireError): ErrorBody {
  return {
    error: { message, type, param: param ?? null, code: code ?? String(status), ...(details && { details }) },
  };
}
