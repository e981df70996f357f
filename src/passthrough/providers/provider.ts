import type { NormalisedUsage } from '../../domain/metering/normalised-usage';
import type { BoundFormat } from '../../domain/metering/request-bound';
import type { Delivered, StreamMeter } from '../../domain/metering/stream-meter';
import type { SseEvent } from '../../domain/metering/sse';
import type { Result } from '../../domain/result';
import type { Route } from '../../models/route';
import type { StreamCut } from './stream-cut';
import type { FormPart } from '../../platform/http/form';
import type { ErrorBody, WireError } from './wire-error';

export type Operation =
  | 'chat'
  | 'responses'
  | 'completions'
  | 'embeddings'
  | 'moderations'
  | 'messages'
  | 'generateContent'
  | 'streamGenerateContent'
  | 'embedContent'
  | 'batchEmbedContents'
  | 'imageGenerations'
  | 'imageEdits'
  | 'imageVariations'
  | 'speech'
  | 'transcriptions'
  | 'translations'
  | 'rerank'
  | 'rerankV2'
  | 'converse'
  | 'converseStream'
  | 'invoke'
  | 'invokeStream'
  | 'batch'
  /** What a pass-through endpoint stands for. */
  | 'endpoint';

/** What an answer may be besides JSON: text, which is read like JSON, or bytes, which are passed on as they come. */
export type AnswerForm = 'TEXT' | 'BYTES';

/** What the address of a request says beside its path, for formats that put into it what others have in the body. */
export interface CallAddress {
  /** The model that the path names; null where the body names it. */
  readonly model: string | null;
  /** The provider that the path names, whose models come first when a name stands for several; null where any may. */
  readonly provider: string | null;
  /** The call goes to that provider or nowhere, and not to another that serves the name. Default false. */
  readonly isPinned?: boolean;
  /** The query without its `?`. */
  readonly search: string;
}

/** An address that says nothing more than where it leads. */
export const PLAIN_ADDRESS: CallAddress = { model: null, provider: null, search: '' };

/** What the server needs to know of a request, read from its body and address. */
export interface CallRequest {
  readonly operation: Operation;
  readonly model: string;
  /** The path named the model, so that what a body says of it counts for nothing. Default false. */
  readonly modelInPath?: boolean;
  readonly stream: boolean;
  /** How the stream is cut into events, where the format leaves a choice. Default: server-sent events. */
  readonly streamForm?: 'sse' | 'json-array';
  /** The client asked for a usage chunk, so it is not hidden from it. Always true where the format has no choice. */
  readonly includeUsage: boolean;
  /** The most output tokens of one answer; null when the request sets none. */
  readonly outputBound: number | null;
  /** How many answers are asked for; 1 for embeddings. */
  readonly answers: number;
  /** The end user that the client names, for limits of customers; null when it names none. */
  readonly endUser: string | null;
  /** Tags in the body (`metadata.tags`, `tags`), without repeats, in order. */
  readonly tags: readonly string[];
  /** Whatever else the client put into `metadata`. */
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly serviceTier: string | null;
}

/** Changes to a body before it goes upstream; every byte that none of them touches stays as it is. */
export interface RequestEdits {
  /** The upstream's name for the model. */
  readonly model?: string;
  /** The bound of one answer, written over each bound that the body has. */
  readonly outputBound?: number;
  /** Where the bound goes when the body has none. Only newer OpenAI models know the second. Default `max_tokens`. */
  readonly outputBoundMember?: 'max_tokens' | 'max_completion_tokens';
  /** The upstream may ignore `max_completion_tokens`, so a bound under that name is sent as `max_tokens`. */
  readonly onlyMaxTokens?: boolean;
  /** Ask the upstream of a stream for usage; off for upstreams that refuse `stream_options`. */
  readonly askForUsage?: boolean;
}

/** What a whole (not streamed) response says. */
export interface ResponseReading {
  readonly usage: NormalisedUsage | null;
  readonly delivered: Delivered;
  readonly model: string | null;
  readonly serviceTier: string | null;
  readonly finishReason: string | null;
}

export interface StreamOptions {
  /** The client did not ask for the usage chunk that was asked of the upstream. */
  readonly hideUsageChunk: boolean;
  /** The body of the request. */
  readonly asked?: unknown;
}

/** Reads a request header of the client by its lower-case name. */
export type HeaderReader = (name: string) => string | undefined;

/** Headers of an upstream's answer. */
export type UpstreamHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** Where a call is sent. */
export type Upstream = Pick<Route, 'provider' | 'upstreamModel' | 'apiBase' | 'apiKey' | 'parameters'>;

/** A request as it is about to leave, for formats that sign all of it. */
export interface OutgoingRequest {
  readonly upstream: Upstream;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  readonly body: string | null;
  readonly atMs: number;
}

/** Cuts a stream into whole events, wherever its pieces are cut. Their bytes in order are the stream. */
export interface StreamParser {
  push(piece: Uint8Array): SseEvent[];
  /** What lies behind the last whole event when the stream ends; null when there is nothing. */
  end(): SseEvent | null;
}

/** How an operation's answers are put on the wire when they are streamed. */
export interface StreamFraming {
  /** Whether an answer of that content type, to a request for a stream, is one. */
  isStream(contentType: string, call: CallRequest): boolean;
  streamParser(call: CallRequest): StreamParser;
  /** What clients overlook, to tell the cost in; null where the format has no such thing. */
  streamNote(call: CallRequest, fields: Readonly<Record<string, string>>): Buffer | null;
  /** An error inside a stream that has begun, as a whole event; `isFirst` when no event came before it. */
  streamError(call: CallRequest, error: WireError, isFirst: boolean): Buffer;
  /** How a stream is ended early; null or absent where its clients know no such end. */
  streamCut?(call: CallRequest): StreamCut | null;
}

/** One provider's way of putting calls on the wire. It knows bytes and JSON, and neither money nor limits. */
export interface WireFormat extends StreamFraming {
  readonly name: string;
  /** Paths at which clients call, and what is called there. */
  readonly paths: Readonly<Record<string, Operation>>;
  /** Whether the provider understands requests of this format. */
  speaks(provider: string): boolean;
  /** How `requestBound` reads an operation's body. */
  boundFormat(operation: Operation): BoundFormat;
  /** Reads a parsed body; the error names the member at fault and is ready for `errorBody`. */
  readRequest(operation: Operation, body: unknown, address?: CallAddress): Result<CallRequest, WireError>;
  /** The body to send: the client's text with `edits`, and without the members that only this server understands. */
  prepareRequest(call: CallRequest, text: string, edits: RequestEdits): string;
  /** Whether an operation takes a form in place of JSON. Default: none does. */
  takesForm?(operation: Operation): boolean;
  /** The form to send in place of a body. */
  prepareForm?(call: CallRequest, form: readonly FormPart[], edits: RequestEdits): readonly FormPart[];
  /** What an operation's answers may be besides JSON; null when they are nothing else. Default: none is. */
  answersWith?(operation: Operation): AnswerForm | null;
  /** The upstream's address of an operation; the base may end with a slash or the version or neither. */
  target(upstream: Upstream, call: Pick<CallRequest, 'operation' | 'stream' | 'streamForm'>): string;
  /** Headers for the upstream: its credential and the few of the client's that are meant for it. Names in lower case. */
  upstreamHeaders(outgoing: OutgoingRequest, clientHeader: HeaderReader): Record<string, string>;
  /**
   * Reads a response; `text` is the same JSON as sent, for exact digits, and `asked` the body of the request. Names of
   * headers are in lower case.
   */
  readResponse(
    operation: Operation,
    json: unknown,
    text: string,
    asked?: unknown,
    headers?: UpstreamHeaders,
  ): ResponseReading;
  streamMeter(operation: Operation, options: StreamOptions): StreamMeter;
  /** The envelope that the format's SDKs turn into their typed errors. */
  errorBody(error: WireError): ErrorBody;
  /** Whether an error of the upstream speaks of this server's credential, where its status does not tell. */
  blamesCredential?(text: string): boolean;
  /** The status of a refusal, where the format's SDKs would try again after the usual one. */
  refusalStatus?(error: WireError): number;
  /** Headers that the format's SDKs read an error from, beside its body. */
  errorHeaders?(error: WireError): Readonly<Record<string, string>>;
}
