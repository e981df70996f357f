import { verifyLedger } from '../../src/ledger/verify-ledger';
import { anAsk, settledAt, startLedger, type LedgerFixture } from '../support/ledger';

const USD = 1_000_000_000_000n;
const TEAM = 'team_proof';

describe('the proof of the ledger', () => {
  let fixture: LedgerFixture;

  beforeAll(async () => {
    fixture = await startLedger();
    const calls = [
      {
        usage: {
          inputText: 5,
          inputCacheRead: 3,
          inputCacheWrite5m: 2,
          inputCacheWrite1h: 1,
          outputReasoning: 4,
        },
      },
      { status: 'FAILURE' as const, cost: 0n },
      { cost: null, pricingStatus: 'UNPRICED' as const },
    ];
    for (const more of calls) {
      const ask = anAsk(USD, {}, { teamId: TEAM, teamName: 'Proof' });
      await fixture.ledger.reserve(ask);
      await fixture.ledger.settle(settledAt(ask.callId, USD, more));
    }
  });
  afterAll(() => fixture.close());

  async function differences(name: string): Promise<unknown> {
    const { checks } = await verifyLedger(fixture.pool);
    for (const check of checks) if (check.name !== name) expect(check).toMatchObject({ ok: true });
    return checks.find((check) => check.name === name)?.differences;
  }

  it('is given for calls of every kind', async () => {
    expect(await differences('rollups')).toEqual([]);
    expect(await differences('totals')).toEqual([]);
  });

  it.each(['cost', 'requests', 'input_tokens', 'output_tokens'])(
    'finds a total whose %s is another',
    async (column) => {
      await fixture.pool.query(`UPDATE spend_totals SET ${column} = ${column} + 1 WHERE scope = 'TEAM'`);
      expect(await differences('totals')).toMatchObject([
        { subject: `TEAM ${TEAM}`, expected: expect.stringMatching(`^${column} [^,]+$`) },
      ]);
      await fixture.pool.query(`UPDATE spend_totals SET ${column} = ${column} - 1 WHERE scope = 'TEAM'`);
      expect(await differences('totals')).toEqual([]);
    },
  );

  it.each([
    'cost',
    'requests',
    'failures',
    'unpriced',
    'input_tokens',
    'output_tokens',
    'cache_read_tokens',
    'cache_write_tokens',
    'reasoning_tokens',
  ])('finds a roll-up whose %s is another', async (column) => {
    await fixture.pool.query(`UPDATE spend_rollups SET ${column} = ${column} + 1`);
    expect(await differences('rollups')).toMatchObject([
      { expected: expect.stringMatching(`^${column} [^,]+$`), actual: expect.stringMatching(`^${column} `) },
    ]);
    await fixture.pool.query(`UPDATE spend_rollups SET ${column} = ${column} - 1`);
    expect(await differences('rollups')).toEqual([]);
  });

  it.each([
    ['totals', `DELETE FROM spend_totals WHERE scope = 'TEAM'`, `TEAM ${TEAM}`],
    ['rollups', `DELETE FROM spend_rollups`, 'bucket '],
  ])('finds what is missing in the %s', async (name, statement, subject) => {
    const { pool } = fixture;
    const table = `spend_${name}`;
    await pool.query(`CREATE TABLE kept AS SELECT * FROM ${table}`);
    await pool.query(statement);
    expect(await differences(name)).toMatchObject([{ subject: expect.stringContaining(subject) }]);
    await pool.query(`INSERT INTO ${table} SELECT * FROM kept ON CONFLICT DO NOTHING`);
    await pool.query(`DROP TABLE kept`);
    expect(await differences(name)).toEqual([]);
  });

  it('finds a total that no spend row stands behind', async () => {
    await fixture.pool.query(`INSERT INTO spend_totals VALUES ('KEY', 'key_invented', 1, 1, 1, 1)`);
    expect(await differences('totals')).toMatchObject([{ subject: 'KEY key_invented' }]);
    await fixture.pool.query(`DELETE FROM spend_totals WHERE scope_id = 'key_invented'`);
  });
});
