import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { RequestContext, Sender } from '../../access/context';
import type { Principal } from '../../access/principal';
import {
  contentType,
  datasetName,
  EXPORT_SHAPES,
  fileExtension,
  type ExportShape,
} from '../../domain/exports/export-words';
import type { Clock } from '../../platform/clock';
import { AppError } from '../../platform/errors';
import { senderOf } from '../../platform/http/sender';
import type { ExportAsk } from '../export-ask';
import type { ExportSource } from '../export-source';
import { openFile } from '../open-file';
import { exportFailure } from './export-failure';
import { readExportQuery } from './export-query';

export interface ExportRoutes {
  readonly contexts: {
    principalOf(authorization: string | undefined): Promise<Principal>;
    contextOf(principal: Principal, requestId: string, sender: Sender): RequestContext;
  };
  readonly source: ExportSource;
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
    app.get(exportPath(shape), async (request, reply) => {
      const principal = await contexts.principalOf(request.headers.authorization);
      const ctx = contexts.contextOf(principal, request.id, senderOf(request.raw, request.ip));
      const ask = readExportQuery(shape, request.query, new Date(clock.now()));
      const pieces = source.pieces(ctx, ask);
      if (open.size >= MAX_AT_ONCE) throw busy();
      const file = await openFile(pieces, shape.isCompressed);
      open.add(file);
      file.once('close', () => open.delete(file));
      return reply.headers(fileHeaders(ask)).send(file);
    });
  }
  await Promise.resolve();
}

export function exportPath(shape: ExportShape): string {
  return `/export/${datasetName(shape)}.${fileExtension(shape)}`;
}

function fileHeaders({ shape, from, to }: ExportAsk): Record<string, string> {
  const day = (at: Date): string => at.toISOString().slice(0, 10);
  const name = [datasetName(shape), ...(from === null ? [] : [day(from)]), day(to)].join('-');
  return {
    'content-type': contentType(shape),
    'content-disposition': `attachment; filename="${name}.${fileExtension(shape)}"`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
}

function busy(): AppError {
  return new AppError('RATE_LIMITED', `${MAX_AT_ONCE} files are being written already. Try again shortly.`);
}
