import { normaliseAnyUsage } from '../../../domain/metering/any-usage';
import { asRecord, asText } from '../../../domain/metering/json';
import { outputItemTexts, ServerToolTally, withServerTools } from '../../../domain/metering/response-output';
import { nestedEdit, scanObject, spliceTopLevel } from '../../../domain/metering/splice-json';
import { DeliveredText } from '../../../domain/metering/stream-meter';
import {
  finishReasonOf,
  outputItems,
  ResponsesStreamMeter,
} from '../../../domain/metering/stream-meter-responses';
import { openAiErrorBody } from './error';
import { modelEdit, PROXY_MEMBERS, PROXY_METADATA, type OpenAiOperation } from './operation';
import type { CallRequest, Operation, RequestEdits, ResponseReading } from '../provider';
import { readMetadata, readTags, type BodyReader } from '../read-body';
import { sseEvent, type WireError } from '../wire-error';

/** https://platform.openai.com/docs/api-reference/responses */
export const responses: OpenAiOperation = {
  path: '/responses',
  boundFormat: 'openai-responses',
  read,
  prepare,
  readResponse,
  streamMeter: () => new ResponsesStreamMeter(),
  streamError,
};

function read(operation: Operation, reader: BodyReader): CallRequest {
  const { body } = reader;
  const { input } = body;
  if (input !== undefined && input !== null && typeof input !== 'string' && !Array.isArray(input)) {
    reader.refuse('input', '"input" must be a string or an array of items.');
  }
  if (reader.flag('background')) {
    // What it costs is known when it has ended, and nobody asks for it then.
    reader.refuse(
      'background',
      'Background responses cannot be metered. Send the request without "background".',
    );
  }
  return {
    operation,
    model: reader.requiredText('model'),
    stream: reader.flag('stream'),
    includeUsage: true,
    outputBound: reader.count('max_output_tokens'),
    answers: 1,
    endUser: asText(body['user']) ?? asText(body['safety_identifier']),
    tags: readTags(body),
    metadata: readMetadata(body),
    serviceTier: asText(body['service_tier']),
  };
}

function prepare(call: CallRequest, text: string, edits: RequestEdits): string {
  const set = modelEdit(call, edits);
  if (edits.outputBound !== undefined) set['max_output_tokens'] = String(edits.outputBound);
  const body = scanObject(text);
  Object.assign(set, nestedEdit(body, 'metadata', { remove: PROXY_METADATA }));
  return spliceTopLevel(body, { set, remove: PROXY_MEMBERS });
}

function readResponse(json: unknown, text: string): ResponseReading {
  const response = asRecord(json);
  const delivered = new DeliveredText();
  const tools = new ServerToolTally();
  for (const item of outputItems(response)) {
    delivered.add(outputItemTexts(item));
    tools.add(item);
  }
  return {
    usage: withServerTools(normaliseAnyUsage(response?.['usage'], text), tools.read()),
    delivered: delivered.read(),
    model: asText(response?.['model']),
    serviceTier: asText(response?.['service_tier']),
    finishReason: finishReasonOf(response),
  };
}

/**
 * The API's `error` event, with the error once more under `error`: the official SDK throws on that, and would hand a
 * bare event to a program that may not look at it.
 */
function streamError(error: WireError): Buffer {
  const { code, message, param } = error;
  const event = { type: 'error', code: code ?? error.type, message, param: param ?? null };
  return sseEvent('error', { ...event, ...openAiErrorBody(error) });
}
