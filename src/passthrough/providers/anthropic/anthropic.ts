import { normaliseAnthropicUsage } from '../../../domain/metering/anthropic-usage';
import { MessagesCut } from './cut-messages';
import { asArray, asRecord, asText } from '../../../domain/metering/json';
import { nestedEdit, scanObject, spliceTopLevel } from '../../../domain/metering/splice-json';
import { DeliveredText } from '../../../domain/metering/stream-meter';
import { AnthropicStreamMeter } from '../../../domain/metering/stream-meter-anthropic';
import { walkStrings } from '../../../domain/metering/walk';
import type { Result } from '../../../domain/result';
import { joinUrl } from '../join-url';
import type {
  CallRequest,
  HeaderReader,
  Operation,
  OutgoingRequest,
  RequestEdits,
  ResponseReading,
  WireFormat,
} from '../provider';
import { BodyReader, readMetadata, readTags } from '../read-body';
import { serverSentEvents } from '../server-sent-events';
import { sseEvent, type ErrorBody, type WireError } from '../wire-error';

/** The version that the API's documentation names; clients that send one of their own keep it. */
const DEFAULT_VERSION = '2023-06-01';

/** https://platform.claude.com/docs/en/api/errors: the SDKs choose their error class by status and show this type. */
const ERROR_TYPES: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  503: 'overloaded_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};

/** Providers of Messages. */
const SPEAKERS: ReadonlySet<string> = new Set(['anthropic', 'demo']);

/** Anthropic's Messages. */
export const anthropic: WireFormat = {
  name: 'anthropic',
  paths: { '/v1/messages': 'messages', '/anthropic/v1/messages': 'messages' },
  boundFormat: () => 'anthropic-messages',
  readRequest,
  prepareRequest,
  speaks: (provider) => SPEAKERS.has(provider),
  target: ({ apiBase }) => joinUrl(apiBase.replace(/\/v1\/?$/, ''), '', '/v1/messages'),
  upstreamHeaders,
  readResponse: (_operation, json) => readResponse(json),
  streamMeter: () => new AnthropicStreamMeter(),
  errorBody,
  ...serverSentEvents,
  streamError: (_call, error) => sseEvent('error', errorBody(error)),
  streamCut: () => new MessagesCut(),
};

function readRequest(operation: Operation, body: unknown): Result<CallRequest, WireError> {
  const read = BodyReader.of(body);
  if (!read.ok) return read;
  const reader = read.value;
  const model = reader.requiredText('model');
  reader.refuseOtherModels(['fallbacks']);
  reader.list('messages');
  return reader.finish({
    operation,
    model,
    stream: reader.flag('stream'),
    includeUsage: true,
    outputBound: reader.count('max_tokens'),
    answers: 1,
    endUser: asText(asRecord(reader.body['metadata'])?.['user_id']),
    tags: readTags(reader.body),
    metadata: readMetadata(reader.body, 'user_id'),
    serviceTier: asText(reader.body['service_tier']),
  });
}

function prepareRequest(call: CallRequest, text: string, edits: RequestEdits): string {
  const set: Record<string, string> = {};
  if (edits.model !== undefined && edits.model !== call.model) set['model'] = JSON.stringify(edits.model);
  if (edits.outputBound !== undefined) set['max_tokens'] = String(edits.outputBound);
  const body = scanObject(text);
  // Anthropic knows `user_id` in metadata and refuses everything else there.
  const strangers = [...Object.keys(call.metadata), 'tags'];
  Object.assign(set, nestedEdit(body, 'metadata', { remove: strangers }));
  return spliceTopLevel(body, { set, remove: ['tags', 'litellm_metadata'] });
}

function upstreamHeaders({ upstream }: OutgoingRequest, clientHeader: HeaderReader): Record<string, string> {
  const headers: Record<string, string> = {
    'x-api-key': upstream.apiKey ?? '',
    'anthropic-version': clientHeader('anthropic-version') ?? DEFAULT_VERSION,
    'content-type': 'application/json',
    // The bytes are read on their way through, so they must not be compressed.
    'accept-encoding': 'identity',
  };
  const beta = clientHeader('anthropic-beta');
  if (beta !== undefined) headers['anthropic-beta'] = beta;
  return headers;
}

function readResponse(json: unknown): ResponseReading {
  const response = asRecord(json);
  const usage = asRecord(response?.['usage']);
  const delivered = new DeliveredText();
  for (const each of asArray(response?.['content'])) {
    const block = asRecord(each);
    const texts = [block?.['text'], block?.['thinking'], block?.['name']].filter(isText);
    walkStrings(block?.['input'], (text) => texts.push(text));
    delivered.add(texts);
  }
  return {
    usage: normaliseAnthropicUsage(usage),
    delivered: delivered.read(),
    model: asText(response?.['model']),
    serviceTier: asText(usage?.['service_tier']),
    finishReason: asText(response?.['stop_reason']),
  };
}

/** Anthropic's type for the status, so that its SDK's users find what they know; our own kind is in `code`. */
function errorBody({ status, message, type, code, param, details }: WireError): ErrorBody {
  const kind = ERROR_TYPES[status] ?? (status >= 500 ? 'api_error' : 'invalid_request_error');
  const error = { type: kind, message, code: code ?? type, ...(details && { details }) };
  return { type: 'error', error: param === undefined ? error : { ...error, param } };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
