import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { entities } from '../../../src/app/entities';
import { createDataSource, MIGRATION_FILES } from '../../../src/platform/database/data-source';
import { migrate } from '../../../src/platform/database/migrate';
import { startEmbeddedPostgres } from '../../../src/platform/embedded-postgres';
import { silentLog } from '../../../src/platform/logger';
import { describeMachine } from '../machine';
import { table } from '../report';
import { questions, type Question } from './questions';
import { seed } from './seed';

const DEFAULT_ROWS = 10_000_000;
const TIMES = 21;
const RAW_TIMES = 3;

/** `npm run bench:analytics -- --rows 1000000`: reports, pages and exports of a year of calls, beside the raw rows. */
async function main(): Promise<void> {
  const given = process.argv[process.argv.indexOf('--rows') + 1];
  const rows = process.argv.includes('--rows') ? Number(given) : DEFAULT_ROWS;
  const dataDir = await mkdtemp(join(tmpdir(), 'spendgraph-bench-'));
  await chmod(dataDir, 0o711);
  const postgres = await startEmbeddedPostgres({ dataDir, log: silentLog });
  try {
    const settings = { url: postgres.url, ssl: false, poolSize: 4, entities } as const;
    const db = createDataSource({ ...settings, migrations: [MIGRATION_FILES] });
    await db.initialize();
    await migrate(db, { log: silentLog, lockUrl: postgres.url, ssl: false });
    const client = new Client({ connectionString: postgres.url });
    await client.connect();
    await seed(client, rows, (words) => {
      console.log(words);
    });
    await client.end();
    const measured = [];
    for (const question of questions(db, Date.now())) measured.push(await measure(question));
    console.log(`${JSON.stringify(describeMachine())}\n${rows.toLocaleString('en')} rows\n`);
    console.log(table(['question', 'p50 ms', 'goal', 'raw rows ms', 'times as fast'], measured));
    await db.destroy();
  } finally {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function measure({ name, ask, raw, goalMs }: Question): Promise<string[]> {
  await ask();
  const p50 = await median(ask, TIMES);
  const slow = raw === undefined ? null : await median(raw, RAW_TIMES);
  return [
    ...[name, p50.toFixed(1), goalMs === null ? '' : `<= ${goalMs}`],
    ...[slow?.toFixed(0) ?? '', slow === null ? '' : (slow / p50).toFixed(1)],
  ];
}

async function median(work: () => Promise<unknown>, times: number): Promise<number> {
  const taken: number[] = [];
  for (let n = 0; n < times; n++) {
    const start = performance.now();
    await work();
    taken.push(performance.now() - start);
  }
  return taken.sort((a, b) => a - b)[Math.floor(times / 2)] ?? 0;
}

void main();
