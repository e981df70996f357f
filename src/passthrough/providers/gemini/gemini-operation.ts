import type { BoundFormat } from '../../../domain/metering/request-bound';
import type { CallRequest, Operation, RequestEdits, ResponseReading } from '../provider';
import type { BodyReader } from '../read-body';

/** One of the methods that Google has on a model. */
export interface GeminiOperation {
  /** Behind the colon of the path. */
  readonly method: string;
  readonly boundFormat: BoundFormat;
  /** Reads the members; problems are noted in the reader. The model comes from the path. */
  read(operation: Operation, model: string, reader: BodyReader): CallRequest;
  prepare(call: CallRequest, text: string, edits: RequestEdits): string;
  readResponse(json: unknown): ResponseReading;
}

/** Members that were meant for this server, and the model, which the path names. */
export const PROXY_MEMBERS = ['tags', 'metadata', 'litellm_metadata', 'spend_logs_metadata', 'model'];
