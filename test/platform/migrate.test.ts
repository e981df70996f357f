import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { createDataSource } from '../../src/platform/database/data-source';
import { migrate } from '../../src/platform/database/migrate';
import { silentLog } from '../../src/platform/logger';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../support/database';

class CountRuns1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE runs (at timestamptz NOT NULL DEFAULT now())');
    await runner.query('INSERT INTO runs DEFAULT VALUES');
    // Long enough for the other migrator to find the lock taken.
    await runner.query('SELECT pg_sleep(0.3)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE runs');
  }
}

describe('migrate', () => {
  let database: TestDatabase;
  const sources: DataSource[] = [];

  beforeEach(async () => {
    database = await createEmptyDatabase();
  });

  afterEach(async () => {
    await Promise.all(sources.splice(0).map((source) => source.destroy()));
    await database.drop();
  });

  async function connect(): Promise<DataSource> {
    const source = createDataSource({
      url: database.url,
      ssl: false,
      poolSize: 2,
      entities: [],
      migrations: [CountRuns1700000000000],
    });
    sources.push(source);
    return source.initialize();
  }

  it('runs each migration once when two processes start together', async () => {
    const [first, second] = [await connect(), await connect()];
    const waits: string[] = [];
    const log = { ...silentLog, info: (message: unknown) => void waits.push(String(message)) };
    const options = { log, lockUrl: database.url, ssl: false as const, pollMs: 20 };

    const done = await Promise.all([migrate(first, options), migrate(second, options)]);

    expect(done.flat()).toEqual(['CountRuns1700000000000']);
    expect(await first.query('SELECT count(*)::int AS runs FROM runs')).toEqual([{ runs: 1 }]);
    expect(waits.join()).toMatch(
      /Waiting to migrate: the database session \d+ \(spendgraph migrations, from /,
    );
  });

  it('gives up with the name of the session that holds the lock', async () => {
    const holder = await connect();
    const runner = holder.createQueryRunner();
    await runner.query(`SELECT pg_advisory_lock(7310283645102)`);

    const attempt = migrate(await connect(), {
      log: silentLog,
      lockUrl: database.url,
      ssl: false,
      pollMs: 1,
      maxTries: 3,
    });

    await expect(attempt).rejects.toThrow(
      /gave up waiting to migrate.*session \d+ \(spendgraph, from .*\) still holds/,
    );
    await runner.release();
  });

  it('gives every test file a database of its own, migrated from the template', async () => {
    const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    expect(one.url).not.toBe(two.url);
    await Promise.all([one.drop(), two.drop()]);
  });
});
