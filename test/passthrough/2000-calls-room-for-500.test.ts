import { Agent, request } from 'undici';
import { formatMoney } from '../../src/domain/money/decimal-text';
import { GraphqlClient } from '../support/graphql-client';
import { lawFiveViolations, watchLawFive } from '../support/law-five';
import { meteredYaml } from '../support/metered-app';
import { prepareProcesses, PROCESS_MASTER_KEY, type MeteredProcesses } from '../support/metered-processes';
import type { ServerProcess } from '../support/server-process';
import { answerChat, startUpstream, type FakeUpstream } from '../support/upstream';
import { until } from '../support/until';

const CALLS = 2_000;
const ROOM = 500;
/** Of the calls that settle while others are reserved there are enough to use up the room several times over. */
const SETTLING_CALLS = 1_000;
const MAX_TOKENS = 100;
/** For limits that count something else than money. */
const UNIT_CALLS = 200;
const UNIT_ROOM = 40;
const PICO = 1_000_000_000_000n;

interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly message: string | null;
  readonly details: Record<string, unknown>;
}

/** Two server processes on one database, and one limit that both have to keep. */
describe(`${String(CALLS)} concurrent calls against room for ${String(ROOM)}, over two server processes`, () => {
  let upstream: FakeUpstream;
  let processes: MeteredProcesses;
  let servers: ServerProcess[];
  let master: GraphqlClient;
  const client = new Agent({ connections: CALLS / 2, headersTimeout: 120_000, bodyTimeout: 120_000 });

  beforeAll(async () => {
    upstream = await startUpstream();
    processes = await prepareProcesses(meteredYaml(`${upstream.url}/v1`));
    servers = await Promise.all([processes.spawn(), processes.spawn()]);
    master = new GraphqlClient(servers[0]?.url ?? '', PROCESS_MASTER_KEY);
    await watchLawFive(processes.pool);
  });
  afterAll(async () => {
    await client.destroy();
    for (const server of servers) expect(await server.kill('SIGTERM')).toBe(0);
    await processes.close();
    await upstream.close();
  });
  beforeEach(() => {
    upstream.calls.length = 0;
  });

  async function call(secret: string, index: number): Promise<Answer> {
    const { statusCode, body } = await request(`${servers[index % 2]?.url ?? ''}/v1/chat/completions`, {
      dispatcher: client,
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'my-gpt',
        max_tokens: MAX_TOKENS,
        messages: [{ role: 'user', content: 'Hi' }],
      }),
    });
    const json = (await body.json()) as {
      error?: { type: string; message: string; details?: Record<string, unknown> };
    };
    return {
      status: statusCode,
      type: json.error?.type ?? null,
      message: json.error?.message ?? null,
      details: json.error?.details ?? {},
    };
  }

  /** A key whose limit has room for exactly that many holds. A call that a limit of 0 refuses tells what it asks for. */
  async function keyWithRoom(): Promise<{ secret: string; limitId: string; hold: bigint }> {
    const none = await keyWithLimit('0');
    const probe = await call(none.secret, 0);
    expect(probe).toMatchObject({ status: 429, type: 'budget_exceeded' });
    const hold = picodollars(String(probe.details['requested']));
    return { ...(await keyWithLimit(formatMoney(hold * BigInt(ROOM)))), hold };
  }

  async function keyWithLimit(amount: string, unit = 'USD'): Promise<{ secret: string; limitId: string }> {
    const key = await processes.makeKey(servers[0] as ServerProcess);
    const { limit } = await master.do<{ limit: { id: string } }>(
      'setLimit',
      'SetLimitInput',
      {
        ...{ scope: 'KEY', scopeId: key.id, unit, amount },
        ...(unit === 'CONCURRENT' ? {} : { duration: 'monthly' }),
      },
      'limit { id }',
    );
    return { secret: key.secret, limitId: limit.id };
  }

  /** Sums of the key's rows and windows, by SQL that shares nothing with the product's. */
  async function sumsOf(limitId: string) {
    const { rows } = await processes.pool.query<Record<string, string>>(
      `WITH l AS (SELECT * FROM limits WHERE id = $1), s AS (SELECT s.* FROM spend_logs s, l WHERE s.key_id = l.scope_id)
       SELECT (SELECT count(*) FROM s)::text AS rows, (SELECT count(DISTINCT call_id) FROM s)::text AS calls,
              (SELECT coalesce(sum(cost), 0) FROM s)::text AS cost,
              (SELECT coalesce(sum(overrun), 0) FROM s)::text AS overrun,
              (SELECT spent::text FROM limit_windows WHERE limit_id = $1) AS spent,
              (SELECT reserved::text FROM limit_windows WHERE limit_id = $1) AS reserved,
              (SELECT count(*) FROM reservations r, l WHERE r.key_id = l.scope_id)::text AS reservations,
              (SELECT count(*) FROM reservations r, l WHERE r.key_id = l.scope_id AND r.state = 'RESERVED')::text AS open`,
      [limitId],
    );
    return rows[0] ?? {};
  }

  async function untilNothingIsOpen(limitId: string) {
    await until('nothing is open', async () => (await sumsOf(limitId))['open'] === '0');
    return sumsOf(limitId);
  }

  it('admits exactly those that there is room for, and names the limit to all others', async () => {
    const { secret, limitId, hold } = await keyWithRoom();
    const answers: (() => void)[] = [];
    upstream.behave((received, response) => {
      answers.push(() => void answerChat()(received, response));
    });
    let refusedSoFar = 0;
    const calls = Array.from({ length: CALLS }, async (_, index) => {
      const answer = await call(secret, index);
      if (answer.status !== 200) refusedSoFar += 1;
      return answer;
    });
    // The provider holds every answer until each call is either there or refused.
    await until('every call is decided', () => answers.length + refusedSoFar >= CALLS, 120_000);
    expect(answers).toHaveLength(ROOM);
    const held = await sumsOf(limitId);
    expect(held).toMatchObject({ open: String(ROOM), rows: '0', spent: '0.000000000000' });
    expect(picodollars(held['reserved'])).toBe(hold * BigInt(ROOM));
    for (const answer of answers) answer();
    const decided = await Promise.all(calls);
    expect(decided.filter((answer) => answer.status === 200)).toHaveLength(ROOM);
    const refused = decided.filter((answer) => answer.status !== 200);
    expect(refused).toHaveLength(CALLS - ROOM);
    for (const answer of refused) {
      expect(answer).toMatchObject({
        status: 429,
        type: 'budget_reserved',
        message: expect.stringContaining('Budget is held by calls in flight') as unknown,
        details: {
          limit_id: limitId,
          scope: 'KEY',
          limit: formatMoney(hold * BigInt(ROOM)),
          retryable: true,
        },
      });
    }
    const sums = await untilNothingIsOpen(limitId);
    expect(sums).toMatchObject({ rows: String(ROOM), calls: String(ROOM), reservations: String(ROOM) });
    expect(picodollars(sums['cost'])).toBe(20_000_000n * BigInt(ROOM));
    expect(sums['spent']).toBe(sums['cost']);
    expect(sums['reserved']).toBe('0.000000000000');
    expect(await lawFiveViolations(processes.pool)).toBe(0);
    expect(await processes.faults()).toEqual([]);
  });

  /** What the calls of a key hold in the limit's unit at this moment: the least of them, and all together. */
  async function heldOf(limitId: string) {
    const { rows } = await processes.pool.query<{ calls: number; least: number; reserved: number }>(
      `SELECT count(*)::int AS calls, min(r.hold_input_tokens + r.hold_output_tokens)::int AS least,
              (SELECT sum(reserved)::int FROM limit_windows WHERE limit_id = $1) AS reserved
         FROM reservations r JOIN limits l ON l.id = $1 AND r.key_id = l.scope_id WHERE r.state = 'RESERVED'`,
      [limitId],
    );
    return rows[0] ?? { calls: -1, least: -1, reserved: -1 };
  }

  it.each(['REQUESTS', 'CONCURRENT', 'TOKENS'])(
    'admits to a limit in %s what it has room for',
    async (unit) => {
      const isTokens = unit === 'TOKENS';
      const amount = isTokens ? UNIT_ROOM * (MAX_TOKENS + 50) : UNIT_ROOM;
      const { secret, limitId } = await keyWithLimit(String(amount), unit);
      const answers: (() => void)[] = [];
      upstream.behave((received, response) => {
        answers.push(() => void answerChat()(received, response));
      });
      let refusedSoFar = 0;
      const calls = Array.from({ length: UNIT_CALLS }, async (_, index) => {
        const { status } = await call(secret, index);
        if (status !== 200) refusedSoFar += 1;
        return status;
      });
      await until('every call is decided', () => answers.length + refusedSoFar >= UNIT_CALLS, 60_000);
      const held = await heldOf(limitId);
      expect(held.calls).toBe(answers.length);
      if (isTokens) {
        // All that is held fits, and what is left has no room for the smallest of them.
        expect(held.reserved).toBeLessThanOrEqual(amount);
        expect(amount - held.reserved).toBeLessThan(held.least);
        expect(answers.length).toBeGreaterThan(0);
      } else expect([answers.length, held.reserved]).toEqual([UNIT_ROOM, UNIT_ROOM]);
      for (const answer of answers) answer();
      const statuses = await Promise.all(calls);
      expect(statuses.filter((status) => status === 429)).toHaveLength(UNIT_CALLS - answers.length);
      const sums = await untilNothingIsOpen(limitId);
      expect(sums).toMatchObject({ rows: String(answers.length), reserved: '0.000000000000' });
      const perCall = { REQUESTS: 1, CONCURRENT: 0, TOKENS: 15 }[unit] ?? -1;
      expect(Number(sums['spent'])).toBe(answers.length * perCall);
      expect(await lawFiveViolations(processes.pool)).toBe(0);
      expect(await processes.faults()).toEqual([]);
    },
  );

  it.each([
    ['less', { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 }],
    ['more', { prompt_tokens: 200, completion_tokens: 1_000, total_tokens: 1_200 }],
  ])('keeps the limit while calls settle meanwhile for %s than their hold', async (what, usage) => {
    const { secret, limitId, hold } = await keyWithRoom();
    upstream.behave(answerChat(usage));
    const decided = await Promise.all(
      Array.from({ length: SETTLING_CALLS }, (_, index) => call(secret, index)),
    );
    const admitted = decided.filter((answer) => answer.status === 200).length;
    const refused = decided.filter((answer) => answer.status !== 200);
    for (const answer of refused) {
      const message = expect.stringContaining('Budget') as unknown;
      expect(answer).toMatchObject({ status: 429, message, details: { limit_id: limitId } });
    }
    expect(admitted).toBe(upstream.calls.length);
    const sums = await untilNothingIsOpen(limitId);
    expect(sums).toMatchObject({ rows: String(admitted), calls: String(admitted) });
    const cost = BigInt(usage.prompt_tokens + 2 * usage.completion_tokens) * 1_000_000n;
    expect(picodollars(sums['cost'])).toBe(cost * BigInt(admitted));
    expect(sums['spent']).toBe(sums['cost']);
    expect(sums['reserved']).toBe('0.000000000000');
    const limit = hold * BigInt(ROOM);
    if (what === 'less') {
      expect(admitted).toBeGreaterThanOrEqual(ROOM);
      expect(picodollars(sums['spent']) <= limit).toBe(true);
      expect(picodollars(sums['overrun'])).toBe(0n);
    } else {
      // What passes the limit is nothing but what the calls cost beyond their holds, and each of those is listed.
      expect(cost > hold).toBe(true);
      expect(picodollars(sums['overrun'])).toBeGreaterThan(0n);
      expect(picodollars(sums['spent']) - picodollars(sums['overrun']) <= limit).toBe(true);
      expect(admitted).toBeLessThanOrEqual(ROOM);
    }
    // Whichever process booked the call that crossed a threshold: one alert for each.
    const spent = picodollars(sums['spent']);
    const crossed = ['50', '80', '95', '100'].filter((percent) => spent * 100n >= limit * BigInt(percent));
    const { rows } = await processes.pool.query<{ threshold: string }>(
      `SELECT threshold FROM alerts WHERE limit_id = $1 AND kind = 'THRESHOLD' ORDER BY threshold::int`,
      [limitId],
    );
    expect(rows.map(({ threshold }) => threshold)).toEqual(crossed);
    expect(await lawFiveViolations(processes.pool)).toBe(0);
    expect(await processes.faults()).toEqual([]);
  });
});

/** Decimal text with at most twelve places as whole picodollars. */
function picodollars(text: string | undefined): bigint {
  const [whole = '0', places = ''] = (text ?? '').split('.');
  return BigInt(whole) * PICO + BigInt(places.padEnd(12, '0'));
}
