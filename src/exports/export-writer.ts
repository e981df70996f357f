import type { DataSource } from 'typeorm';
import { requestContext } from '../access/context';
import { retryDelayMs } from '../domain/alerts/retry-delay';
import type { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import type { FileStore } from '../platform/files/file-store';
import type { Log } from '../platform/logger';
import { systemErrorCode } from '../platform/system-error';
import { makeDueExports } from './due-exports';
import {
  claimExport,
  findOutdated,
  recordExpiry,
  recordFailure,
  recordFile,
  renewLease,
  type WrittenFile,
} from './export-queue.repository';
import type { ExportPiece, ExportSource } from './export-source';
import type { ExportEntity } from './export.entity';
import { openFile } from './open-file';

export interface ExportWriterParts {
  readonly db: DataSource;
  readonly source: Pick<ExportSource, 'pieces'>;
  readonly files: FileStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly keepDays: number;
  readonly intervalMs: number;
  /** How long a process that dies keeps an export from the others. */
  readonly leaseMs: number;
}

const MAX_ATTEMPTS = 6;
const DAY_MS = 86_400_000;

/** Writes what is due, a file at a time. Any number of processes may: each export is one's alone while its lease lasts. */
export class ExportWriter {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<unknown> = Promise.resolve();
  private readonly stopping = new AbortController();

  constructor(private readonly parts: ExportWriterParts) {}

  start(): void {
    this.timer = setInterval(() => this.wake(), this.parts.intervalMs);
    this.wake();
  }

  /** Looks for what is due, soon. */
  wake(): void {
    if (this.timer === null) return;
    this.running = this.running.then(() => this.writeSafely());
  }

  /** Breaks off what is being written: another process, or this one after its start, writes it from the beginning. */
  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
    this.stopping.abort(new Error('The server stops'));
    await this.running;
  }

  /** Writes everything that is due. */
  async writeDue(): Promise<void> {
    const { db, clock, leaseMs } = this.parts;
    await makeDueExports(db, new Date(clock.now()));
    for (;;) {
      if (this.stopping.signal.aborted) return;
      const now = clock.now();
      const claimed = await claimExport(db.manager, new Date(now), new Date(now + leaseMs));
      if (!claimed) break;
      await this.write(claimed);
    }
    await this.removeOutdated();
  }

  private async writeSafely(): Promise<void> {
    if (this.stopping.signal.aborted) return;
    try {
      await this.writeDue();
    } catch (error) {
      this.parts.log.warn({ err: error }, 'Exports could not be looked after; the next time tries again.');
    }
  }

  private async write(row: ExportEntity): Promise<void> {
    const { db, clock, keepDays, log } = this.parts;
    try {
      const written = await this.writeFile(row);
      const now = clock.now();
      const expiresAt = row.scheduleId === null ? new Date(now + keepDays * DAY_MS) : null;
      await recordFile(db.manager, row, written, { now: new Date(now), expiresAt });
    } catch (error) {
      if (this.stopping.signal.aborted) {
        await recordFailure(db.manager, row, 'The server stopped.', new Date(clock.now()), row.nextAttemptAt);
        return;
      }
      log.warn({ err: error, exportId: row.id }, 'An export could not be written.');
      const isLast = row.attempts >= MAX_ATTEMPTS || error instanceof AppError;
      const now = clock.now();
      const next = isLast ? null : new Date(now + retryDelayMs(row.attempts, 1, null));
      await recordFailure(db.manager, row, reasonOf(error), new Date(now), next);
    }
  }

  private async writeFile(row: ExportEntity): Promise<WrittenFile> {
    const { db, source, files, clock } = this.parts;
    const { dataset, format, isCompressed, rangeFrom: from, rangeTo: to, filter, report } = row;
    const principal = { kind: 'MASTER' } as const;
    const ctx = {
      ...requestContext({ requestId: row.id, principal, clock, db }),
      visibility: row.visibility,
    };
    const shape = { dataset, format, isCompressed };
    let rows = 0;
    const pieces = this.counted(row, source.pieces(ctx, { shape, from, to, filter, report }), (more) => {
      rows += more;
    });
    const bytes = await files.write(row.fileName, await openFile(pieces, isCompressed));
    return { rows, bytes };
  }

  /** Keeps the lease while pieces come, and breaks off without it: the file is another's then. */
  private async *counted(
    row: ExportEntity,
    pieces: AsyncGenerator<ExportPiece, void>,
    count: (rows: number) => void,
  ): AsyncGenerator<ExportPiece, void> {
    const { db, clock, leaseMs } = this.parts;
    let renewAt = clock.now() + leaseMs / 3;
    for await (const piece of pieces) {
      this.stopping.signal.throwIfAborted();
      if (clock.now() >= renewAt) {
        const isOurs = await renewLease(db.manager, row, new Date(clock.now() + leaseMs));
        if (!isOurs) throw new Error('Another process writes this export by now');
        renewAt = clock.now() + leaseMs / 3;
      }
      count(piece.rows);
      yield piece;
    }
  }

  private async removeOutdated(): Promise<void> {
    const { db, files, clock } = this.parts;
    for (const row of await findOutdated(db.manager, new Date(clock.now()))) {
      await files.remove(row.fileName);
      await recordExpiry(db.manager, row.id);
    }
  }
}

/** What whoever asked may know: nothing of the server's insides. */
function reasonOf(error: unknown): string {
  if (error instanceof AppError) return error.message;
  const code = systemErrorCode(error);
  return code === undefined
    ? 'The file could not be written; the log of the server tells why.'
    : `The file could not be written (${code}).`;
}
