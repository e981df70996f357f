import { converseTexts } from '../../../domain/metering/bedrock-answer';
import { normaliseBedrockUsage } from '../../../domain/metering/bedrock-usage';
import { OUTPUT_BOUND_NAMES } from '../../../domain/metering/invoke-family';
import { asRecord, asText, type JsonRecord } from '../../../domain/metering/json';
import { nestedEdit, scanObject, spliceTopLevel } from '../../../domain/metering/splice-json';
import { DeliveredText } from '../../../domain/metering/stream-meter';
import { ConverseStreamMeter } from '../../../domain/metering/stream-meter-converse';
import type { CallRequest, Operation, RequestEdits, ResponseReading } from '../provider';
import { readTags, type BodyReader } from '../read-body';
import { PROXY_MEMBERS, type BedrockOperation } from './bedrock-operation';

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html */
export const converse: BedrockOperation = {
  action: 'converse',
  boundFormat: 'bedrock-converse',
  read,
  prepare,
  readResponse,
  streamMeter: () => new ConverseStreamMeter(),
};

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html */
export const converseStream: BedrockOperation = { ...converse, action: 'converse-stream' };

function read(operation: Operation, model: string, reader: BodyReader): CallRequest {
  const { body } = reader;
  reader.list('messages');
  const config = asRecord(body['inferenceConfig']);
  refuseHiddenBounds(reader, asRecord(body['additionalModelRequestFields']));
  return {
    operation,
    model,
    stream: operation === 'converseStream',
    includeUsage: true,
    outputBound: reader.countIn(config, 'maxTokens'),
    answers: 1,
    endUser: null,
    tags: readTags(body),
    metadata: asRecord(body['requestMetadata']) ?? {},
    serviceTier: tierOf(body),
  };
}

/** Members of the model's own would otherwise bound its answers anew, behind the back of the bound that was counted. */
function refuseHiddenBounds(reader: BodyReader, fields: JsonRecord | null): void {
  const places = [fields, ...Object.values(fields ?? {}).map(asRecord)];
  for (const name of places.flatMap((place) => Object.keys(place ?? {}))) {
    if (!OUTPUT_BOUND_NAMES.has(name)) continue;
    reader.refuse(
      'additionalModelRequestFields',
      `Bound the answer by "inferenceConfig.maxTokens", not by "${name}" in "additionalModelRequestFields".`,
    );
  }
}

/** Latency-optimised inference has rates of its own, as tiers have. */
function tierOf(body: JsonRecord): string | null {
  const latency = asText(asRecord(body['performanceConfig'])?.['latency']);
  if (latency !== null && latency !== 'standard') return `latency-${latency}`;
  return asText(asRecord(body['serviceTier'])?.['type']);
}

/** What was read of the configuration is written over every place where the body has it. */
function prepare(call: CallRequest, text: string, edits: RequestEdits): string {
  const body = scanObject(text);
  const bound = edits.outputBound ?? call.outputBound;
  const set = bound === null ? {} : { maxTokens: String(bound) };
  return spliceTopLevel(body, {
    set: { ...nestedEdit(body, 'inferenceConfig', { set }) },
    remove: PROXY_MEMBERS,
  });
}

function readResponse(json: unknown): ResponseReading {
  const response = asRecord(json);
  const delivered = new DeliveredText();
  const message = asRecord(asRecord(response?.['output'])?.['message']);
  delivered.add(converseTexts(message?.['content']));
  return {
    usage: normaliseBedrockUsage(response?.['usage']),
    delivered: delivered.read(),
    model: null,
    serviceTier: asText(asRecord(response?.['serviceTier'])?.['type']),
    finishReason: asText(response?.['stopReason']),
  };
}
