import { assert } from '../../../domain/assert';
import { asRecord } from '../../../domain/metering/json';
import type { Result } from '../../../domain/result';
import { joinUrl } from '../join-url';
import { azureTarget, isAzure } from './azure';
import { chat, embeddings } from './chat';
import { completions } from './completions';
import { OpenAiCut } from './cut-chat';
import { openAiErrorBody } from './error';
import { imageEdits, imageGenerations, imageVariations } from './images';
import { moderations } from './moderations';
import type { OpenAiOperation } from './operation';
import { responses } from './responses';
import { speech } from './speech';
import { transcriptions, translations } from './transcriptions';
import {
  PLAIN_ADDRESS,
  type CallAddress,
  type CallRequest,
  type HeaderReader,
  type Operation,
  type OutgoingRequest,
  type WireFormat,
} from '../provider';
import { BodyReader } from '../read-body';
import { serverSentEvents } from '../server-sent-events';
import type { WireError } from '../wire-error';

const OPERATIONS: Partial<Record<Operation, OpenAiOperation>> = {
  chat,
  responses,
  completions,
  embeddings,
  moderations,
  imageGenerations,
  imageEdits,
  imageVariations,
  speech,
  transcriptions,
  translations,
};

/** OpenAI's APIs, and every provider that copies them. */
export const openAi: WireFormat = {
  name: 'openai',
  paths: {
    '/v1/chat/completions': 'chat',
    '/chat/completions': 'chat',
    '/v1/responses': 'responses',
    '/responses': 'responses',
    '/v1/completions': 'completions',
    '/completions': 'completions',
    '/v1/embeddings': 'embeddings',
    '/embeddings': 'embeddings',
    '/v1/moderations': 'moderations',
    '/moderations': 'moderations',
    '/v1/images/generations': 'imageGenerations',
    '/images/generations': 'imageGenerations',
    '/v1/images/edits': 'imageEdits',
    '/images/edits': 'imageEdits',
    '/v1/images/variations': 'imageVariations',
    '/images/variations': 'imageVariations',
    '/v1/audio/speech': 'speech',
    '/audio/speech': 'speech',
    '/v1/audio/transcriptions': 'transcriptions',
    '/audio/transcriptions': 'transcriptions',
    '/v1/audio/translations': 'translations',
    '/audio/translations': 'translations',
  },
  boundFormat: (operation) => partsOf(operation).boundFormat,
  readRequest,
  // Only those whose APIs have nothing in common with OpenAI's do not.
  speaks: (provider) => provider !== 'bedrock' && provider !== 'bedrock_converse',
  prepareRequest: (call, text, edits) => partsOf(call.operation).prepare(call, text, edits),
  takesForm: (operation) => partsOf(operation).prepareForm !== undefined,
  prepareForm: (call, form, edits) => partsOf(call.operation).prepareForm?.(call, form, edits) ?? form,
  answersWith: (operation) => partsOf(operation).answersWith ?? null,
  // A base without a path is a host alone, and the API lives under /v1 there.
  target: (upstream, { operation }) =>
    isAzure(upstream)
      ? azureTarget(upstream, partsOf(operation).path)
      : joinUrl(upstream.apiBase, '/v1', partsOf(operation).path),
  upstreamHeaders,
  readResponse: (operation, json, text, asked) => partsOf(operation).readResponse(json, text, asked),
  streamMeter: (operation, options) => partsOf(operation).streamMeter(options),
  errorBody: openAiErrorBody,
  ...serverSentEvents,
  streamError: ({ operation }, error) => partsOf(operation).streamError(error),
  streamCut: ({ operation, includeUsage }) =>
    operation === 'chat' || operation === 'completions'
      ? new OpenAiCut(operation === 'chat', includeUsage)
      : null,
};

/**
 * OpenRouter's models, route and presets (https://openrouter.ai/docs/features/model-routing,
 * https://openrouter.ai/docs/features/presets) and the fallbacks of proxies in LiteLLM's manner.
 */
const OTHER_MODELS = ['models', 'route', 'fallbacks', 'preset'];

function partsOf(operation: Operation): OpenAiOperation {
  const parts = OPERATIONS[operation];
  assert(parts !== undefined, `OpenAI has no ${operation}`);
  return parts;
}

function readRequest(
  operation: Operation,
  body: unknown,
  address: CallAddress = PLAIN_ADDRESS,
): Result<CallRequest, WireError> {
  const read = BodyReader.of(withModel(body, address));
  if (!read.ok) return read;
  // The model is looked at first, so that a body without one is told so before anything else.
  // Moderations have a default model.
  const isOptional = operation === 'moderations' && (read.value.body['model'] ?? null) === null;
  const model = isOptional ? '' : read.value.requiredText('model');
  if (model.includes('@preset/')) read.value.refuse('model', '"model" must not name a preset.');
  read.value.refuseOtherModels(OTHER_MODELS);
  const call = partsOf(operation).read(operation, read.value);
  return read.value.finish(address.model === null ? call : { ...call, modelInPath: true });
}

/** The body as if it named the model that the path names. */
function withModel(body: unknown, { model }: CallAddress): unknown {
  const record = model === null ? null : asRecord(body);
  return record === null ? body : { ...record, model };
}

function upstreamHeaders({ upstream }: OutgoingRequest, clientHeader: HeaderReader): Record<string, string> {
  const headers: Record<string, string> = {
    ...(isAzure(upstream)
      ? { 'api-key': upstream.apiKey ?? '' }
      : { authorization: `Bearer ${upstream.apiKey ?? ''}` }),
    'content-type': 'application/json',
    // The bytes are read on their way through, so they must not be compressed.
    'accept-encoding': 'identity',
  };
  const beta = clientHeader('openai-beta');
  if (beta !== undefined) headers['openai-beta'] = beta;
  return headers;
}
