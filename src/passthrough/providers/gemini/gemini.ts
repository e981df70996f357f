import { assert } from '../../../domain/assert';
import { JsonArrayParser } from '../../../domain/metering/json-array-stream';
import { GeminiStreamMeter } from '../../../domain/metering/stream-meter-gemini';
import type { Result } from '../../../domain/result';
import {
  PLAIN_ADDRESS,
  type CallAddress,
  type CallRequest,
  type Operation,
  type OutgoingRequest,
  type Upstream,
  type WireFormat,
} from '../provider';
import { BodyReader } from '../read-body';
import { serverSentEvents } from '../server-sent-events';
import { sseEvent, type WireError } from '../wire-error';
import { batchEmbedContents, embedContent } from './embed-content';
import type { GeminiOperation } from './gemini-operation';
import { generateContent, streamGenerateContent } from './generate-content';
import { googleErrorBody } from './google-error';

const OPERATIONS: Partial<Record<Operation, GeminiOperation>> = {
  generateContent,
  streamGenerateContent,
  embedContent,
  batchEmbedContents,
};
const SPEAKERS: ReadonlySet<string> = new Set(['gemini', 'vertex_ai', 'vertex_ai_beta']);

/** Google's own API of Gemini: https://ai.google.dev/api. Models are in the path, and the method behind a colon. */
export const gemini: WireFormat = {
  ...serverSentEvents,
  name: 'gemini',
  paths: Object.fromEntries(
    Object.keys(OPERATIONS).map((method) => [`/v1beta/models/{model}:${method}`, method as Operation]),
  ),
  speaks: (provider) => SPEAKERS.has(provider),
  boundFormat: (operation) => partsOf(operation).boundFormat,
  readRequest,
  prepareRequest: (call, text, edits) => partsOf(call.operation).prepare(call, text, edits),
  target: (upstream, call) => {
    const url = geminiUrl(upstream, partsOf(call.operation).method);
    return call.stream && call.streamForm !== 'json-array' ? `${url}?alt=sse` : url;
  },
  upstreamHeaders,
  readResponse: (operation, json) => partsOf(operation).readResponse(json),
  streamMeter: () => new GeminiStreamMeter(),
  errorBody: googleErrorBody,
  // Google answers 400 to a key that it does not know.
  blamesCredential: (text) => text.includes('API_KEY_INVALID'),
  isStream: (contentType, call) =>
    contentType.includes(call.streamForm === 'json-array' ? 'json' : 'event-stream'),
  streamParser: (call) =>
    call.streamForm === 'json-array' ? new JsonArrayParser() : serverSentEvents.streamParser(call),
  // An array has no place for what clients are to overlook.
  streamNote: (call, fields) =>
    call.streamForm === 'json-array' ? null : serverSentEvents.streamNote(call, fields),
  streamError,
};

/**
 * Where a method of the upstream's model is. A base without a path is a host alone; one that ends with Google's door for
 * OpenAI's clients has the native API beside that door.
 */
export function geminiUrl({ apiBase, upstreamModel }: Upstream, method: string): string {
  const base = apiBase.replace(/\/+$/, '').replace(/\/openai$/, '');
  const version = new URL(base).pathname === '/' ? '/v1beta' : '';
  const model = upstreamModel.replace(/^models\//, '');
  return `${base}${version}/models/${encodeURIComponent(model)}:${method}`;
}

function partsOf(operation: Operation): GeminiOperation {
  const parts = OPERATIONS[operation];
  assert(parts !== undefined, `Gemini has no ${operation}`);
  return parts;
}

function readRequest(
  operation: Operation,
  body: unknown,
  address: CallAddress = PLAIN_ADDRESS,
): Result<CallRequest, WireError> {
  const read = BodyReader.of(body);
  if (!read.ok) return read;
  const call = partsOf(operation).read(operation, address.model ?? '', read.value);
  const isSse = new URLSearchParams(address.search).get('alt') === 'sse';
  return read.value.finish({ ...call, modelInPath: true, streamForm: isSse ? 'sse' : 'json-array' });
}

function upstreamHeaders({ upstream }: OutgoingRequest): Record<string, string> {
  return {
    'x-goog-api-key': upstream.apiKey ?? '',
    'content-type': 'application/json',
    // The bytes are read on their way through, so they must not be compressed.
    'accept-encoding': 'identity',
  };
}

function streamError(call: CallRequest, error: WireError, isFirst: boolean): Buffer {
  const body = googleErrorBody(error);
  if (call.streamForm !== 'json-array') return sseEvent(null, body);
  return Buffer.from(`${isFirst ? '[' : ',\n'}${JSON.stringify(body)}]`, 'utf8');
}
