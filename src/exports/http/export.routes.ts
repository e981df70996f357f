import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RequestContext, Sender } from '../../access/context';
import type { Principal } from '../../access/principal';
import {
  contentType,
  datasetName,
  EXPORT_SHAPES,
  fileExtension,
  fileName,
  type ExportShape,
} from '../../domain/exports/export-words';
import type { Clock } from '../../platform/clock';
import { AppError } from '../../platform/errors';
import { senderOf } from '../../platform/http/sender';
import type { ExportSource } from '../export-source';
import type { ExportService } from '../export.service';
import { openFile } from '../open-file';
import { exportDocs, KEPT_EXPORT_DOCS } from './export-docs';
import { exportFailure } from './export-failure';
import { readExportQuery } from './export-query';

export interface ExportRoutes {
  readonly contexts: {
    principalOf(authorization: string | undefined): Promise<Principal>;
    contextOf(principal: Principal, requestId: string, sender: Sender): RequestContext;
  };
  readonly source: ExportSource;
  readonly exports: Pick<ExportService, 'open'>;
  readonly clock: Clock;
}

/** How many files one process writes to clients at once: each keeps a connection of the database busy at times. */
const MAX_AT_ONCE = 4;
const RETRY_AFTER_S = 5;

/**
 * Files of spend, written while they are read: `GET /export/spend.csv`, `/export/focus.csv.gz`, `/export/report.ndjson` and
 * so on. A client that reads slowly slows the reading down, one that leaves ends it.
 */
export async function exportRoutes(app: FastifyInstance, parts: ExportRoutes): Promise<void> {
  const { contexts, source, clock } = parts;
  const open = new Set<Readable>();
  // A download must not keep the server from stopping: it is cut, which its reader can tell.
  app.addHook('preClose', (done) => {
    for (const each of open) each.destroy(new Error('The server stops'));
    done();
  });
  app.setErrorHandler((error, _request, reply) => {
    const failure = exportFailure(error);
    if (failure === null) throw error;
    if (failure.status === 429) reply.header('retry-after', RETRY_AFTER_S);
    return reply.code(failure.status).send(failure.body);
  });
  for (const shape of EXPORT_SHAPES) {
    app.get(exportPath(shape), { config: { docs: () => [exportDocs(shape)] } }, async (request, reply) => {
      const ctx = await contextOf(contexts, request);
      const ask = readExportQuery(shape, request.query, new Date(clock.now()));
      const pieces = source.pieces(ctx, ask);
      if (open.size >= MAX_AT_ONCE) throw busy();
      const file = await openFile(pieces, shape.isCompressed);
      open.add(file);
      file.once('close', () => open.delete(file));
      return reply.headers(headersOf(shape, fileName(shape, ask.from, ask.to, ''))).send(file);
    });
  }
  const kept = { config: { docs: () => [KEPT_EXPORT_DOCS] } };
  app.get<{ Params: { id: string } }>('/exports/:id', kept, async (request, reply) => {
    const { id } = request.params;
    const found = await parts.exports.open(await contextOf(contexts, request), id);
    if (!found) throw new AppError('NOT_FOUND', `There is no file of an export "${id}".`, ['id']);
    const { row, file } = found;
    return reply.headers(headersOf(row, row.fileName)).send(file);
  });
  await Promise.resolve();
}

async function contextOf(
  contexts: ExportRoutes['contexts'],
  request: FastifyRequest,
): Promise<RequestContext> {
  const principal = await contexts.principalOf(request.headers.authorization);
  return contexts.contextOf(principal, request.id, senderOf(request.raw, request.ip));
}

export function exportPath(shape: ExportShape): string {
  return `/export/${datasetName(shape)}.${fileExtension(shape)}`;
}

function headersOf(shape: ExportShape, name: string): Record<string, string> {
  return {
    'content-type': contentType(shape),
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
}

function busy(): AppError {
  return new AppError('RATE_LIMITED', `${MAX_AT_ONCE} files are being written already. Try again shortly.`);
}
