import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  compare,
  loadAndKill,
  longestAfterLease,
  retryLost,
  untilNothingIsOpen,
  type CaughtStates,
} from '../support/kill-round';
import { lawFiveViolations, watchLawFive } from '../support/law-five';
import { meteredYaml } from '../support/metered-app';
import { prepareProcesses, type MeteredProcesses } from '../support/metered-processes';
import { spawnProvider, type ProviderProcess } from '../support/provider-process';
import { Random } from '../support/random';

const ROUNDS = 10;
const CALLS = 1_000;
/** Two servers are killed in each round, each at an instant of its own. */
const INSTANTS = 2 * ROUNDS;

describe(`servers that are killed amid ${String(CALLS)} concurrent calls, at ${String(INSTANTS)} random instants`, () => {
  let folder: string;
  let provider: ProviderProcess;
  let processes: MeteredProcesses;
  const total: CaughtStates = { unreserved: 0, unserved: 0, unsettled: 0, settled: 0 };
  const random = Random.fromEnvironment();

  beforeAll(async () => {
    process.stdout.write(`TEST_SEED=${String(random.seed)}\n`);
    folder = await mkdtemp(join(tmpdir(), 'spendgraph-provider-'));
    provider = await spawnProvider(join(folder, 'served.jsonl'));
    processes = await prepareProcesses(meteredYaml(`${provider.url}/v1`), {
      SPENDGRAPH_LEASE_TTL_MS: '3000',
    });
    await watchLawFive(processes.pool);
  });
  afterAll(async () => {
    await processes.close();
    await provider.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(Array.from({ length: ROUNDS }, (_, round) => round + 1))(
    'lose no call and book none twice (round %i)',
    async (round) => {
      const servers = await Promise.all([processes.spawn(), processes.spawn()]);
      const { secret } = await processes.makeKey(servers[0]);
      const load = { name: `round${String(round)}`, secret, calls: CALLS };
      const seen = await loadAndKill({ ...load, servers }, provider, random);
      const next = await processes.spawn();
      await untilNothingIsOpen(processes.pool, 120_000);
      const { differences, caught } = await compare(processes.pool, provider, load.name, seen);
      expect(differences).toEqual([]);
      for (const state of Object.keys(total) as (keyof CaughtStates)[]) total[state] += caught[state];

      const outcomes = await retryLost({ ...load, servers: [next] }, seen);
      await untilNothingIsOpen(processes.pool, 120_000);
      const after = await compare(processes.pool, provider, load.name, outcomes);
      expect(after.differences).toEqual([]);
      expect(after.caught.unreserved).toBe(0);
      expect(await next.kill('SIGKILL')).toBe(null);
      process.stdout.write(`round ${String(round)}: ${JSON.stringify(caught)}\n`);
    },
  );

  it('caught calls in every state', () => {
    for (const calls of Object.values(total)) expect(calls).toBeGreaterThan(0);
  });

  it('left no reservation long after its lease, and never passed a limit', async () => {
    // The next process sweeps every five seconds; the rest is for a slow machine.
    expect(await longestAfterLease(processes.pool)).toBeLessThan(30);
    expect(await lawFiveViolations(processes.pool)).toBe(0);
  });
});
