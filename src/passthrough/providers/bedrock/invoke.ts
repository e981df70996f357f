import { invokeAnswerTexts, invokeUsage, usageOfHeaders } from '../../../domain/metering/bedrock-answer';
import {
  ANSWER_NAMES,
  CONFIG_NAMES,
  invokeFamily,
  OUTPUT_BOUND_NAMES,
  OUTPUT_BOUND_PATHS,
} from '../../../domain/metering/invoke-family';
import { asCount, asRecord, asText } from '../../../domain/metering/json';
import { memberText, nestedEdit, scanObject, spliceTopLevel } from '../../../domain/metering/splice-json';
import { DeliveredText } from '../../../domain/metering/stream-meter';
import { InvokeStreamMeter } from '../../../domain/metering/stream-meter-invoke';
import type { CallRequest, Operation, RequestEdits, ResponseReading, UpstreamHeaders } from '../provider';
import { readTags, type BodyReader } from '../read-body';
import { PROXY_MEMBERS, type BedrockOperation } from './bedrock-operation';

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html */
export const invoke: BedrockOperation = {
  action: 'invoke',
  boundFormat: 'bedrock-invoke',
  read,
  prepare,
  readResponse,
  streamMeter: () => new InvokeStreamMeter(),
};

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModelWithResponseStream.html */
export const invokeStream: BedrockOperation = { ...invoke, action: 'invoke-with-response-stream' };

/** The body is the model maker's. Whatever could bound an answer or ask for more than one has to be a number. */
function read(operation: Operation, model: string, reader: BodyReader): CallRequest {
  const { body } = reader;
  for (const place of [body, ...CONFIG_NAMES.map((name) => asRecord(body[name]))]) {
    for (const name of OUTPUT_BOUND_NAMES) reader.countIn(place, name);
  }
  for (const name of ANSWER_NAMES) reader.countIn(body, name);
  return {
    operation,
    model,
    stream: operation === 'invokeStream',
    includeUsage: true,
    // Which member bounds the answer depends on the model that the path's name stands for, so the body itself is asked.
    outputBound: null,
    answers: 1,
    endUser: null,
    tags: readTags(body),
    metadata: {},
    serviceTier: asText(body['service_tier']),
  };
}

function prepare(_call: CallRequest, text: string, { model, outputBound }: RequestEdits): string {
  const body = scanObject(text);
  const family = invokeFamily(model ?? '');
  if (family === 'embedding') return spliceTopLevel(body, { remove: PROXY_MEMBERS });
  const [outer, inner] = OUTPUT_BOUND_PATHS[family];
  const config = inner === undefined ? null : memberText(body, outer);
  // A bound that was read inside a configuration is written over every place where the configuration has it.
  const own = inner === undefined || config === null ? null : asCount(asRecord(JSON.parse(config))?.[inner]);
  const bound = outputBound ?? own;
  if (bound === null) return spliceTopLevel(body, { remove: PROXY_MEMBERS });
  const value = String(bound);
  const set = inner === undefined ? { [outer]: value } : nestedEdit(body, outer, { set: { [inner]: value } });
  return spliceTopLevel(body, { set, remove: PROXY_MEMBERS });
}

function readResponse(json: unknown, headers: UpstreamHeaders): ResponseReading {
  const response = asRecord(json);
  const delivered = new DeliveredText();
  delivered.add(invokeAnswerTexts(response));
  return {
    usage: invokeUsage(response, usageOfHeaders(headers)),
    delivered: delivered.read(),
    model: null,
    serviceTier: null,
    finishReason: asText(response?.['stop_reason']),
  };
}
