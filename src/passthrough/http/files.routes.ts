import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ok, type Result } from '../../domain/result';
import { providerUrl } from '../batches/ask-provider';
import { deleteFile } from '../batches/delete-file';
import { listFiles } from '../batches/file.repository';
import { accountOf, ownFile, seenBy } from '../batches/owned';
import { uploadFile } from '../batches/upload-file';
import type { Caller } from '../pipeline/call';
import type { Received } from '../pipeline/received';
import type { Refusal } from '../pipeline/refusal';
import type { UnmeteredStep } from '../pipeline/run-unmetered';
import { openAi } from '../providers/openai/openai';
import type { BatchParts } from './batches.routes';
import { batchDocs } from './batch-docs';
import { countOf, OPENAI_BASES, pageOf, textOfQuery, type PageQuery } from './openai-page';
import { refuseStrangers } from './refuse-strangers';
import { takeUnmetered } from './take-call';

interface IdRequest {
  Params: { id: string };
}

/** OpenAI's own. */
const MAX_PAGE = 10_000;

type Plan = (caller: Caller, received: Received) => Promise<Result<UnmeteredStep, Refusal>>;

/**
 * Files of batches at OpenAI (https://platform.openai.com/docs/api-reference/files): those that were sent, and those of
 * results. Keeping and reading them costs nothing; what their requests used is charged when the batch is over.
 */
export function fileRoutes(app: FastifyInstance, parts: BatchParts): void {
  const { batches } = parts;
  const onRequest = refuseStrangers(parts, openAi);
  const handle = (request: FastifyRequest, reply: FastifyReply, plan: Plan): void => {
    takeUnmetered(parts, request, reply, (received) => ({
      ...received,
      format: openAi,
      plan: (caller) => plan(caller, received),
    }));
  };
  for (const base of OPENAI_BASES) {
    const path = `${base}/files`;
    app.post(path, { onRequest, ...batchDocs(base, 'POST /files') }, (request, reply) => {
      handle(request, reply, (caller, { upload }) => uploadFile(batches, caller, upload));
    });
    app.get<{ Querystring: PageQuery }>(path, batchDocs(base, 'GET /files'), (request, reply) => {
      handle(request, reply, (caller) => list(parts, caller, request.query));
    });
    for (const below of ['', '/content'] as const) {
      app.get<IdRequest>(
        `${path}/:id${below}`,
        batchDocs(base, `GET /files/{id}${below}`),
        (request, reply) => {
          handle(request, reply, (caller) => passOn(parts, caller, request.params.id, below));
        },
      );
    }
    app.delete<IdRequest>(`${path}/:id`, batchDocs(base, 'DELETE /files/{id}'), (request, reply) => {
      handle(request, reply, (caller) => deleteFile(batches, caller, request.params.id));
    });
  }
}

async function list(
  { batches }: BatchParts,
  caller: Caller,
  query: PageQuery,
): Promise<Result<UnmeteredStep, Refusal>> {
  const limit = countOf(query, 'limit', MAX_PAGE, MAX_PAGE);
  if (!limit.ok) return limit;
  const found = await listFiles(batches.db, {
    ...{ keyId: seenBy(caller), limit: limit.value, isAscending: query['order'] === 'asc' },
    ...{ purpose: textOfQuery(query, 'purpose'), after: textOfQuery(query, 'after') },
  });
  return ok({ kind: 'ANSWER', headers: {}, json: pageOf(found, limit.value) });
}

/** What the provider says of the file, or what is in it. */
async function passOn(
  { batches }: BatchParts,
  caller: Caller,
  id: string,
  below: '' | '/content',
): Promise<Result<UnmeteredStep, Refusal>> {
  const file = await ownFile(batches, caller, id);
  if (!file.ok) return file;
  const account = await accountOf(batches, file.value);
  if (!account.ok) return account;
  const url = providerUrl(account.value, `/files/${encodeURIComponent(id)}${below}`);
  return ok({ kind: 'PASS_ON', route: account.value, method: 'GET', url, body: null });
}
