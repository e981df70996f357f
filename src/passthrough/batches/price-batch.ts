import { asRecord, type JsonRecord } from '../../domain/metering/json';
import type { PricingContext } from '../../domain/pricing/pricing-context';
import { err, ok, type Result } from '../../domain/result';
import type { AuthenticatedCall, Caller, PricedCall } from '../pipeline/call';
import { priceQuery } from '../pipeline/find-price';
import { parseBody } from '../pipeline/parse-body';
import { holdFor, modelDenied, unpricedModel } from '../pipeline/price';
import type { Refusal } from '../pipeline/refusal';
import { openAi } from '../providers/openai/openai';
import { PLAIN_ADDRESS } from '../providers/provider';
import { BodyReader, readMetadata } from '../providers/read-body';
import { invalidRequest } from '../providers/wire-error';
import type { Received } from '../pipeline/received';
import type { BatchPorts } from './batch-ports';
import { MAX_METADATA } from './call-mark';
import type { BatchFile } from './file.repository';
import { accountOf, ownFile } from './owned';

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
/** A batch that the provider has had for so long after its window is charged at its hold. */
const GRACE_MS = DAY_HOURS * HOUR_MS;
const WINDOW = /^(\d{1,3})([hd])$/;

/** A batch as it came in. */
export interface BatchRequest extends Received {
  /** The route that took it. */
  readonly endpoint: string;
}

export interface PricedBatch {
  readonly call: PricedCall;
  readonly file: BatchFile;
}

/** Whether the caller may have the batch made, and the most that it can cost at the rates of batches. */
export async function priceBatch(
  ports: BatchPorts,
  request: BatchRequest,
  caller: Caller,
): Promise<Result<PricedBatch, Refusal>> {
  const read = readBatch(request.body);
  if (!read.ok) return read;
  const { inputFileId, url, windowMs, json } = read.value;
  const found = await ownFile(ports, caller, inputFileId, 'input_file_id');
  if (!found.ok) return found;
  const { bound } = found.value;
  if (bound === null) return err(invalidRequest('input_file_id', `"${inputFileId}" is no file of requests.`));
  if (bound.url !== url)
    return err(invalidRequest('endpoint', `The requests of the file go to ${bound.url}, not to "${url}".`));
  const file = { ...found.value, bound };
  const account = await accountOf(ports, file);
  if (!account.ok) return account;
  const route = account.value;
  const denied = modelDenied(ports, caller, file.model, route);
  if (denied) return err(denied);
  const call = asCall(request, caller, file, json);
  const query = { ...priceQuery(call, route), model: file.model, atMs: ports.clock.now() };
  const price = await ports.pricing.priceFor(query);
  if (!price && (await ports.pricing.refusesUnpriced())) return err(unpricedModel(file.model));
  const { adjustments } = await ports.pricing.adjustmentsFor(query);
  const pricingContext: PricingContext = {
    ...{ atMs: query.atMs, batch: true, requestInputTokens: bound.mostInputTokens, adjustments },
    searchContextSize: bound.searchContextSize,
  };
  const { requests, inputTokens, unboundedInputTokens, outputTokens } = bound;
  const counts = { ...bound.counts, requests };
  const unbounded = Object.entries(bound.unbounded).flatMap(([thing, times]) =>
    Array.from({ length: times }, () => thing),
  );
  const hold = holdFor(price, pricingContext, { inputTokens, outputTokens, counts });
  const held = { inputTokens, unboundedInputTokens, outputTokens, counts, unbounded, hold };
  const priced = { ...call, route, price, pricingContext, bound: { ...held, writtenOutputBound: null } };
  return ok({ call: { ...priced, deadlineMs: windowMs + GRACE_MS }, file });
}

interface ReadBatch {
  readonly inputFileId: string;
  readonly url: string;
  readonly windowMs: number;
  readonly json: JsonRecord;
}

function readBatch(text: string): Result<ReadBatch, Refusal> {
  const parsed = parseBody(text);
  if (!parsed.ok) return parsed;
  const read = BodyReader.of(parsed.value);
  if (!read.ok) return read;
  const reader = read.value;
  const json = reader.body;
  const inputFileId = reader.requiredText('input_file_id');
  const url = reader.requiredText('endpoint');
  const window = WINDOW.exec(reader.requiredText('completion_window'));
  if (!window)
    reader.refuse('completion_window', '"completion_window" must be hours or days, such as "24h".');
  const hours = Number(window?.[1] ?? 0) * (window?.[2] === 'd' ? DAY_HOURS : 1);
  const metadata = json['metadata'] ?? {};
  if (!isMetadata(metadata))
    reader.refuse('metadata', `"metadata" has at most ${MAX_METADATA} members, each of them a string.`);
  return reader.finish({ inputFileId, url, windowMs: hours * HOUR_MS, json });
}

function isMetadata(value: unknown): boolean {
  const members = Object.values(asRecord(value) ?? { 0: null });
  return members.length <= MAX_METADATA && members.every((member) => typeof member === 'string');
}

function asCall(
  request: BatchRequest,
  caller: Caller,
  { id, model, bound }: BatchFile,
  json: JsonRecord,
): AuthenticatedCall {
  const { callId, receivedAtMs, header, endpoint, body } = request;
  const batch = { input_file_id: id, endpoint: bound.url, requests: bound.requests };
  return {
    ...{ callId, receivedAtMs, header, caller, format: openAi, operation: 'batch', endpoint },
    ...{ address: PLAIN_ADDRESS, upload: null, form: null, json, body, fallback: null },
    assumedInputTokens: bound.inputTokens,
    request: {
      ...{ operation: 'batch', model, stream: false, includeUsage: true, outputBound: null, answers: 1 },
      ...{ endUser: null, tags: [], serviceTier: null },
      metadata: { ...readMetadata(json), batch },
    },
  };
}
