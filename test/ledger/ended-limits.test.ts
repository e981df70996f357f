import { windowAt } from '../../src/domain/limits/window';
import { windowSpec } from '../../src/domain/limits/window-spec';
import { ensureWindows } from '../../src/ledger/window.repository';
import type { LimitEntity } from '../../src/limits/limit.entity';
import { systemClock } from '../../src/platform/clock';
import { startLedger, type LedgerFixture } from '../support/ledger';
import { until } from '../support/until';

const HOUR = windowSpec({ period: 'HOUR' });

describe('the windows of a limit that has ended', () => {
  let fixture: LedgerFixture;
  beforeAll(async () => (fixture = await startLedger()));
  afterAll(() => fixture.close());

  async function setLimit(tag: string): Promise<LimitEntity> {
    const terms = {
      scope: 'TAG',
      scopeId: tag,
      unit: 'USD',
      amount: '1',
      window: { period: 'HOUR' },
    } as const;
    const set = await fixture.limits.set(fixture.master, terms);
    if (!set.ok) throw new Error(JSON.stringify(set.error));
    return set.value;
  }

  async function openWindows(limit: LimitEntity): Promise<number> {
    const { rows } = await fixture.pool.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM limit_windows WHERE limit_id = $1 AND (ends_at IS NULL OR ends_at > ledger_now())`,
      [limit.id],
    );
    return rows[0]?.n ?? -1;
  }

  function windowIn(limit: LimitEntity, atMs: number) {
    const { id, unit, scopeId } = limit;
    return { limit: { id, unit, scopeId, series: id, assignmentId: null }, window: windowAt(HOUR, atMs) };
  }

  it('have ended too, also one that a process whose clock is ahead had made too early', async () => {
    const limit = await setLimit('ahead');
    await ensureWindows(fixture.pool, limit.version, [windowIn(limit, systemClock.now() + 3_600_000)]);
    expect(await openWindows(limit)).toBe(2);
    await fixture.limits.remove(fixture.master, limit.id);
    expect(await openWindows(limit)).toBe(0);
  });

  it('have ended too, also one that was being made at that moment', async () => {
    const limit = await setLimit('meanwhile');
    await fixture.pool.query(`DELETE FROM limit_windows WHERE limit_id = $1`, [limit.id]);
    const maker = await fixture.pool.connect();
    await maker.query('BEGIN');
    await ensureWindows(maker, limit.version, [windowIn(limit, systemClock.now())]);
    const removed = fixture.limits.remove(fixture.master, limit.id);
    await until('the removal waits for the window', async () => {
      const { rowCount } = await fixture.pool.query(
        `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
      );
      return rowCount === 1;
    });
    await maker.query('COMMIT');
    maker.release();
    await removed;
    expect(await openWindows(limit)).toBe(0);
  });
});
