import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { entities } from '../../../src/app/entities';
import { verifyLedger } from '../../../src/ledger/verify-ledger';
import { createDataSource, MIGRATION_FILES } from '../../../src/platform/database/data-source';
import { migrate } from '../../../src/platform/database/migrate';
import { startEmbeddedPostgres } from '../../../src/platform/embedded-postgres';
import { silentLog } from '../../../src/platform/logger';
import { describeMachine } from '../machine';
import { usageOfDescendants } from '../process-usage';
import { table } from '../report';
import type { Pattern } from './draw';
import { LIMITS_ON_A_PATH, populate } from './population';
import type { Job, JobResult } from './worker';

interface Scenario {
  readonly name: string;
  readonly processes: number;
  readonly clients: number;
  readonly pattern: Pattern;
  /** Whether somebody reads the whole log meanwhile, page by page. */
  readonly isExporting: boolean;
}

interface Row extends Scenario {
  readonly pairsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly nodeMicroseconds: number;
  readonly databaseMicroseconds: number;
}

const CLIENTS = [1, 8, 32, 64, 256];
const SEED = 20_260_101;
const scenario = (name: string, clients: number, more: Partial<Scenario> = {}): Scenario => ({
  name,
  clients,
  processes: 1,
  pattern: 'SPREAD',
  isExporting: false,
  ...more,
});
const SCENARIOS: readonly Scenario[] = [
  ...CLIENTS.map((clients) => scenario('one process', clients)),
  scenario('one process, the same 8 rows', 1, { pattern: 'SAME' }),
  scenario('one process, the same 8 rows', 64, { pattern: 'SAME' }),
  scenario('one process, the same 8 rows', 256, { pattern: 'SAME' }),
  scenario('two processes', 64, { processes: 2 }),
  scenario('two processes', 256, { processes: 2 }),
  scenario('one process, an export beside', 64, { isExporting: true }),
];

async function main(): Promise<void> {
  const isQuick = process.argv.includes('--quick');
  const times = isQuick ? { warmUpMs: 500, measuredMs: 1_000 } : { warmUpMs: 2_000, measuredMs: 5_000 };
  const machine = describeMachine();
  const dataDir = await mkdtemp(join(tmpdir(), 'spendgraph-bench-'));
  await chmod(dataDir, 0o711);
  const postgres = await startEmbeddedPostgres({ dataDir, log: silentLog });
  try {
    const pool = new Pool({ connectionString: postgres.url, max: 4 });
    await makeSchema(postgres.url);
    await populate(pool);
    const workers = [await startWorker(postgres.url), await startWorker(postgres.url)];
    // Compiles the code of both, and makes the windows of those who call most.
    await measure(scenario('warm-up', 64, { processes: 2 }), workers, { ...times, warmUpMs: 4_000 });
    const rows: Row[] = [];
    for (const each of wanted(process.argv)) rows.push(await measureBeside(each, workers, times, pool));
    for (const worker of workers) await stopWorker(worker);
    print(machine, rows);
    const { checks } = await verifyLedger(pool);
    const failed = checks.filter((check) => !check.ok);
    console.log(failed.length === 0 ? 'The ledger adds up.' : JSON.stringify(failed, null, 2));
    if (failed.length > 0) process.exitCode = 1;
    await pool.end();
  } finally {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** `--clients=1,64` leaves the other numbers of clients out. */
function wanted(args: readonly string[]): readonly Scenario[] {
  const given = args.find((arg) => arg.startsWith('--clients='))?.slice('--clients='.length);
  if (given === undefined) return SCENARIOS;
  const clients = new Set(given.split(',').map(Number));
  return SCENARIOS.filter((each) => clients.has(each.clients));
}

async function makeSchema(url: string): Promise<void> {
  const db = createDataSource({ url, ssl: false, poolSize: 2, entities, migrations: [MIGRATION_FILES] });
  await db.initialize();
  await migrate(db, { log: silentLog, lockUrl: url, ssl: false });
  await db.destroy();
}

async function startWorker(url: string): Promise<ChildProcess> {
  const worker = fork(join(__dirname, 'worker.js'), [url]);
  await once(worker, 'message');
  return worker;
}

async function stopWorker(worker: ChildProcess): Promise<void> {
  const gone = once(worker, 'exit');
  worker.send('stop');
  await gone;
}

async function measureBeside(
  each: Scenario,
  workers: readonly ChildProcess[],
  times: Pick<Job, 'warmUpMs' | 'measuredMs'>,
  pool: Pool,
): Promise<Row> {
  const end = new AbortController();
  const exporting = each.isExporting ? readLog(pool, end.signal) : Promise.resolve();
  try {
    return await measure(each, workers, times);
  } finally {
    end.abort();
    await exporting;
  }
}

async function measure(
  each: Scenario,
  workers: readonly ChildProcess[],
  times: Pick<Job, 'warmUpMs' | 'measuredMs'>,
): Promise<Row> {
  const used = workers.slice(0, each.processes);
  const databaseMs = (): number =>
    usageOfDescendants(process.pid).cpuMs -
    workers.reduce((sum, { pid = 0 }) => sum + usageOfDescendants(pid).cpuMs, 0);
  const before = databaseMs();
  const startedMs = performance.now();
  const results = await Promise.all(
    used.map(async (worker, index): Promise<JobResult> => {
      const answer = once(worker, 'message') as Promise<[JobResult]>;
      const job: Job = {
        ...times,
        clients: each.clients / each.processes,
        pattern: each.pattern,
        seed: SEED + index,
      };
      worker.send(job);
      return (await answer)[0];
    }),
  );
  // The database's time is taken over warm-up and measurement together, so it is brought to the measured share.
  const share = times.measuredMs / (performance.now() - startedMs);
  const pairs = results.reduce((sum, result) => sum + result.pairs, 0);
  const latencies = results.flatMap((result) => result.latenciesMs).sort((a, b) => a - b);
  const at = (part: number): number => latencies[Math.floor(part * (latencies.length - 1))] ?? NaN;
  return {
    ...each,
    pairsPerSecond: (pairs * 1_000) / times.measuredMs,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    nodeMicroseconds: (results.reduce((sum, { cpuMs }) => sum + cpuMs, 0) * 1_000) / pairs,
    databaseMicroseconds: ((databaseMs() - before) * share * 1_000) / pairs,
  };
}

/** What an export does: the whole log by keyset pages, each a short transaction, over and over. */
async function readLog(pool: Pool, end: AbortSignal): Promise<void> {
  let after = '0';
  while (!end.aborted) {
    const { rows } = await pool.query<{ seq: string }>(
      'SELECT * FROM spend_logs WHERE seq > $1 ORDER BY seq LIMIT 1000',
      [after],
    );
    after = rows.at(-1)?.seq ?? '0';
  }
}

function print(machine: ReturnType<typeof describeMachine>, rows: readonly Row[]): void {
  const cells = rows.map((row) => [
    row.name,
    String(row.clients),
    row.pairsPerSecond.toFixed(0),
    row.p50Ms.toFixed(1),
    row.p99Ms.toFixed(1),
    row.nodeMicroseconds.toFixed(0),
    row.databaseMicroseconds.toFixed(0),
  ]);
  const head = ['who', 'clients', 'pairs/s', 'p50 ms', 'p99 ms', 'node us/pair', 'db us/pair'];
  const find = (name: string): Row | undefined => rows.find((row) => row.name === name && row.clients === 64);
  const [spread, same] = [find('one process'), find('one process, the same 8 rows')];
  const goal = (what: string, measured: number, met: boolean): string[] => [
    what,
    measured.toFixed(1),
    met ? 'met' : 'NOT MET',
  ];
  const [rate, p99, sameRate] = [
    spread?.pairsPerSecond ?? 0,
    spread?.p99Ms ?? Infinity,
    same?.pairsPerSecond ?? 0,
  ];
  console.log(
    `${machine.cpu}, ${String(machine.cores)} cores, node ${machine.node}, load ${machine.loadBefore.toFixed(1)} before`,
  );
  console.log(`Reserve and settle, ${String(LIMITS_ON_A_PATH)} limits on each path, fsync on.\n`);
  console.log(table(head, cells));
  console.log();
  console.log(
    table(
      ['goal', 'measured', ''],
      [
        goal('pairs/s of 64 clients in one process: >= 8000', rate, rate >= 8_000),
        goal('their p99, ms: <= 20', p99, p99 <= 20),
        goal('pairs/s of 64 clients on the same 8 rows: >= 20000', sameRate, sameRate >= 20_000),
      ],
    ),
  );
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
