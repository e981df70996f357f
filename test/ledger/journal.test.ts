import { appendFile, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expiredCall } from '../../src/domain/ledger/call-end';
import { CallJournal, END_ROOM_BYTES } from '../../src/ledger/journal/call-journal';
import { JournalBooker } from '../../src/ledger/journal/journal-booker';
import { verifyLedger } from '../../src/ledger/verify-ledger';
import { systemClock } from '../../src/platform/clock';
import { createDurableFile } from '../../src/platform/durable-log/durable-file';
import { silentLog } from '../../src/platform/logger';
import { anAsk, settledAt, silentHints, startLedger, type LedgerFixture } from '../support/ledger';

const CENT = 10_000_000_000n;
const MONTH_MS = 31 * 24 * 3_600_000;

describe('the journal of calls that went through without the database', () => {
  let fixture: LedgerFixture;
  let folder: string;
  let made = 0;
  const hints = silentHints();

  beforeAll(async () => {
    fixture = await startLedger();
    await fixture.limits.set(fixture.master, {
      scope: 'SERVER',
      unit: 'USD',
      amount: '100',
      duration: '1d',
      onStoreFailure: 'ALLOW',
    });
  });
  afterAll(async () => {
    await hints.close();
    await fixture.close();
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spendgraph-journal-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
    const report = await verifyLedger(fixture.pool);
    expect(report.checks.filter((check) => !check.ok)).toEqual([]);
  });

  function openJournal(more: Partial<ConstructorParameters<typeof CallJournal>[0]> = {}): CallJournal {
    made += 1;
    return new CallJournal({ folder, ownerId: `journal_${String(made)}`, maxBytes: 1e9, ...more });
  }

  function bookerOf(journal: CallJournal): JournalBooker {
    const { pool, db } = fixture;
    const parts = { pool, db, hints, clock: systemClock, log: silentLog };
    return new JournalBooker({
      journal,
      folder,
      ownerId: `owner_${String(made)}`,
      intervalMs: 1e8,
      ...parts,
    });
  }

  /** What the next process does with the files that are there. */
  async function recover(): Promise<void> {
    const booker = bookerOf(openJournal());
    await booker.start();
    await booker.stop();
  }

  const files = () => readdir(folder);

  async function booked(callIds: readonly string[]) {
    const { rows } = await fixture.pool.query<{ call_id: string; status: string; cost: string; on: string }>(
      `SELECT call_id, status, trim_scale(cost)::text AS cost, admitted_at::date::text AS on
         FROM spend_logs WHERE call_id = ANY ($1) ORDER BY seq`,
      [callIds],
    );
    return rows;
  }

  async function spentOn(at: Date): Promise<string> {
    const { rows } = await fixture.pool.query<{ spent: string }>(
      `SELECT coalesce(sum(trim_scale(w.spent)), 0)::text AS spent FROM limit_windows w
        WHERE w.starts_at <= $1 AND w.ends_at > $1`,
      [at],
    );
    return rows[0]?.spent ?? '';
  }

  it('is booked once, in the window of the admission, and its file is gone', async () => {
    const journal = openJournal();
    const admittedAtMs = systemClock.now() - MONTH_MS;
    await fixture.pool.query(`UPDATE limits SET created_at = to_timestamp($1)`, [
      (admittedAtMs - MONTH_MS) / 1000,
    ]);
    const ask = anAsk(2n * CENT);
    const before = await spentOn(new Date());
    expect(await journal.ask({ ask, admittedAtMs })).toBe(true);
    const booker = bookerOf(journal);
    await booker.end(settledAt(ask.callId, CENT));
    const [path = ''] = await files();
    expect((await stat(join(folder, path))).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).isDirectory()).toBe(true);
    await booker.stop();
    expect(await booked([ask.callId])).toEqual([
      {
        call_id: ask.callId,
        status: 'SUCCESS',
        cost: '0.01',
        on: new Date(admittedAtMs).toISOString().slice(0, 10),
      },
    ]);
    expect(await spentOn(new Date(admittedAtMs))).toBe('0.01');
    expect(await spentOn(new Date())).toBe(before);
    expect(await files()).toEqual([]);
  });

  it('is not booked again when its file is found once more, even after its reservation was pruned', async () => {
    const journal = openJournal();
    const ask = anAsk(2n * CENT);
    await journal.ask({ ask, admittedAtMs: systemClock.now() });
    await journal.end(settledAt(ask.callId, CENT));
    const [path = ''] = await files();
    const copy = await readFile(join(folder, path));
    await bookerOf(journal).stop();
    for (const prunes of [false, true]) {
      await writeFile(join(folder, path), copy);
      if (prunes) await fixture.pool.query(`DELETE FROM reservations WHERE id = $1`, [ask.callId]);
      await recover();
      expect(await booked([ask.callId])).toHaveLength(1);
      expect(await files()).toEqual([]);
    }
  });

  it('charges a call without an end at its hold, and books the difference when the end comes after all', async () => {
    const journal = openJournal();
    const ask = anAsk(5n * CENT);
    await journal.ask({ ask, admittedAtMs: systemClock.now() });
    await journal.close();
    await recover();
    expect(await booked([ask.callId])).toMatchObject([{ status: 'EXPIRED', cost: '0.05' }]);
    const late = openJournal();
    await late.end(settledAt(ask.callId, 2n * CENT));
    await late.close();
    await recover();
    await recover();
    expect(await booked([ask.callId])).toMatchObject([
      { status: 'EXPIRED', cost: '0.05' },
      { status: 'ADJUSTED', cost: '-0.03' },
    ]);
  });

  it('is booked once by two processes that find it at the same time', async () => {
    const journal = openJournal();
    const asks = Array.from({ length: 250 }, () => anAsk(2n * CENT));
    await Promise.all(
      asks.map(async (ask) => {
        await journal.ask({ ask, admittedAtMs: systemClock.now() });
        await journal.end(settledAt(ask.callId, CENT));
      }),
    );
    await journal.close();
    await Promise.all([recover(), recover(), recover()]);
    expect(await booked(asks.map((ask) => ask.callId))).toHaveLength(250);
    expect(await files()).toEqual([]);
  });

  it('books a call once whose reservation the database has made although its answer was lost', async () => {
    const ask = anAsk(4n * CENT);
    expect(await fixture.ledger.reserve(ask)).toMatchObject({ kind: 'ADMITTED' });
    const journal = openJournal();
    await journal.ask({ ask, admittedAtMs: systemClock.now() });
    await journal.end(settledAt(ask.callId, CENT));
    await journal.close();
    await recover();
    expect(await booked([ask.callId])).toMatchObject([{ status: 'SUCCESS', cost: '0.01' }]);
    expect(await fixture.ledger.settle(expiredCall(ask.callId))).toBe('ALREADY_ENDED');
  });

  it('ends a reserved call whose settlement was cut off at its true cost, also after its lease ran out', async () => {
    const asks = [anAsk(4n * CENT), anAsk(4n * CENT)] as const;
    for (const ask of asks) await fixture.ledger.reserve(ask);
    await fixture.ledger.settle(expiredCall(asks[1].callId));
    const journal = openJournal();
    for (const { callId } of asks) await journal.end(settledAt(callId, CENT));
    await journal.close();
    await recover();
    expect(await booked([asks[0].callId])).toMatchObject([{ status: 'SUCCESS', cost: '0.01' }]);
    expect(await booked([asks[1].callId])).toMatchObject([
      { status: 'EXPIRED', cost: '0.04' },
      { status: 'ADJUSTED', cost: '-0.03' },
    ]);
  });

  it('loses no whole record to a torn tail, and sets a damaged file aside', async () => {
    const calls = [anAsk(2n * CENT), anAsk(2n * CENT), anAsk(2n * CENT)];
    const journal = openJournal();
    for (const ask of calls) await journal.ask({ ask, admittedAtMs: systemClock.now() });
    for (const ask of calls.slice(0, 2)) await journal.end(settledAt(ask.callId, CENT));
    await journal.end(settledAt(calls[2]?.callId ?? '', CENT));
    await journal.close();
    const [name = ''] = await files();
    const path = join(folder, name);
    await truncate(path, (await stat(path)).size - 7);
    await recover();
    const ids = calls.map((ask) => ask.callId);
    expect(new Set((await booked(ids)).map((row) => `${row.status} ${row.cost}`))).toEqual(
      new Set(['SUCCESS 0.01', 'EXPIRED 0.02']),
    );
    expect(await booked(ids)).toHaveLength(3);

    const next = openJournal();
    const kept = anAsk(2n * CENT);
    await next.ask({ ask: kept, admittedAtMs: systemClock.now() });
    await next.close();
    const [other = ''] = await files();
    const text = await readFile(join(folder, other), 'utf8');
    await writeFile(join(folder, other), text.replace('\n', '\nfeedbeef {"kind":"ASK"}\n'));
    await recover();
    expect(await booked([kept.callId])).toHaveLength(1);
    expect(await files()).toEqual([`${other}.damaged`]);
  });

  it('leaves the files of a process that lives alone', async () => {
    const journal = openJournal();
    const ask = anAsk(CENT);
    await journal.ask({ ask, admittedAtMs: systemClock.now() });
    await recover();
    expect(await booked([ask.callId])).toEqual([]);
    await journal.end(settledAt(ask.callId, CENT));
    await bookerOf(journal).stop();
    expect(await booked([ask.callId])).toHaveLength(1);
  });

  it('takes no call for which there is no room, but the end of every call that it took', async () => {
    const journal = openJournal({ maxBytes: 3 * END_ROOM_BYTES });
    const asks = Array.from({ length: 10 }, () => anAsk(CENT));
    const taken: string[] = [];
    for (const ask of asks)
      if (await journal.ask({ ask, admittedAtMs: systemClock.now() })) taken.push(ask.callId);
    expect(taken).toHaveLength(2);
    const rawUsage = { text: 'x'.repeat(END_ROOM_BYTES) };
    for (const callId of taken) expect(await journal.end(settledAt(callId, CENT, { rawUsage }))).toBe(true);
    expect(journal.bytes).toBeLessThan(3 * END_ROOM_BYTES);
    await bookerOf(journal).stop();
    expect(await booked(taken)).toHaveLength(2);
  });

  it('takes no call while the disk is full, and takes calls again when there is room', async () => {
    let isFull = true;
    const journal = openJournal({
      createFile: async (path) => {
        const file = await createDurableFile(path);
        const append = file.append.bind(file);
        file.append = (bytes) => (isFull ? Promise.reject(new Error('ENOSPC')) : append(bytes));
        return file;
      },
    });
    const ask = anAsk(CENT);
    expect(await journal.ask({ ask, admittedAtMs: systemClock.now() })).toBe(false);
    expect(journal.underWay).toBe(0);
    isFull = false;
    expect(await journal.ask({ ask, admittedAtMs: systemClock.now() })).toBe(true);
    await journal.end(settledAt(ask.callId, CENT));
    await bookerOf(journal).stop();
    expect(await booked([ask.callId])).toHaveLength(1);
    expect(await files()).toEqual([]);
  });

  it('goes on in a new file when one is large, and removes each when its calls are booked', async () => {
    const journal = openJournal({ segmentBytes: 2_000 });
    const asks = Array.from({ length: 12 }, () => anAsk(CENT));
    for (const ask of asks) await journal.ask({ ask, admittedAtMs: systemClock.now() });
    expect((await files()).length).toBeGreaterThan(2);
    for (const ask of asks) await journal.end(settledAt(ask.callId, CENT));
    await appendFile(join(folder, 'a-file-of-somebody-else'), 'kept');
    await bookerOf(journal).stop();
    expect(await booked(asks.map((ask) => ask.callId))).toHaveLength(12);
    expect(await files()).toEqual(['a-file-of-somebody-else']);
  });
});
