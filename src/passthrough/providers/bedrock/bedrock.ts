import { assert } from '../../../domain/assert';
import { EXCEPTION } from '../../../domain/metering/stream-meter-converse';
import type { Result } from '../../../domain/result';
import { awsException, AwsEventStreamParser } from '../../../platform/http/aws-event-stream';
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
import type { WireError } from '../wire-error';
import { regionOf, signedHeaders } from './aws-credential';
import {
  bedrockErrorBody,
  bedrockErrorHeaders,
  bedrockErrorType,
  bedrockRefusalStatus,
} from './bedrock-error';
import type { BedrockOperation } from './bedrock-operation';
import { converse, converseStream } from './converse';
import { invoke, invokeStream } from './invoke';

const OPERATIONS: Partial<Record<Operation, BedrockOperation>> = {
  converse,
  converseStream,
  invoke,
  invokeStream,
};

/** The runtime of Amazon Bedrock: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_Operations_Amazon_Bedrock_Runtime.html. */
export const bedrock: WireFormat = {
  name: 'bedrock',
  paths: Object.fromEntries(
    Object.entries(OPERATIONS).map(([operation, { action }]) => [
      `/bedrock/model/{model}/${action}`,
      operation as Operation,
    ]),
  ),
  speaks: (provider) => provider === 'bedrock' || provider === 'bedrock_converse',
  boundFormat: (operation) => partsOf(operation).boundFormat,
  readRequest,
  prepareRequest: (call, text, edits) => partsOf(call.operation).prepare(call, text, edits),
  target,
  upstreamHeaders,
  readResponse: (operation, json, _text, _asked, headers = {}) =>
    partsOf(operation).readResponse(json, headers),
  streamMeter: (operation) => partsOf(operation).streamMeter(),
  errorBody: bedrockErrorBody,
  errorHeaders: bedrockErrorHeaders,
  refusalStatus: bedrockRefusalStatus,
  isStream: (contentType) => contentType.includes('eventstream'),
  streamParser: () => new AwsEventStreamParser(EXCEPTION),
  // Every message has a meaning to the SDKs.
  streamNote: () => null,
  streamError: (_call, error) => awsException(streamErrorType(error), bedrockErrorBody(error)),
};

function partsOf(operation: Operation): BedrockOperation {
  const parts = OPERATIONS[operation];
  assert(parts !== undefined, `Bedrock has no ${operation}`);
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
  return read.value.finish({ ...call, modelInPath: true });
}

function target(upstream: Upstream, { operation }: Pick<CallRequest, 'operation'>): string {
  const base =
    upstream.apiBase === ''
      ? `https://bedrock-runtime.${regionOf(upstream)}.amazonaws.com`
      : upstream.apiBase;
  const model = encodeURIComponent(upstreamName(upstream.upstreamModel));
  return `${base.replace(/\/+$/, '')}/model/${model}/${partsOf(operation).action}`;
}

/** LiteLLM's configurations say in front of the name how the model is called, which here the client says. */
function upstreamName(model: string): string {
  return model.replace(/^(converse|invoke|converse_like)\//, '');
}

function upstreamHeaders(outgoing: OutgoingRequest): Record<string, string> {
  const headers = signedHeaders(outgoing, { 'content-type': 'application/json' });
  // The bytes are read on their way through, so they must not be compressed.
  return { ...headers, 'accept-encoding': 'identity' };
}

/** Names of failures inside a stream begin in lower case: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStreamOutput.html. */
function streamErrorType(error: WireError): string {
  const type = error.status === 502 ? 'ModelStreamErrorException' : bedrockErrorType(error);
  return type.charAt(0).toLowerCase() + type.slice(1);
}
