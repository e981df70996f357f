import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDatabaseProxy, type DatabaseProxy } from '../support/database-proxy';
import { meteredYaml } from '../support/metered-app';
import { prepareProcesses, type MeteredProcesses } from '../support/metered-processes';
import { loseDatabaseAndKill } from '../support/outage-round';
import { spawnProvider, type ProviderProcess } from '../support/provider-process';
import { Random } from '../support/random';

/** F7. The long version, with more instants, is killed-without-database.full.test.ts. */
describe('servers that are killed while their database is away', () => {
  let folder: string;
  let provider: ProviderProcess;
  let processes: MeteredProcesses;
  let proxy: DatabaseProxy;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spendgraph-provider-'));
    provider = await spawnProvider(join(folder, 'served.jsonl'));
    processes = await prepareProcesses(meteredYaml(`${provider.url}/v1`), {
      SPENDGRAPH_LEASE_TTL_MS: '3000',
    });
    proxy = await startDatabaseProxy(processes.databaseUrl);
  });
  afterAll(async () => {
    proxy.restore();
    await processes.close();
    await proxy.close();
    await provider.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('leave no call that the provider served unbooked, and none is booked twice', async () => {
    const random = Random.fromEnvironment();
    process.stdout.write(`TEST_SEED=${String(random.seed)}\n`);
    const report = await loseDatabaseAndKill({
      name: 'short',
      calls: 240,
      processes,
      provider,
      proxy,
      random,
    });
    expect(report.differences).toEqual([]);
    expect(report.served).toBeGreaterThan(50);
    expect(report.journalled).toBeGreaterThan(0);
  }, 120_000);
});
