import { chmod, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/platform/embedded-postgres';
import { silentLog } from '../../src/platform/logger';
import { compare, loadAndKill, untilNothingIsOpen } from '../support/kill-round';
import { meteredYaml } from '../support/metered-app';
import { makeKey, PROCESS_MASTER_KEY } from '../support/metered-processes';
import { spawnProvider, type ProviderProcess } from '../support/provider-process';
import { Random } from '../support/random';
import { spawnServer, type ServerProcess } from '../support/server-process';

const CALLS = 1_000;

describe('a server that owns the embedded PostgreSQL and is killed amid concurrent calls', () => {
  let folder: string;
  let dataDir: string;
  let provider: ProviderProcess;
  let server: ServerProcess | null = null;
  const random = Random.fromEnvironment();

  beforeAll(async () => {
    process.stdout.write(`TEST_SEED=${String(random.seed)}\n`);
    folder = await mkdtemp(join(tmpdir(), 'spendgraph-embedded-'));
    await chmod(folder, 0o711);
    dataDir = join(folder, 'data');
    provider = await spawnProvider(join(folder, 'served.jsonl'));
    await writeFile(join(folder, 'config.yaml'), meteredYaml(`${provider.url}/v1`));
  });
  afterAll(async () => {
    await server?.kill('SIGTERM');
    await provider.stop();
    const home = await realpath(join(dataDir, 'postgres')).catch(() => dataDir);
    await rm(home, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  });

  const start = () =>
    spawnServer({
      SPENDGRAPH_DATA_DIR: dataDir,
      SPENDGRAPH_CONFIG: join(folder, 'config.yaml'),
      SPENDGRAPH_MASTER_KEY: PROCESS_MASTER_KEY,
      SPENDGRAPH_LEASE_TTL_MS: '3000',
    });

  /** Ends the database as the loss of its machine would; it recovers from its log at the next start. */
  async function killDatabase(): Promise<void> {
    const file = join(dataDir, 'postgres', 'data', 'postmaster.pid');
    const [pid] = (await readFile(file, 'utf8')).split('\n');
    process.kill(Number(pid), 'SIGKILL');
  }

  async function withDatabase<T>(work: (pool: Pool) => Promise<T>): Promise<T> {
    const postgres: EmbeddedPostgres = await startEmbeddedPostgres({ dataDir, log: silentLog });
    const pool = new Pool({ connectionString: postgres.url, max: 2 });
    pool.on('error', () => undefined);
    try {
      return await work(pool);
    } finally {
      await pool.end();
      await postgres.stop();
    }
  }

  it.each([
    ['lives on', 1],
    ['lives on', 2],
    ['dies with it', 3],
    ['dies with it', 4],
  ])('loses no call and books none twice when the database %s (round %i)', async (fate, round) => {
    server ??= await start();
    const { secret } = await makeKey(server.url);
    const load = { name: `embedded${String(round)}`, secret, calls: CALLS };
    const seen = await loadAndKill({ ...load, servers: [server] }, provider, random);
    if (fate === 'dies with it') await killDatabase();
    server = await start();
    const { differences, caught } = await withDatabase(async (pool) => {
      await untilNothingIsOpen(pool, 120_000);
      return compare(pool, provider, load.name, seen);
    });
    expect(differences).toEqual([]);
    process.stdout.write(`round ${String(round)}: ${JSON.stringify(caught)}\n`);
  });

  it('stops in order in the end', async () => {
    expect(await server?.kill('SIGTERM')).toBe(0);
  });
});
