import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CallEnd } from '../../domain/ledger/call-end';
import type { JournalEntry, JournalledAsk } from '../../domain/ledger/journal-entry';
import {
  createDurableFile,
  removeDurableFile,
  type DurableFile,
} from '../../platform/durable-log/durable-file';
import { frame } from '../../platform/durable-log/frame';
import { ownIdentity } from '../../platform/embedded-postgres/process-identity';
import { encodeRecord, type JournalRecord } from './journal-record';

export interface CallJournalOptions {
  /** Made when the first record is written. */
  readonly folder: string;
  readonly ownerId: string;
  /** All files of this process together. */
  readonly maxBytes: number;
  /** A file that is larger is not written any further, so that it can be removed once its calls are booked. */
  readonly segmentBytes?: number;
  readonly createFile?: (path: string) => Promise<DurableFile>;
}

interface Segment {
  readonly file: DurableFile;
  /** Calls that have something in it and are not booked yet. */
  readonly calls: Set<string>;
  isRemoved: boolean;
}

interface Kept extends JournalEntry {
  readonly segments: Set<Segment>;
}

const SEGMENT_BYTES = 8 * 1024 * 1024;
/** Set aside for the end of each call that is let through, so that a call that was served can always be written down. */
export const END_ROOM_BYTES = 64 * 1024;
const FOLDER_MODE = 0o700;
export const JOURNAL_SUFFIX = '.journal';

/** Journals of this process that are open: their files are nobody else's business. */
const openJournals = new Set<string>();

export function isJournalOpenHere(ownerId: string): boolean {
  return openJournals.has(ownerId);
}

/**
 * What this process served, or has to book, while the database is away: on its own disk, and there before anything
 * depends on it. Whatever is in it is booked once, by this process or by whichever finds its files.
 */
export class CallJournal {
  private readonly entries = new Map<string, Kept>();
  private readonly segments = new Set<Segment>();
  private current: Promise<Segment> | null = null;
  private made = 0;

  constructor(private readonly options: CallJournalOptions) {
    openJournals.add(options.ownerId);
  }

  /** Bytes on the disk. */
  get bytes(): number {
    return [...this.segments].reduce((sum, { file }) => sum + file.size, 0);
  }

  get maxBytes(): number {
    return this.options.maxBytes;
  }

  /** Calls that have ended and wait to be booked. */
  get waiting(): readonly JournalEntry[] {
    return [...this.entries.values()].filter(({ end }) => end !== null);
  }

  /** Calls that were let through and are still under way. */
  get underWay(): number {
    return this.entries.size - this.waiting.length;
  }

  /** Whether the call was let through by this journal, so that its end belongs into it. */
  admitted(callId: string): boolean {
    return (this.entries.get(callId)?.asked ?? null) !== null;
  }

  /** Writes down a call before it is sent. False when there is no room for it, or the disk refuses: it must not be sent. */
  async ask(asked: JournalledAsk): Promise<boolean> {
    const { callId } = asked.ask;
    const record = frame(encodeRecord({ kind: 'ASK', ...asked }));
    if (!this.hasRoom(record.length + END_ROOM_BYTES)) return false;
    this.entries.set(callId, { callId, asked, end: null, segments: new Set() });
    if (await this.write(callId, record)) return true;
    this.entries.delete(callId);
    return false;
  }

  /** Writes down how a call ended. False when it could not be written; the end is kept in memory all the same. */
  async end(end: CallEnd): Promise<boolean> {
    const { callId } = end;
    const record = frame(encodeRecord({ kind: 'END', end }));
    const known = this.entries.get(callId);
    if (!known && !this.hasRoom(record.length)) return false;
    this.entries.set(callId, { ...(known ?? { callId, asked: null, segments: new Set() }), end });
    const isWritten = await this.write(callId, record);
    if (!isWritten && !known) this.entries.delete(callId);
    return isWritten;
  }

  /** Forgets calls that are booked, and removes the files that hold no other. */
  async forget(callIds: readonly string[]): Promise<void> {
    const touched = new Set<Segment>();
    for (const callId of callIds) {
      const entry = this.entries.get(callId);
      if (!entry) continue;
      this.entries.delete(callId);
      for (const segment of entry.segments) {
        segment.calls.delete(callId);
        touched.add(segment);
      }
    }
    for (const segment of touched) if (segment.calls.size === 0) await this.remove(segment);
  }

  /** Closes the files. Those that hold unbooked calls stay for whoever comes next. */
  async close(): Promise<void> {
    for (const segment of [...this.segments]) {
      if (segment.calls.size === 0) await this.remove(segment);
      else await segment.file.close();
    }
    openJournals.delete(this.options.ownerId);
  }

  private hasRoom(bytes: number): boolean {
    return this.bytes + this.underWay * END_ROOM_BYTES + bytes <= this.options.maxBytes;
  }

  private async write(callId: string, record: Buffer): Promise<boolean> {
    try {
      const segment = await this.segment(callId);
      try {
        await segment.file.append(record);
      } catch (error) {
        // The call may have its first record in there.
        if (!this.entries.get(callId)?.segments.has(segment)) segment.calls.delete(callId);
        throw error;
      }
      this.entries.get(callId)?.segments.add(segment);
      return true;
    } catch {
      return false;
    }
  }

  /** The file to write to, with the call in it: a new one when there is none, or the present one is large or unusable. */
  private async segment(callId: string): Promise<Segment> {
    const { segmentBytes = SEGMENT_BYTES } = this.options;
    for (;;) {
      const opening = (this.current ??= this.newSegment());
      const segment = await opening.catch((error: unknown) => {
        if (this.current === opening) this.current = null;
        throw error;
      });
      if (!segment.isRemoved && !segment.file.isBroken && segment.file.size < segmentBytes) {
        segment.calls.add(callId);
        return segment;
      }
      if (this.current === opening) this.current = null;
    }
  }

  private async newSegment(): Promise<Segment> {
    const { folder, ownerId, createFile = createDurableFile } = this.options;
    await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
    this.made += 1;
    const file = await createFile(join(folder, `${ownerId}-${String(this.made)}${JOURNAL_SUFFIX}`));
    const owner: JournalRecord = { kind: 'OWNER', ownerId, process: ownIdentity() };
    const segment = { file, calls: new Set<string>(), isRemoved: false };
    try {
      await file.append(frame(encodeRecord(owner)));
    } catch (error) {
      await this.remove(segment);
      throw error;
    }
    this.segments.add(segment);
    return segment;
  }

  private async remove(segment: Segment): Promise<void> {
    if (segment.isRemoved) return;
    segment.isRemoved = true;
    this.segments.delete(segment);
    await segment.file.close();
    await removeDurableFile(segment.file.path);
  }
}
