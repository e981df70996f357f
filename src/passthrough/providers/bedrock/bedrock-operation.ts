import type { BoundFormat } from '../../../domain/metering/request-bound';
import type { StreamMeter } from '../../../domain/metering/stream-meter';
import type { CallRequest, Operation, RequestEdits, ResponseReading, UpstreamHeaders } from '../provider';
import type { BodyReader } from '../read-body';

/** One of the ways in which Bedrock's runtime calls a model. */
export interface BedrockOperation {
  /** Behind the model in the path. */
  readonly action: string;
  readonly boundFormat: BoundFormat;
  /** Reads the members; problems are noted in the reader. The model comes from the path. */
  read(operation: Operation, model: string, reader: BodyReader): CallRequest;
  prepare(call: CallRequest, text: string, edits: RequestEdits): string;
  readResponse(json: unknown, headers: UpstreamHeaders): ResponseReading;
  streamMeter(): StreamMeter;
}

/** Members that were meant for this server. */
export const PROXY_MEMBERS = ['tags', 'litellm_metadata', 'spend_logs_metadata'];
