import { meteredYaml } from '../support/metered-app';
import { prepareProcesses, type MeteredProcesses } from '../support/metered-processes';
import type { ServerProcess } from '../support/server-process';
import { answerChat, startUpstream, type FakeUpstream } from '../support/upstream';
import { until } from '../support/until';

const CALLS = 40;

describe('a server that is paused for longer than its lease', () => {
  let upstream: FakeUpstream;
  let processes: MeteredProcesses;
  let paused: ServerProcess;
  let secret: string;

  beforeAll(async () => {
    upstream = await startUpstream();
    processes = await prepareProcesses(meteredYaml(`${upstream.url}/v1`), {
      SPENDGRAPH_LEASE_TTL_MS: '3000',
    });
    const servers = await Promise.all([processes.spawn(), processes.spawn()]);
    [paused] = servers;
    ({ secret } = await processes.makeKey(paused));
  });
  afterAll(async () => {
    process.kill(paused.pid, 'SIGCONT');
    await processes.close();
    await upstream.close();
  });

  const call = () =>
    fetch(`${paused.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}` },
      body: JSON.stringify({ model: 'my-gpt', max_tokens: 100, messages: [{ role: 'user', content: 'Hi' }] }),
    });

  async function reservations(): Promise<Record<string, number>> {
    const { rows } = await processes.pool.query<{ state: string; calls: number }>(
      `SELECT state, count(*)::int AS calls FROM reservations GROUP BY state`,
    );
    return Object.fromEntries(rows.map(({ state, calls }) => [state, calls]));
  }

  it('has its calls charged at their hold by another, and corrects each to its true cost when it goes on', async () => {
    const answers: (() => void)[] = [];
    upstream.behave((received, response) => {
      answers.push(() => void answerChat()(received, response));
    });
    const calls = Array.from({ length: CALLS }, () => call());
    await until('all are at the provider', () => answers.length === CALLS);
    process.kill(paused.pid, 'SIGSTOP');
    await until('the other server has ended them', async () => {
      return (await reservations())['EXPIRED'] === CALLS;
    });
    expect(await processes.faults()).toEqual([]);
    for (const answer of answers) answer();
    process.kill(paused.pid, 'SIGCONT');
    expect((await Promise.all(calls)).map((response) => response.status)).toEqual(Array(CALLS).fill(200));
    await until('all are corrected', async () => {
      const { rows } = await processes.pool.query(`SELECT 1 FROM spend_logs WHERE kind = 'ADJUSTMENT'`);
      return rows.length === CALLS;
    });
    const { rows } = await processes.pool.query(
      `SELECT count(*)::int AS rows, sum(requests)::int AS requests, trim_scale(sum(cost))::text AS cost,
              sum(input_tokens)::int AS input_tokens, sum(output_tokens)::int AS output_tokens
         FROM spend_logs GROUP BY call_id`,
    );
    expect(rows).toHaveLength(CALLS);
    for (const row of rows) {
      expect(row).toEqual({ rows: 2, requests: 1, cost: '0.00002', input_tokens: 10, output_tokens: 5 });
    }
    expect(await processes.faults()).toEqual([]);
  });

  it('takes a lease again, and new calls', async () => {
    upstream.behave(answerChat());
    const response = await call();
    expect(response.status).toBe(200);
    await until('it is booked', async () => (await reservations())['SETTLED'] === 1);
    expect(await processes.faults()).toEqual([]);
  });
});
