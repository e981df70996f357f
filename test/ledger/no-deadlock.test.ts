import { systemClock } from '../../src/platform/clock';
import { expiredCall } from '../../src/domain/ledger/call-end';
import type { Ledger } from '../../src/ledger/ledger.service';
import { lawFiveViolations, watchLawFive } from '../support/law-five';
import { anAsk, settledAt, startLedger, type LedgerFixture } from '../support/ledger';
import { Random } from '../support/random';
import { verifyLedger } from '../../src/ledger/verify-ledger';

const CENT = 10_000_000_000n;
const TAGS = ['a', 'b', 'c', 'd', 'e', 'f'];

/** F4. Every kind of writer at once, on the same rows, in every order: whoever waits, waits in one direction. */
describe('three processes that reserve, extend, settle, expire and change limits on the same rows', () => {
  let fixture: LedgerFixture;
  const random = Random.fromEnvironment();

  beforeAll(async () => {
    fixture = await startLedger();
    await watchLawFive(fixture.pool);
    for (const tag of TAGS) await setLimit(tag, '2');
  });
  afterAll(() => fixture.close());

  const setLimit = (scopeId: string, amount: string) =>
    fixture.limits.set(fixture.master, { scope: 'TAG', scopeId, unit: 'USD', amount, duration: '1d' });

  async function live(ledger: Ledger): Promise<void> {
    const tags = [...TAGS].sort(() => random.next() - 0.5).slice(0, 1 + random.below(TAGS.length));
    const ask = anAsk(CENT, {}, { tags });
    const { callId, snapshot } = ask;
    if ((await ledger.reserve(ask)).kind !== 'ADMITTED') return;
    for (let slice = 2n; slice < 4n && random.next() < 0.5; slice++)
      await ledger.extend({ callId, snapshot, hold: slice * CENT, holdOutputTokens: 20 });
    await ledger.settle(random.next() < 0.2 ? expiredCall(callId) : settledAt(callId, CENT));
  }

  it('lets no deadlock reach a caller, passes no limit, and adds up', async () => {
    process.stdout.write(`TEST_SEED=${String(random.seed)}\n`);
    const ledgers = [fixture.ledger, await fixture.join('second'), await fixture.join('third')];
    const deadlocksBefore = await deadlocks();
    // A failure of any of them fails the test: nothing here may be refused but by a limit.
    const endMs = systemClock.now() + 4_000;
    const callers = Array.from({ length: 48 }, async (_, index) => {
      while (systemClock.now() < endMs) {
        await live(ledgers[index % 3] as Ledger);
        if (random.next() < 0.02)
          await setLimit(TAGS[random.below(TAGS.length)] ?? 'a', String(2 + random.below(3)));
      }
    });
    await Promise.all(callers);
    expect(await deadlocks()).toBe(deadlocksBefore);
    expect(await lawFiveViolations(fixture.pool)).toBe(0);
    const { rows } = await fixture.pool.query(`SELECT 1 FROM spend_logs`);
    expect(rows.length).toBeGreaterThan(100);
    expect((await verifyLedger(fixture.pool)).checks.filter((check) => !check.ok)).toEqual([]);
  });

  async function deadlocks(): Promise<string> {
    const { rows } = await fixture.pool.query<{ deadlocks: string }>(
      `SELECT deadlocks::text FROM pg_stat_database WHERE datname = current_database()`,
    );
    return rows[0]?.deadlocks ?? '';
  }
});
