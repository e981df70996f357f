import { readdir, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CallEnd } from '../../domain/ledger/call-end';
import type { JournalEntry, JournalledAsk } from '../../domain/ledger/journal-entry';
import { readFrames } from '../../platform/durable-log/frame';
import { systemErrorCode } from '../../platform/system-error';
import { JOURNAL_SUFFIX } from './call-journal';
import { decodeRecord, type JournalRecord } from './journal-record';

/** One file of a journal as it was found. */
export interface FoundJournal {
  readonly path: string;
  /** Null when not even the first record is whole. */
  readonly owner: Extract<JournalRecord, { kind: 'OWNER' }> | null;
  readonly entries: readonly JournalEntry[];
  readonly isTorn: boolean;
  readonly damaged: number;
  readonly changedAtMs: number;
}

/** Every file of a journal in the folder, oldest first; none when there is no folder. */
export async function findJournals(folder: string): Promise<readonly FoundJournal[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw error;
  });
  const found: FoundJournal[] = [];
  for (const name of names.filter((each) => each.endsWith(JOURNAL_SUFFIX)).sort()) {
    const journal = await readJournal(join(folder, name));
    if (journal) found.push(journal);
  }
  return found;
}

/** Sets a damaged file aside, under a name that is not read again, for people to look at. */
export async function setAside(path: string): Promise<void> {
  await rename(path, `${path}.damaged`);
}

/** Null when another process has removed the file meanwhile. */
async function readJournal(path: string): Promise<FoundJournal | null> {
  try {
    const { mtimeMs } = await stat(path);
    const frames = readFrames(await readFile(path));
    const records = frames.records.map(decodeRecord);
    const owner = records.find((record) => record?.kind === 'OWNER') ?? null;
    const { isTorn, damaged } = frames;
    return { path, owner, entries: entriesOf(records), isTorn, damaged, changedAtMs: mtimeMs };
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function entriesOf(records: readonly (JournalRecord | null)[]): JournalEntry[] {
  const asked = new Map<string, JournalledAsk>();
  const ends = new Map<string, CallEnd>();
  for (const record of records) {
    if (record?.kind === 'ASK')
      asked.set(record.ask.callId, { ask: record.ask, admittedAtMs: record.admittedAtMs });
    if (record?.kind === 'END') ends.set(record.end.callId, record.end);
  }
  return [...new Set([...asked.keys(), ...ends.keys()])].map((callId) => ({
    callId,
    asked: asked.get(callId) ?? null,
    end: ends.get(callId) ?? null,
  }));
}
