import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { DatabaseProxy } from './database-proxy';
import { GraphqlClient } from './graphql-client';
import { untilNothingIsOpen } from './kill-round';
import { PROCESS_MASTER_KEY, type MeteredProcesses } from './metered-processes';
import type { ProviderProcess } from './provider-process';
import type { Random } from './random';
import type { ServerProcess } from './server-process';
import { until } from './until';

export interface OutageRound {
  readonly name: string;
  readonly calls: number;
  readonly processes: MeteredProcesses;
  readonly provider: ProviderProcess;
  readonly proxy: DatabaseProxy;
  readonly random: Random;
}

/** What became of the calls of a round. */
export interface OutageReport {
  readonly differences: readonly string[];
  /** Served, and booked from a journal. */
  readonly journalled: number;
  /** Served, and charged at their hold because their end was lost. */
  readonly charged: number;
  readonly served: number;
}

/**
 * Two servers under load lose their database in the middle of it, and are then killed at a random instant. The next server
 * is killed while it books what they left, and the one after that must have every call right.
 */
export async function loseDatabaseAndKill(round: OutageRound): Promise<OutageReport> {
  const { name, calls, processes, provider, proxy, random } = round;
  const environment = { DATABASE_URL: proxy.url };
  const servers = await Promise.all([processes.spawn(environment), processes.spawn(environment)]);
  const { secret } = await processes.makeKey(servers[0]);
  await allowEverything(servers[0]);
  for (const server of servers) await callOnce(server, secret, `warm-${name}`);
  await untilNothingIsOpen(processes.pool, 30_000);
  const served = async () => (await provider.served()).filter(({ id }) => id.startsWith(`${name}-`));
  let tellCut: () => void = () => undefined;
  const isCut = new Promise<void>((resolve) => (tellCut = resolve));
  const outcomes = Array.from({ length: calls }, async (_, index) => {
    // The first half is spread over the time in which the database goes away; the other comes when it is gone, so that
    // there are calls without a database however slow or fast the machine is.
    if (index >= calls / 2) await isCut;
    await delay(random.below(index < calls / 2 ? 1_500 : 300));
    return callOnce(servers[index % servers.length], secret, `${name}-${String(index)}`);
  });
  const reached = (share: number) =>
    until('the load is at its instant', async () => (await served()).length >= calls * share, 40_000);

  await reached(0.05 + random.next() * 0.2);
  proxy.cut();
  tellCut();
  await reached(0.55 + random.next() * 0.3);
  await delay(random.below(60));
  await Promise.all(servers.map((server) => server.kill('SIGKILL')));
  await Promise.all(outcomes);
  proxy.restore();

  await killWhileBooking(round);
  await processes.spawn();
  await until(
    'every journal is booked',
    async () => (await journalsIn(processes.folder)).length === 0,
    40_000,
  );
  await untilNothingIsOpen(processes.pool, 40_000);
  return compare(round, await served());
}

/** The kill comes between two of its transactions, or between the last of them and the removal of a file. */
async function killWhileBooking({ processes, random }: OutageRound): Promise<void> {
  const before = await countJournalled(processes);
  const server = processes.launch();
  const instant = before + random.below(150);
  const isOver = async () =>
    (await countJournalled(processes)) >= instant || (await journalsIn(processes.folder)).length === 0;
  await until('it is booking', isOver, 40_000);
  await server.kill('SIGKILL');
}

async function compare(
  { name, processes }: OutageRound,
  served: readonly { id: string; picodollars: bigint }[],
): Promise<OutageReport> {
  const { rows } = await processes.pool.query<Booked>(
    `SELECT s.metadata ->> 'call' AS id, s.kind, s.status, s.cost::text AS cost, s.hold::text AS hold,
            j.call_id IS NOT NULL AS journalled
       FROM spend_logs s LEFT JOIN journalled_calls j ON j.call_id = s.call_id
      WHERE s.metadata ->> 'call' LIKE $1 || '-%'`,
    [name],
  );
  const differences = await processes.faults();
  const rowsOf = (id: string) => rows.filter((row) => row.id === id);
  let charged = 0;
  for (const call of served) {
    const booked = rowsOf(call.id);
    const total = booked.reduce((sum, row) => sum + picodollars(row.cost), 0n);
    if (booked.filter((row) => row.kind === 'CALL').length !== 1 || booked.length > 2)
      differences.push(`${call.id} is booked ${String(booked.length)} times`);
    else if (booked.length === 1 && booked[0]?.status === 'EXPIRED' && booked[0].cost === booked[0].hold)
      charged += 1;
    else if (total !== call.picodollars) differences.push(`${call.id} is booked at ${String(total)}`);
  }
  const ids = new Set(served.map((call) => call.id));
  for (const row of rows)
    if (!ids.has(row.id) && row.status !== 'EXPIRED' && picodollars(row.cost) !== 0n)
      differences.push(`${row.id} is booked as ${row.status}, and the provider did not serve it`);
  const journalled = rows.filter((row) => row.journalled && row.status === 'SUCCESS').length;
  return { differences, journalled, charged, served: ids.size };
}

interface Booked {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly cost: string;
  readonly hold: string;
  readonly journalled: boolean;
}

function picodollars(text: string): bigint {
  const [whole = '0', places = ''] = text.replace('-', '').split('.');
  const amount = BigInt(whole) * 1_000_000_000_000n + BigInt(places.padEnd(12, '0'));
  return text.startsWith('-') ? -amount : amount;
}

async function journalsIn(folder: string): Promise<string[]> {
  return readdir(join(folder, 'journal')).catch(() => []);
}

async function countJournalled({ pool }: MeteredProcesses): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM journalled_calls`);
  return rows[0]?.n ?? 0;
}

async function allowEverything(server: ServerProcess): Promise<void> {
  const master = new GraphqlClient(server.url, PROCESS_MASTER_KEY);
  const { limits } = await master.ask<{ limits: { nodes: { id: string }[] } }>(`{ limits { nodes { id } } }`);
  for (const { id } of limits.nodes)
    await master.do(
      'updateLimit',
      'UpdateLimitInput',
      { limitId: id, onStoreFailure: 'ALLOW' },
      'limit { id }',
    );
}

/** One that is lost with its server is no fault: nothing is asked of clients here. */
async function callOnce(server: ServerProcess | undefined, secret: string, id: string): Promise<void> {
  try {
    const response = await fetch(`${server?.url ?? ''}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'my-gpt',
        max_tokens: 100,
        metadata: { call: id },
        messages: [{ role: 'user', content: id }],
      }),
    });
    await response.text();
  } catch {
    // The server was killed.
  }
}
