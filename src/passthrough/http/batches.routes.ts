import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ok, type Result } from '../../domain/result';
import type { BatchPorts } from '../batches/batch-ports';
import { listBatches } from '../batches/batch.repository';
import { lookAtBatch, type Look } from '../batches/look-at-batch';
import { ownBatch, seenBy } from '../batches/owned';
import { submitBatch } from '../batches/submit-batch';
import { openAi } from '../providers/openai/openai';
import type { Refusal } from '../pipeline/refusal';
import type { UnmeteredStep } from '../pipeline/run-unmetered';
import { batchDocs } from './batch-docs';
import { countOf, OPENAI_BASES, pageOf, textOfQuery, type PageQuery } from './openai-page';
import { refuseStrangers } from './refuse-strangers';
import { receive, take, takeUnmetered, type PassthroughParts } from './take-call';

export interface BatchParts extends PassthroughParts {
  readonly batches: BatchPorts;
}

interface IdRequest {
  Params: { id: string };
}

const MAX_PAGE = 100;
const DEFAULT_PAGE = 20;

/**
 * Batches at OpenAI (https://platform.openai.com/docs/api-reference/batch). One is held against every limit before it is
 * sent, and charged once when it is over; looking at it costs nothing.
 */
export function batchRoutes(app: FastifyInstance, parts: BatchParts): void {
  const onRequest = refuseStrangers(parts, openAi);
  for (const base of OPENAI_BASES) {
    const path = `${base}/batches`;
    app.post(path, { onRequest, ...batchDocs(base, 'POST /batches') }, (request, reply) => {
      const received = { ...receive(parts, request), endpoint: path };
      take(parts, openAi, reply, (out) => submitBatch(parts.batches, received, out));
    });
    app.get<{ Querystring: PageQuery }>(path, batchDocs(base, 'GET /batches'), (request, reply) => {
      list(parts, request, reply);
    });
    app.get<IdRequest>(`${path}/:id`, batchDocs(base, 'GET /batches/{id}'), (request, reply) => {
      look(parts, request, reply, { method: 'GET', below: '' });
    });
    const cancel = { onRequest, ...batchDocs(base, 'POST /batches/{id}/cancel') };
    app.post<IdRequest>(`${path}/:id/cancel`, cancel, (request, reply) => {
      look(parts, request, reply, { method: 'POST', below: '/cancel' });
    });
  }
}

/** As they were seen last, which is no longer ago than the server looks at them. */
function list(
  parts: BatchParts,
  request: FastifyRequest<{ Querystring: PageQuery }>,
  reply: FastifyReply,
): void {
  const { query } = request;
  takeUnmetered(parts, request, reply, (received) => ({
    ...received,
    format: openAi,
    plan: async (caller) => {
      const limit = countOf(query, 'limit', DEFAULT_PAGE, MAX_PAGE);
      if (!limit.ok) return limit;
      const after = textOfQuery(query, 'after');
      const found = await listBatches(parts.batches.db, {
        ...{ keyId: seenBy(caller), after, limit: limit.value },
      });
      return ok({ kind: 'ANSWER', headers: {}, json: pageOf(found, limit.value) });
    },
  }));
}

function look(
  parts: BatchParts,
  request: FastifyRequest<IdRequest>,
  reply: FastifyReply,
  question: Parameters<typeof lookAtBatch>[2],
): void {
  const { batches } = parts;
  takeUnmetered(parts, request, reply, (received) => ({
    ...received,
    format: openAi,
    plan: async (caller) => {
      const batch = await ownBatch(batches, caller, request.params.id);
      if (!batch.ok) return batch;
      return told(parts, await lookAtBatch(batches, batch.value, question));
    },
  }));
}

/** The answer does not wait for the booking, which reads all results. */
function told(parts: BatchParts, looked: Result<Look, Refusal>): Result<UnmeteredStep, Refusal> {
  if (!looked.ok) return looked;
  const { answer, book } = looked.value;
  const { log } = parts.batches;
  if (book !== null)
    parts.inFlight.track(
      book().catch((error: unknown) => {
        log.warn({ err: error }, 'A batch could not be booked yet.');
      }),
    );
  const { status, headers, text } = answer;
  return ok({ kind: 'RELAY', status, headers, text });
}
