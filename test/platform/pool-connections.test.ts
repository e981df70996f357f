import { createPool, openConnections } from '../../src/platform/database/pool';
import { createEmptyDatabase, type TestDatabase } from '../support/database';

describe('the pool of the ledger', () => {
  let database: TestDatabase;
  beforeAll(async () => (database = await createEmptyDatabase()));
  afterAll(() => database.drop());

  it('opens all of its connections at the start and keeps them, so that a burst has to make none', async () => {
    const pool = createPool({
      url: database.url,
      ssl: false,
      poolSize: 3,
      connectTimeoutMs: 30_000,
      statementTimeoutMs: 30_000,
      onIdleError: () => undefined,
    });
    await openConnections(pool);
    expect([pool.totalCount, pool.idleCount, pool.waitingCount]).toEqual([3, 3, 0]);
    expect(pool.options.idleTimeoutMillis).toBe(0);
    const pids = async (): Promise<number[]> => {
      const answers = await Promise.all(
        [1, 2, 3].map(() => pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid, pg_sleep(0.05)')),
      );
      return answers.map(({ rows }) => rows[0]?.pid ?? 0).sort((a, b) => a - b);
    };
    expect(await pids()).toEqual(await pids());
    await pool.end();
  });
});
