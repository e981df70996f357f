import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import type { CallEnd } from '../../domain/ledger/call-end';
import type { JournalEntry } from '../../domain/ledger/journal-entry';
import type { Clock } from '../../platform/clock';
import { isDataError } from '../../platform/database/sql-state';
import { removeDurableFile } from '../../platform/durable-log/durable-file';
import { isSameProcessAlive, thisMachine } from '../../platform/embedded-postgres/process-identity';
import type { HintBus } from '../../platform/events/hint-bus';
import type { Log } from '../../platform/logger';
import { isJournalOpenHere, type CallJournal } from './call-journal';
import { bookJournalled, hasLease } from './journal-booking.repository';
import { findJournals, setAside, type FoundJournal } from './journal-files';
import { makePastWindows } from './past-windows';

export interface JournalBookerOptions {
  readonly journal: CallJournal;
  readonly folder: string;
  readonly ownerId: string;
  readonly pool: Pool;
  readonly db: DataSource;
  readonly hints: Pick<HintBus, 'publish'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly intervalMs: number;
}

const BATCH = 100;
/** How often the folder is looked through for files of processes that are gone, in intervals. */
const SEARCH_EVERY = 15;
/** A file without a first record may be one that is being made. */
const NAMELESS_AGE_MS = 10_000;

/** Books what journals hold once the database is back: this process's own, and those of processes that are gone. */
export class JournalBooker {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private turn = 0;

  constructor(private readonly options: JournalBookerOptions) {}

  /** Books what earlier processes left, then goes on in intervals. */
  async start(): Promise<void> {
    await this.runSafely(true);
    this.timer = setInterval(() => {
      const searches = ++this.turn % SEARCH_EVERY === 0;
      this.running = this.running.then(() => this.runSafely(searches));
    }, this.options.intervalMs);
    this.timer.unref();
  }

  /** Tries once more; what cannot be booked now stays on the disk. */
  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.running;
    await this.runSafely(false);
    await this.options.journal.close();
  }

  /** Writes the end of a journalled call down, and books it at the next turn. */
  async end(end: CallEnd): Promise<void> {
    if (await this.options.journal.end(end)) return;
    this.options.log.error(
      { callId: end.callId },
      'The end of a call is not in the journal: the disk refused it. It is kept in memory.',
    );
  }

  private async runSafely(searches: boolean): Promise<void> {
    try {
      await this.bookOwn();
      if (searches) await this.bookFound();
    } catch (error) {
      this.options.log.warn({ err: error }, 'The journal could not be booked yet; trying again.');
    }
  }

  private async bookOwn(): Promise<void> {
    const { journal } = this.options;
    // Ends of calls that the database has reserved are tried again by who settles them.
    const waiting = journal.waiting.filter(({ asked }) => asked !== null);
    if (waiting.length === 0) return;
    const booked = await this.book(waiting);
    await journal.forget(booked);
    this.options.log.info({ calls: booked.length }, 'Journalled calls were booked.');
  }

  private async bookFound(): Promise<void> {
    for (const found of await findJournals(this.options.folder)) {
      if (await this.isInUse(found)) continue;
      const booked = await this.book(found.entries);
      if (booked.length < found.entries.length) continue;
      const { path, damaged } = found;
      const facts = { journal: path, calls: booked.length, torn: found.isTorn, damaged };
      if (damaged > 0) {
        await setAside(path);
        this.options.log.error(facts, 'A journal was booked as far as it can be read, and set aside.');
      } else {
        await removeDurableFile(path);
        this.options.log.warn(facts, 'The journal of a process that is gone was booked.');
      }
    }
  }

  /** Whether whoever writes the file is still there. Processes of other machines are judged by their lease. */
  private async isInUse({ owner, changedAtMs }: FoundJournal): Promise<boolean> {
    if (owner === null) return this.options.clock.now() - changedAtMs < NAMELESS_AGE_MS;
    if (isJournalOpenHere(owner.ownerId)) return true;
    if (owner.process.machine !== thisMachine()) return hasLease(this.options.pool, owner.ownerId);
    return owner.process.pid !== process.pid && isSameProcessAlive(owner.process);
  }

  /** Returns the calls that are booked now; the others are at fault and stay. Throws when the database is away. */
  private async book(entries: readonly JournalEntry[]): Promise<string[]> {
    const booked: string[] = [];
    for (let start = 0; start < entries.length; start += BATCH)
      booked.push(...(await this.bookBatch(entries.slice(start, start + BATCH))));
    return booked;
  }

  private async bookBatch(entries: readonly JournalEntry[]): Promise<string[]> {
    const { pool, db, ownerId, hints, log } = this.options;
    try {
      const asked = entries.flatMap((entry) => entry.asked ?? []);
      await makePastWindows(db, pool, asked);
      const settled = await bookJournalled(pool, ownerId, entries);
      hints.publish('spend', settled.spendIds);
      hints.publish('limits', settled.limitIds);
      hints.publish('alerts', settled.alertIds);
      for (const [callId, outcome] of settled.outcomes)
        if (outcome === 'UNKNOWN')
          log.warn({ callId }, 'A journal tells the end of a call that was never reserved, or long ago.');
      return entries.map((entry) => entry.callId);
    } catch (error) {
      if (!isDataError(error)) throw error;
      if (entries.length > 1) {
        const half = entries.length >> 1;
        return [
          ...(await this.bookBatch(entries.slice(0, half))),
          ...(await this.bookBatch(entries.slice(half))),
        ];
      }
      log.error({ err: error, callId: entries[0]?.callId }, 'A journalled call cannot be booked as it is.');
      return [];
    }
  }
}
