import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  compare,
  loadAndKill,
  longestAfterLease,
  retryLost,
  untilNothingIsOpen,
} from '../support/kill-round';
import { meteredYaml } from '../support/metered-app';
import { prepareProcesses, type MeteredProcesses } from '../support/metered-processes';
import { spawnProvider, type ProviderProcess } from '../support/provider-process';
import { Random } from '../support/random';

const CALLS = 300;

/** The long version, with twenty instants and more, is kill-servers.full.test.ts. */
describe('two servers that are killed amid concurrent calls', () => {
  let folder: string;
  let provider: ProviderProcess;
  let processes: MeteredProcesses;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spendgraph-provider-'));
    provider = await spawnProvider(join(folder, 'served.jsonl'));
    processes = await prepareProcesses(meteredYaml(`${provider.url}/v1`), {
      SPENDGRAPH_LEASE_TTL_MS: '3000',
    });
  });
  afterAll(async () => {
    await processes.close();
    await provider.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('have every call that the provider served booked exactly once when one starts again', async () => {
    const random = Random.fromEnvironment();
    process.stdout.write(`TEST_SEED=${String(random.seed)}\n`);
    const servers = await Promise.all([processes.spawn(), processes.spawn()]);
    const { secret } = await processes.makeKey(servers[0]);
    const load = { name: 'short', secret, calls: CALLS };
    const seen = await loadAndKill({ ...load, servers }, provider, random);
    const next = await processes.spawn();
    await untilNothingIsOpen(processes.pool, 60_000);
    const { differences, caught } = await compare(processes.pool, provider, load.name, seen);
    expect(differences).toEqual([]);
    expect(caught.unreserved + caught.unserved + caught.unsettled + caught.settled).toBe(CALLS);
    expect(await longestAfterLease(processes.pool)).toBeLessThan(30);

    const outcomes = await retryLost({ ...load, servers: [next] }, seen);
    await untilNothingIsOpen(processes.pool, 60_000);
    const after = await compare(processes.pool, provider, load.name, outcomes);
    expect(after.differences).toEqual([]);
    expect(after.caught).toMatchObject({
      unreserved: 0,
      unserved: caught.unserved,
      unsettled: caught.unsettled,
    });
  });
});
