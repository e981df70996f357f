import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import { Agent, request } from 'undici';
import { ledgerFaults } from './metered-processes';
import type { ProviderProcess, ServedCall } from './provider-process';
import type { Random } from './random';
import type { ServerProcess } from './server-process';
import { until } from './until';

/** How a call looks to its client. LOST: the connection broke before the answer was whole. */
export interface ClientOutcome {
  readonly id: string;
  readonly status: number | 'LOST';
  /** The cost that the client was told; null when it was told none. */
  readonly cost: string | null;
}

/** What the ledger says of a call, by the name that its client gave it. */
interface LedgerCall {
  readonly id: string;
  readonly state: string;
  readonly rows: number;
  readonly status: string | null;
  readonly cost: string | null;
  readonly hold: string;
  readonly source: string | null;
}

/** How many calls a kill caught where. */
export interface CaughtStates {
  /** The server died before a reservation was committed: nothing was sent, nothing is charged. */
  unreserved: number;
  /** Reserved, but the provider never served it. Charged at its hold, for nobody is left to know that. */
  unserved: number;
  /** The provider served it, and the server died before that was booked. Charged at its hold. */
  unsettled: number;
  /** Booked at what the provider says. */
  settled: number;
}

export interface Load {
  readonly name: string;
  readonly secret: string;
  readonly calls: number;
  readonly servers: readonly ServerProcess[];
}

/** Sends the load and kills each server at a random instant of it. Returns what the clients saw. */
export async function loadAndKill(
  load: Load,
  provider: ProviderProcess,
  random: Random,
): Promise<ClientOutcome[]> {
  const { servers, calls, name } = load;
  const client = new Agent({ connections: calls, connectTimeout: 60_000 });
  let answered = 0;
  const outcomes = Array.from({ length: calls }, async (_, index) => {
    const outcome = await callOnce(client, load, index);
    answered += 1;
    return outcome;
  });
  const kills = servers.map(async (server) => {
    // By what the provider has served, while others are still being reserved, or by what was answered, while others
    // are being booked: instants of the load, not of the clock, so that a slow machine is caught in the same states.
    const instant = random.below(Math.ceil(calls * 0.6));
    const reached =
      random.next() < 0.5
        ? async () => servedOf(await provider.served(), name).length >= instant
        : () => answered >= instant;
    await until(`the load is at its instant ${String(instant)}`, reached, 240_000);
    await delay(random.below(30));
    await server.kill('SIGKILL');
  });
  await Promise.all(kills);
  const seen = await Promise.all(outcomes);
  await client.destroy();
  return seen;
}

async function callOnce(
  client: Agent,
  { name, secret, servers }: Load,
  index: number,
): Promise<ClientOutcome> {
  const id = `${name}-${String(index)}`;
  const stream = index % 3 === 0;
  const server = servers[index % servers.length];
  try {
    const response = await request(`${server?.url ?? ''}/v1/chat/completions`, {
      dispatcher: client,
      method: 'POST',
      headers: {
        authorization: `Bearer ${secret}`,
        'content-type': 'application/json',
        'idempotency-key': id,
      },
      body: JSON.stringify({
        model: 'my-gpt',
        max_tokens: 100,
        user: id,
        stream,
        messages: [{ role: 'user', content: 'Hi' }],
      }),
    });
    const text = await response.body.text();
    const header = response.headers['x-litellm-response-cost'];
    const cost = stream ? /: x-litellm-response-cost (\S+)/.exec(text)?.[1] : header;
    return { id, status: response.statusCode, cost: typeof cost === 'string' ? cost : null };
  } catch {
    return { id, status: 'LOST', cost: null };
  }
}

/**
 * What a careful client does: it sends the calls whose answer it lost once more, with the same Idempotency-Key. Returns
 * the outcomes with those of the second try in place of the lost ones, where that try was let through.
 */
export async function retryLost(load: Load, seen: readonly ClientOutcome[]): Promise<ClientOutcome[]> {
  const client = new Agent({ connections: 100 });
  const outcomes = await Promise.all(
    seen.map(async (outcome, index) => {
      if (outcome.status !== 'LOST') return outcome;
      const again = await callOnce(client, load, index);
      // The first try is known to the ledger: it is the one that counts, and its answer stays lost.
      return again.status === 409 ? outcome : again;
    }),
  );
  await client.destroy();
  return outcomes;
}

/** Waits until the leases of the dead have ended and their calls with them. */
export async function untilNothingIsOpen(pool: Pool, timeoutMs: number): Promise<void> {
  await until(
    'no reservation is open',
    async () => {
      const { rows } = await pool.query(`SELECT 1 FROM reservations WHERE state = 'RESERVED' LIMIT 1`);
      return rows.length === 0;
    },
    timeoutMs,
  );
}

/**
 * The longest time by which a reservation outlived the lease of its process, in seconds, counted from when there was a
 * server again to end it.
 */
export async function longestAfterLease(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ seconds: string | null }>(
    `SELECT max(extract(epoch FROM r.ended_at - greatest(o.lease_until, n.started_at)))::text AS seconds
       FROM reservations r JOIN ledger_owners o ON o.id = r.owner_id
      CROSS JOIN LATERAL (SELECT max(started_at) AS started_at FROM ledger_owners WHERE started_at <= r.ended_at) n
      WHERE r.state = 'EXPIRED'`,
  );
  return Number(rows[0]?.seconds ?? '0');
}

/** Everything in which provider, ledger and clients disagree about the calls of that name, and where they were caught. */
export async function compare(
  pool: Pool,
  provider: ProviderProcess,
  name: string,
  seen: readonly ClientOutcome[],
): Promise<{ differences: string[]; caught: CaughtStates }> {
  const ledger = await ledgerCalls(pool, name);
  const all = servedOf(await provider.served(), name);
  const served = new Map(all.map((call) => [call.id, call]));
  const differences: string[] = await ledgerFaults(pool);
  if (served.size !== all.length) differences.push(`${name}: a call was sent twice`);
  const caught: CaughtStates = { unreserved: 0, unserved: 0, unsettled: 0, settled: 0 };
  for (const outcome of seen) {
    const booked = ledger.get(outcome.id) ?? null;
    const difference = differenceOf(outcome, served.get(outcome.id) ?? null, booked);
    if (difference !== null) differences.push(`${outcome.id}: ${difference}`);
    if (booked === null) caught.unreserved += 1;
    else if (booked.status === 'SUCCESS') caught.settled += 1;
    else if (served.has(outcome.id)) caught.unsettled += 1;
    else caught.unserved += 1;
  }
  return { differences, caught };
}

function servedOf(calls: readonly ServedCall[], name: string): ServedCall[] {
  return calls.filter(({ id }) => id.startsWith(`${name}-`));
}

function differenceOf(
  outcome: ClientOutcome,
  served: ServedCall | null,
  booked: LedgerCall | null,
): string | null {
  if (booked === null) {
    if (served) return 'the provider served it, and the ledger does not know it';
    return outcome.status === 200 ? 'the client has an answer, and the ledger does not know it' : null;
  }
  if (booked.rows !== 1) return `it is booked ${String(booked.rows)} times`;
  if (booked.status === 'SUCCESS') return settledDifference(outcome, served, booked);
  if (booked.status === 'EXPIRED')
    return booked.state === 'EXPIRED' && booked.cost === booked.hold && booked.source === 'RESERVATION'
      ? null
      : `it expired, and is charged ${String(booked.cost)} of its hold of ${booked.hold}`;
  if (booked.state === 'VOIDED') return served ? 'it is voided, and the provider served it' : null;
  return `it is booked as ${String(booked.status)}`;
}

function settledDifference(
  outcome: ClientOutcome,
  served: ServedCall | null,
  booked: LedgerCall,
): string | null {
  if (!served) return 'it is booked as served, and the provider did not serve it';
  if (picodollars(booked.cost) !== served.picodollars) return `it is booked at ${String(booked.cost)}`;
  if (outcome.cost !== null && picodollars(outcome.cost) !== served.picodollars)
    return `the client was told ${outcome.cost}`;
  return null;
}

async function ledgerCalls(pool: Pool, name: string): Promise<Map<string, LedgerCall>> {
  const { rows } = await pool.query<LedgerCall>(
    `SELECT r.customer_id AS id, r.state, count(s.id)::int AS rows, max(s.status) AS status, max(s.cost)::text AS cost,
            r.hold::text AS hold, max(s.usage_source) AS source
       FROM reservations r LEFT JOIN spend_logs s ON s.call_id = r.id
      WHERE r.customer_id LIKE $1 || '-%' GROUP BY r.id ORDER BY r.id`,
    [name],
  );
  const calls = new Map(rows.map((row) => [row.id, row]));
  if (calls.size !== rows.length) throw new Error(`A call of ${name} was reserved twice`);
  return calls;
}

/** Decimal text with at most twelve places as whole picodollars. */
function picodollars(text: string | null): bigint {
  const [whole = '0', places = ''] = (text ?? '').split('.');
  return BigInt(whole) * 1_000_000_000_000n + BigInt(places.padEnd(12, '0'));
}
