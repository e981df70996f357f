import { Pool } from 'pg';
import type { SetLimit } from '../../src/limits/limit-input';
import { pruneLedger } from '../../src/ledger/owner.repository';
import { SpendRetention } from '../../src/ledger/spend-retention';
import { verifyLedger } from '../../src/ledger/verify-ledger';
import { silentLog } from '../../src/platform/logger';
import { anAsk, settledAt, startLedger, type LedgerFixture } from '../support/ledger';

const USD = 1_000_000_000_000n;
const DAY_MS = 86_400_000;
const TEAM = 'team_kept';

describe('months of the spend log that are dropped', () => {
  let fixture: LedgerFixture;
  let retention: SpendRetention;

  beforeAll(async () => {
    fixture = await startLedger();
    const { pool } = fixture;
    retention = new SpendRetention({ pool, log: silentLog, keepMs: 30 * DAY_MS, intervalMs: 1_000_000 });
    for (const terms of [
      { scope: 'SERVER', unit: 'USD', amount: '100' },
      { scope: 'SERVER', unit: 'TOKENS', amount: '100000', duration: '1mo' },
      { scope: 'CUSTOMER', scopeId: 'alice', unit: 'USD', amount: '100', duration: '7d' },
      { scope: 'TAG', scopeId: 'red', unit: 'REQUESTS', amount: '100', duration: '1s' },
    ] as const) {
      await set(terms);
    }
    await spend(3);
    await pass('70 days');
    await pool.query(`SELECT spend_ensure_partitions(3)`);
    await spend(2);
  });
  afterAll(() => fixture.close());

  async function set(terms: SetLimit): Promise<string> {
    const made = await fixture.limits.set(fixture.master, terms);
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    return made.value.id;
  }

  async function spend(calls: number): Promise<void> {
    for (let n = 0; n < calls; n++) {
      const snapshot = { teamId: TEAM, customerId: 'alice', tags: ['red', 'blue'], model: `model-${n}` };
      const ask = anAsk(2n * USD, {}, snapshot);
      expect((await fixture.ledger.reserve(ask)).kind).toBe('ADMITTED');
      const usage = { inputText: 7, inputCacheRead: 2, outputReasoning: 3 };
      await fixture.ledger.settle(
        settledAt(ask.callId, USD + BigInt(n), { usage, inputTokens: 9, outputTokens: 3 }),
      );
    }
  }

  async function pass(interval: string): Promise<void> {
    await fixture.pool.query(`UPDATE ledger_state SET clock_offset = clock_offset + $1::interval`, [
      interval,
    ]);
    await fixture.pool.query(`UPDATE ledger_owners SET lease_until = ledger_now() + interval '1 hour'`);
  }

  async function ask<Row>(sql: string): Promise<Row[]> {
    return (await fixture.pool.query(sql)).rows as Row[];
  }

  const sums = (): Promise<unknown[]> =>
    Promise.all([
      ask(`SELECT id, limit_id, spent FROM limit_windows ORDER BY id`),
      ask(`SELECT * FROM spend_rollups ORDER BY bucket, model`),
      ask(`SELECT * FROM spend_totals ORDER BY scope, scope_id`),
      ask(`SELECT sum(cost), sum(requests), sum(input_tokens), sum(cache_read_tokens) FROM spend_entries`),
    ]);

  async function faults(): Promise<unknown> {
    return (await verifyLedger(fixture.pool)).checks.filter(({ ok }) => !ok);
  }

  it('stay while reservations of their time are kept', async () => {
    expect(await retention.drop()).toEqual([]);
    await pruneLedger(fixture.pool, 7 * DAY_MS);
  });

  it('stay while somebody reads them, and nobody waits for that', async () => {
    const reader = new Pool({ connectionString: fixture.pool.options.connectionString, max: 1 });
    const client = await reader.connect();
    await client.query('BEGIN; SELECT count(*) FROM spend_logs');
    await expect(retention.drop()).rejects.toMatchObject({ code: '55P03' });
    expect(await ask(`SELECT id FROM spend_logs`)).toHaveLength(5);
    expect(await ask(`SELECT * FROM spend_archive`)).toEqual([]);
    await client.query('COMMIT');
    client.release();
    await reader.end();
  });

  it('leave every sum as it was, and the proof holds', async () => {
    const before = await sums();
    expect(await faults()).toEqual([]);
    const dropped = await Promise.all([retention.drop(), retention.drop()]);
    expect(dropped.flat().length).toBeGreaterThan(0);
    expect(new Set(dropped.flat()).size).toBe(dropped.flat().length);
    expect(await ask(`SELECT id FROM spend_logs`)).toHaveLength(2);
    expect(await sums()).toEqual(before);
    expect(await faults()).toEqual([]);
    expect(await retention.drop()).toEqual([]);
  });

  it('still count in limits that are made or changed later', async () => {
    const id = await set({ scope: 'CUSTOMER', scopeId: 'alice', unit: 'REQUESTS', amount: '100' });
    const [window] = await ask<{ spent: string }>(
      `SELECT spent FROM limit_windows WHERE limit_id = '${id}' AND ends_at IS NULL`,
    );
    expect(Number(window?.spent)).toBe(5);
    const model = await set({
      ...{ scope: 'SERVER', unit: 'TOKENS', amount: '900', models: ['model-2'] },
    });
    const [ofModel] = await ask<{ spent: string }>(
      `SELECT spent FROM limit_windows WHERE limit_id = '${model}' AND ends_at IS NULL`,
    );
    expect(Number(ofModel?.spent)).toBe(12);
    expect(await faults()).toEqual([]);
  });

  it('cannot be changed in the archive, and what is missing there is found', async () => {
    for (const sql of [
      'UPDATE spend_archive SET cost = 0',
      'DELETE FROM spend_archive',
      'TRUNCATE spend_archive',
    ]) {
      await expect(fixture.pool.query(sql)).rejects.toThrow('append-only');
    }
    await fixture.pool.query(`ALTER TABLE spend_archive DISABLE TRIGGER USER`);
    await fixture.pool.query(`UPDATE spend_archive SET cost = cost + 1 WHERE model = 'model-1'`);
    const names = (await verifyLedger(fixture.pool)).checks.filter(({ ok }) => !ok).map(({ name }) => name);
    expect(names).toEqual(['windows-spent', 'rollups', 'totals', 'append-only']);
    await fixture.pool.query(`UPDATE spend_archive SET cost = cost - 1 WHERE model = 'model-1'`);
    await fixture.pool.query(`ALTER TABLE spend_archive ENABLE TRIGGER USER`);
    expect(await faults()).toEqual([]);
  });
});
