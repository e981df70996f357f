import { meteredYaml } from '../../support/metered-app';
import { prepareProcesses, PROCESS_MASTER_KEY, type MeteredProcesses } from '../../support/metered-processes';
import { GraphqlClient } from '../../support/graphql-client';
import type { ServerProcess } from '../../support/server-process';
import { answerChat, startUpstream, type FakeUpstream } from '../../support/upstream';
import { until } from '../../support/until';

const CALLS_PER_ROUND = 60;
const ROUNDS = 12;
/** Of medians that are taken in turns, on a machine that does other things besides. */
const LIKE = 1.1;

describe('alerts of server processes', () => {
  let upstream: FakeUpstream;
  let receiver: FakeUpstream;
  let processes: MeteredProcesses;

  beforeAll(async () => {
    upstream = await startUpstream(
      answerChat({ prompt_tokens: 10_000, completion_tokens: 5, total_tokens: 10_005 }),
    );
    receiver = await startUpstream((_call, response) => void response.writeHead(200).end());
    processes = await prepareProcesses(meteredYaml(`${upstream.url}/v1`), {
      SPENDGRAPH_ALERT_PRIVATE_HOSTS: '127.0.0.1',
      SPENDGRAPH_ALERT_TIMEOUT_MS: '500',
    });
  });

  afterAll(async () => {
    await processes.close();
    await Promise.all([upstream.close(), receiver.close()]);
  });

  async function chat(server: ServerProcess, secret: string): Promise<number> {
    const startedAt = performance.now();
    const response = await fetch(`${server.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'my-gpt', max_tokens: 5, messages: [{ role: 'user', content: 'Hi' }] }),
    });
    await response.text();
    if (response.status !== 200) throw new Error(`It answered ${response.status}`);
    return performance.now() - startedAt;
  }

  const admin = (server: ServerProcess): GraphqlClient => new GraphqlClient(server.url, PROCESS_MASTER_KEY);

  function makeChannel(server: ServerProcess, url: string): Promise<{ alertChannel: { id: string } }> {
    const input = { type: 'WEBHOOK', name: url, url };
    return admin(server).do('createAlertChannel', 'CreateAlertChannelInput', input, 'alertChannel { id }');
  }

  async function limitKey(server: ServerProcess, keyId: string, amount: string): Promise<void> {
    const input = { scope: 'KEY', scopeId: keyId, unit: 'USD', amount, window: { period: 'MONTH' } };
    await admin(server).do('setLimit', 'SetLimitInput', input, 'limit { id }');
  }

  it('that were raised before a kill -9 are told after it, under the id of the first attempt', async () => {
    const first = await processes.spawn();
    const { alertChannel } = await makeChannel(first, `${receiver.url}/killed`);
    const key = await processes.makeKey(first);
    await limitKey(first, key.id, '0.03');
    receiver.behave(() => undefined);
    // The second call crosses half of the limit; the server dies while the receiver has the message in its hands.
    await chat(first, key.secret);
    await chat(first, key.secret);
    await until('the receiver was asked', () => receiver.calls.length > 0);
    await first.kill('SIGKILL');
    const ids = new Set(receiver.calls.map((call) => call.headers['webhook-id']));
    receiver.calls.length = 0;
    receiver.behave((_call, response) => void response.writeHead(200).end());
    const second = await processes.spawn();
    const third = await processes.spawn();
    const delivered = await until('the alert is delivered', async () => {
      const { rows } = await processes.pool.query<{ id: string }>(
        `SELECT id FROM alert_messages WHERE state = 'DELIVERED' AND channel_id = $1`,
        [alertChannel.id],
      );
      return rows.length > 0 ? rows : null;
    });
    expect(receiver.calls.map((call) => call.headers['webhook-id'])).toEqual(delivered.map(({ id }) => id));
    expect([...ids]).toEqual(delivered.map(({ id }) => id));
    expect(await processes.faults()).toEqual([]);
    await Promise.all([second.kill('SIGTERM'), third.kill('SIGTERM')]);
  });

  it('cost calls no time, also when their receiver hangs', async () => {
    const hung = await startUpstream(() => undefined);
    const server = await processes.spawn();
    const { alertChannel } = await makeChannel(server, `${hung.url}/`);
    const turn = (enabled: boolean): Promise<unknown> =>
      admin(server).do(
        'updateAlertChannel',
        'UpdateAlertChannelInput',
        { alertChannelId: alertChannel.id, enabled },
        'alertChannel { id }',
      );
    const times = { hung: [] as number[], none: [] as number[] };
    const warm = await processes.makeKey(server);
    for (let call = 0; call < 100; call++) await chat(server, warm.secret);
    for (let round = 0; round < ROUNDS; round++) {
      for (const kind of round % 2 === 0 ? (['hung', 'none'] as const) : (['none', 'hung'] as const)) {
        await turn(kind === 'hung');
        const keys = await Promise.all(Array.from({ length: 4 }, () => processes.makeKey(server)));
        // Each key crosses all thresholds within the round.
        for (const { id } of keys) await limitKey(server, id, '0.16');
        for (let call = 0; call < CALLS_PER_ROUND; call++) {
          times[kind].push(await chat(server, keys[call % 4]?.secret ?? ''));
        }
      }
    }
    const [withHung, without] = [median(times.hung), median(times.none)];
    expect(hung.calls.length).toBeGreaterThan(10);
    expect(withHung / without).toBeLessThan(LIKE);
    await server.kill('SIGTERM');
    await hung.close();
  });
});

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
