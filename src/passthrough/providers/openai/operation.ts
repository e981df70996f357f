import type { BoundFormat } from '../../../domain/metering/request-bound';
import type { StreamMeter } from '../../../domain/metering/stream-meter';
import type { FormPart } from '../../../platform/http/form';
import type {
  AnswerForm,
  CallRequest,
  Operation,
  RequestEdits,
  ResponseReading,
  StreamOptions,
} from '../provider';
import type { BodyReader } from '../read-body';
import type { WireError } from '../wire-error';

/** One of the APIs that OpenAI has under one address, key and error envelope. */
export interface OpenAiOperation {
  /** Below the version. */
  readonly path: string;
  readonly boundFormat: BoundFormat;
  /** Reads the members; problems are noted in the reader. */
  read(operation: Operation, reader: BodyReader): CallRequest;
  prepare(call: CallRequest, text: string, edits: RequestEdits): string;
  /** The form to send, for operations that take one. */
  prepareForm?(call: CallRequest, form: readonly FormPart[], edits: RequestEdits): readonly FormPart[];
  /** `asked` is the body of the request. */
  readResponse(json: unknown, text: string, asked?: unknown): ResponseReading;
  /** What an answer may be besides JSON. */
  readonly answersWith?: AnswerForm;
  streamMeter(options: StreamOptions): StreamMeter;
  streamError(error: WireError): Buffer;
}

/** Members that LiteLLM's clients send to the proxy; providers refuse a body that has them. */
export const PROXY_MEMBERS = ['tags', 'litellm_metadata', 'spend_logs_metadata'];
/** Members of `metadata` that were meant for this server. */
export const PROXY_METADATA = ['tags', 'spend_logs_metadata'];

/** The one edit that every body may need: the upstream's name for the model. */
export function modelEdit(call: CallRequest, { model }: RequestEdits): Record<string, string> {
  const isOther = model !== call.model || call.modelInPath === true;
  return model !== undefined && isOther ? { model: JSON.stringify(model) } : {};
}
