import { setImmediate as turn } from 'node:timers/promises';
import { BatchBoundSum, type BatchBound } from '../../domain/metering/batch-bound';
import { memberText, spliceTopLevel } from '../../domain/metering/splice-json';
import { asRecord, asText } from '../../domain/metering/json';
import { familyOfModel } from '../../domain/metering/model-family';
import { requestBound } from '../../domain/metering/request-bound';
import { serverToolBound } from '../../domain/metering/server-tool-bound';
import { err, ok, type Result } from '../../domain/result';
import type { Route } from '../../models/route';
import type { Caller } from '../pipeline/call';
import { outputBoundEdits } from '../pipeline/output-bound-member';
import { parseBody } from '../pipeline/parse-body';
import { allowanceFor, boundOfSilence } from '../pipeline/price';
import type { Refusal } from '../pipeline/refusal';
import { openAi } from '../providers/openai/openai';
import type { CallRequest, Operation } from '../providers/provider';
import { invalidRequest } from '../providers/wire-error';
import { batchAccount } from './batch-account';
import type { BatchPorts } from './batch-ports';

/** What OpenAI takes (https://platform.openai.com/docs/guides/batch), as far as its answers can be metered. */
const MAX_REQUESTS = 50_000;
const OPERATIONS: Readonly<Record<string, Operation>> = {
  '/v1/chat/completions': 'chat',
  '/v1/responses': 'responses',
  '/v1/completions': 'completions',
  '/v1/embeddings': 'embeddings',
};
export const BATCH_URLS: readonly string[] = Object.keys(OPERATIONS);

/** Bytes that are read without a pause, so that a large file does not hold up other calls. */
const SLICE_BYTES = 64 * 1024;
const LINE_FEED = 10;

/** A file of requests as it goes to the provider. */
export interface PreparedBatchFile {
  readonly bytes: Buffer;
  readonly bound: BatchBound;
  readonly route: Route;
}

interface Line {
  readonly text: string;
  readonly bodyText: string;
  readonly json: unknown;
  readonly url: string;
  readonly operation: Operation;
  readonly request: CallRequest;
  readonly searchContextSize: string | null;
}

export function operationOf(url: string): Operation | null {
  return OPERATIONS[url] ?? null;
}

/**
 * Reads the requests of a batch: whether the caller may make them, where they go, and what they can use at most. As for
 * every call, the model's name becomes the provider's, and an answer without a bound gets one.
 */
export async function readBatchFile(
  ports: BatchPorts,
  caller: Caller,
  bytes: Buffer,
): Promise<Result<PreparedBatchFile, Refusal>> {
  const sum = new BatchBoundSum();
  const pieces: Buffer[] = [];
  let first: Line | null = null;
  let route: Route | null = null;
  let number = 0;
  let pauseAt = SLICE_BYTES;
  for (let from = 0; from < bytes.length;) {
    const lineFeed = bytes.indexOf(LINE_FEED, from);
    const end = lineFeed < 0 ? bytes.length : lineFeed;
    const text = bytes.subarray(from, end).toString('utf8');
    from = end + 1;
    if (text.trim() === '') continue;
    number += 1;
    if (number > MAX_REQUESTS) return err(refused(`A batch has at most ${MAX_REQUESTS} requests.`));
    const line = readLine(text);
    if (!line.ok) return err({ ...line.error, message: `Request ${number}: ${line.error.message}` });
    if (route === null || first === null) {
      const account = await batchAccount(ports, caller, line.value.request.model);
      if (!account.ok) return account;
      route = account.value;
      first = line.value;
    }
    const other = differs(first, line.value);
    if (other !== null)
      return err(refused(`Request ${number}: all requests of a batch have the same ${other}.`));
    pieces.push(Buffer.from(`${prepare(ports, caller, route, line.value, sum)}\n`, 'utf8'));
    if (from < pauseAt) continue;
    pauseAt = from + SLICE_BYTES;
    await turn();
  }
  if (route === null || first === null) return err(refused('The file has no requests.'));
  return ok({ bytes: Buffer.concat(pieces), bound: sum.read(first), route });
}

function readLine(text: string): Result<Line, Refusal> {
  const parsed = parseBody(text);
  if (!parsed.ok) return parsed;
  const entry = asRecord(parsed.value);
  if (!entry) return err(refused('it must be a JSON object.'));
  if ((asText(entry['custom_id']) ?? '') === '')
    return err(refused('"custom_id" is required and must be a string.'));
  if (entry['method'] !== 'POST') return err(refused('"method" must be "POST".'));
  const url = asText(entry['url']) ?? '';
  const operation = operationOf(url);
  if (operation === null) return err(refused(`"url" must be one of ${BATCH_URLS.join(', ')}.`));
  const bodyText = memberText(text, 'body') ?? '';
  if (!bodyText.startsWith('{')) return err(refused('"body" must be a JSON object.'));
  const body = parseBody(bodyText);
  if (!body.ok) return body;
  const request = readRequest(operation, body.value);
  if (!request.ok) return request;
  const search = asRecord(asRecord(body.value)?.['web_search_options']);
  const searchContextSize = asText(search?.['search_context_size']);
  const read = { text, bodyText, url, operation, searchContextSize };
  return ok({ ...read, json: body.value, request: request.value });
}

function readRequest(operation: Operation, body: unknown): Result<CallRequest, Refusal> {
  const request = openAi.readRequest(operation, body);
  if (!request.ok) return request;
  if (request.value.stream) return err(refused('"stream" cannot be asked for in a batch.'));
  const tier = request.value.serviceTier ?? 'auto';
  if (tier === 'auto' || tier === 'default') return request;
  return err(refused('"service_tier" cannot be asked for in a batch, which is a tier of its own.'));
}

/** OpenAI itself takes one model and one endpoint in a batch; what a search costs goes by the size of its context. */
function differs(first: Line, line: Line): string | null {
  if (line.url !== first.url) return '"url"';
  if (line.request.model !== first.request.model) return '"model"';
  return line.searchContextSize === first.searchContextSize ? null : '"search_context_size"';
}

/** Adds the request's bound up, and answers the line to send. */
function prepare(ports: BatchPorts, caller: Caller, route: Route, line: Line, sum: BatchBoundSum): string {
  const { json, bodyText, operation, request } = line;
  const { upstreamModel } = route;
  const format = openAi.boundFormat(operation);
  const family = familyOfModel(upstreamModel);
  const raw = requestBound(format, json, Buffer.byteLength(bodyText), family, upstreamModel);
  const perAnswer = boundOfSilence(ports, caller);
  const { inputTokens, unbounded } = raw;
  sum.add({
    ...{ inputTokens, unbounded },
    unboundedInputTokens: allowanceFor(route, unbounded, ports.settings.unboundedInputTokens),
    outputTokens: raw.outputTokens ?? perAnswer * Math.max(1, raw.outputs),
    counts: serverToolBound(format, json, upstreamModel),
  });
  const isUnbounded = raw.outputTokens === null && operation !== 'embeddings';
  const edits = {
    model: upstreamModel,
    ...outputBoundEdits(route),
    ...(isUnbounded ? { outputBound: perAnswer } : {}),
  };
  const body = openAi.prepareRequest(request, bodyText, edits);
  return spliceTopLevel(line.text, { set: { body } });
}

function refused(message: string): Refusal {
  return invalidRequest('file', message);
}
