import { meteredYaml } from '../support/metered-app';
import { prepareProcesses, type MeteredProcesses } from '../support/metered-processes';
import type { ServerProcess } from '../support/server-process';
import { answerChat, chatChunks, startUpstream, type FakeUpstream } from '../support/upstream';
import { until } from '../support/until';

const STREAMS = 100;
const WHOLE_ANSWERS = 10;

describe('a server that is told to stop', () => {
  let upstream: FakeUpstream;
  let processes: MeteredProcesses;
  let server: ServerProcess;
  let secret: string;
  const finishers: (() => void)[] = [];

  beforeAll(async () => {
    upstream = await startUpstream((call, response) => {
      if (call.body['stream'] !== true) {
        finishers.push(() => undefined);
        return;
      }
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
      const [first, ...rest] = chatChunks(call, usage);
      response.write(first);
      finishers.push(() => response.end([...rest, 'data: [DONE]\n\n'].join('')));
    });
    processes = await prepareProcesses(meteredYaml(`${upstream.url}/v1`), {
      SPENDGRAPH_DRAIN_TIMEOUT_MS: '3000',
    });
    server = await processes.spawn();
    ({ secret } = await processes.makeKey(server));
  });
  afterAll(async () => {
    await processes.close();
    await upstream.close();
  });

  const call = (body: Record<string, unknown>) =>
    fetch(`${server.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}` },
      body: JSON.stringify({
        model: 'my-gpt',
        max_tokens: 100,
        messages: [{ role: 'user', content: 'Hi' }],
        ...body,
      }),
    });

  it('takes no new call, lets open streams finish, cuts the rest at its deadline, and charges every one', async () => {
    const streams = Array.from({ length: STREAMS }, () => call({ stream: true }));
    const open = await Promise.all(streams);
    const texts = open.map((response) => response.text().catch(() => 'cut'));
    const whole = Array.from({ length: WHOLE_ANSWERS }, () => call({}).catch(() => null));
    await until('all are at the provider', () => finishers.length === STREAMS + WHOLE_ANSWERS);

    const ended = server.kill('SIGTERM');
    await until('it says that it stops', () => server.output().includes('Stopping on SIGTERM'));
    const late = await call({}).catch(() => null);
    if (late !== null) expect(late.status).toBe(503);
    upstream.behave(answerChat());
    for (const finish of finishers.splice(0, STREAMS / 2)) finish();
    const done = (await Promise.all(texts.slice(0, STREAMS / 2))).filter((text) =>
      text.endsWith('[DONE]\n\n'),
    );
    expect(done).toHaveLength(STREAMS / 2);
    expect(await ended).toBe(0);
    await expect(fetch(`${server.url}/health/liveliness`)).rejects.toThrow();

    const cut = (await Promise.all(texts.slice(STREAMS / 2))).filter((text) => text.includes('[DONE]'));
    expect(cut).toEqual([]);
    await Promise.all(whole);
    const { rows } = await processes.pool.query(
      `SELECT stream, status, usage_source, count(*)::int AS calls, count(*) FILTER (WHERE cost > 0)::int AS charged
         FROM spend_logs GROUP BY 1, 2, 3 ORDER BY 1, 2`,
    );
    const half = { stream: true, calls: STREAMS / 2, charged: STREAMS / 2 };
    expect(rows).toEqual([
      {
        stream: false,
        status: 'CANCELLED',
        usage_source: 'ESTIMATED',
        calls: WHOLE_ANSWERS,
        charged: WHOLE_ANSWERS,
      },
      { ...half, status: 'CANCELLED', usage_source: 'ESTIMATED' },
      { ...half, status: 'SUCCESS', usage_source: 'PROVIDER' },
    ]);
    // What is left is the owner of batches, which no process is.
    const owners = await processes.pool.query('SELECT id FROM ledger_owners');
    expect(owners.rows).toEqual([{ id: 'batches' }]);
    expect(await processes.faults()).toEqual([]);
  });
});
