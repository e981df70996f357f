import type { Pool } from 'pg';
import { createPool } from '../../src/platform/database/pool';
import { sqlState } from '../../src/platform/database/sql-state';
import { createEmptyDatabase, type TestDatabase } from '../support/database';
import { until } from '../support/until';

const CANCELLED = '57014';

describe("the ledger's pool", () => {
  let database: TestDatabase;
  const pools: Pool[] = [];
  const refused: unknown[] = [];
  beforeAll(async () => (database = await createEmptyDatabase()));
  afterEach(async () => {
    for (const pool of pools.splice(0)) await pool.end();
    refused.length = 0;
  });
  afterAll(() => database.drop());

  function open(statementTimeoutMs: number): Pool {
    const pool = createPool({
      url: database.url,
      ssl: false,
      poolSize: 3,
      connectTimeoutMs: 5_000,
      statementTimeoutMs,
      onIdleError: (error) => refused.push(error),
    });
    pools.push(pool);
    return pool;
  }

  it('has PostgreSQL itself end a statement that runs too long, so that it frees its locks', async () => {
    const observer = open(10_000);
    await observer.query('CREATE TABLE hot (id integer)');
    const hung = await open(300)
      .query(`DO $$ BEGIN LOCK TABLE hot; PERFORM pg_sleep(60); END $$`)
      .catch((error: unknown) => error);
    expect(sqlState(hung)).toBe(CANCELLED);
    await until('the lock is free', async () => {
      const { rows } = await observer.query(`SELECT 1 FROM pg_locks WHERE relation = 'hot'::regclass`);
      return rows.length === 0;
    });
  });

  it('sets the limit on every connection before it is first used', async () => {
    const pool = open(4_321);
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => pool.query<{ statement_timeout: string }>('SHOW statement_timeout')),
    );
    const limits = new Set(answers.map(({ rows }) => rows[0]?.statement_timeout));
    expect(limits).toEqual(new Set(['4321ms']));
    expect(pool.totalCount).toBe(3);
  });

  it('works where the limit is refused, and says so', async () => {
    const pool = open(-1);
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    expect(refused).toMatchObject([{ message: expect.stringContaining('statement_timeout') }]);
  });
});
