import { LangfuseReceiver } from '../support/langfuse-receiver';
import { meteredYaml } from '../support/metered-app';
import { PROCESS_MASTER_KEY, prepareProcesses, type MeteredProcesses } from '../support/metered-processes';
import type { ServerProcess } from '../support/server-process';
import { answerChat, startUpstream, type FakeUpstream } from '../support/upstream';
import { until } from '../support/until';

/** In a process of its own: the SDK loads parts of itself in a way that the test runner cannot. */
describe('calls reported to Langfuse', () => {
  const receiver = new LangfuseReceiver();
  let upstream: FakeUpstream;
  let processes: MeteredProcesses;
  let server: ServerProcess;
  let key: string;

  beforeAll(async () => {
    upstream = await startUpstream();
    const yaml = meteredYaml(`${upstream.url}/v1`, '  success_callback: ["langfuse"]');
    processes = await prepareProcesses(yaml, {
      LANGFUSE_PUBLIC_KEY: 'pk-lf-public',
      LANGFUSE_SECRET_KEY: 'sk-lf-secret',
      LANGFUSE_HOST: await receiver.listen(),
    });
    server = await processes.spawn();
    key = (await processes.makeKey(server)).secret;
  });

  afterAll(async () => {
    await processes.close();
    await receiver.close();
    await upstream.close();
  });

  beforeEach(() => {
    upstream.behave(answerChat());
    receiver.mode = 'take';
    receiver.events.length = 0;
  });

  async function chat(body: Record<string, unknown> = {}): Promise<Response> {
    const response = await fetch(`${server.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'my-gpt',
        max_tokens: 100,
        messages: [{ role: 'user', content: 'Hi' }],
        ...body,
      }),
    });
    await response.text();
    return response;
  }

  async function scrape(): Promise<string> {
    const headers = { authorization: `Bearer ${PROCESS_MASTER_KEY}` };
    return (await fetch(`${server.url}/metrics`, { headers })).text();
  }

  function oneReported(): Promise<boolean> {
    return until('a generation was reported', () => receiver.of('generation-create').length === 1);
  }

  it('carry usage, cost, model and what the client said of the trace', async () => {
    const response = await chat({
      user: 'customer-1',
      metadata: { trace_id: 'trace-7', session_id: 'session-3', trace_name: 'nightly', tags: ['eu'] },
    });
    const callId = response.headers.get('x-litellm-call-id');
    await oneReported();
    expect(receiver.of('trace-create')).toMatchObject([
      { id: 'trace-7', name: 'nightly', sessionId: 'session-3', userId: 'customer-1', tags: ['eu'] },
    ]);
    expect(receiver.of('generation-create')).toMatchObject([
      {
        id: callId,
        traceId: 'trace-7',
        usageDetails: { inputText: 10, outputText: 5, total: 15 },
        costDetails: { input: 0.00001, output: 0.00001, total: 0.00002 },
        level: 'DEFAULT',
        metadata: { response_cost: '0.00002', requested_model: 'my-gpt', pricing_status: 'PRICED' },
      },
    ]);
    expect(receiver.headers.at(-1)?.authorization).toBe(
      `Basic ${Buffer.from('pk-lf-public:sk-lf-secret').toString('base64')}`,
    );
  });

  it('hold neither prompts nor secrets', async () => {
    await chat({ messages: [{ role: 'user', content: 'the-prompt-itself' }] });
    await oneReported();
    const sent = JSON.stringify(receiver.events);
    for (const secret of ['the-prompt-itself', key, 'upstream-secret', PROCESS_MASTER_KEY])
      expect(sent).not.toContain(secret);
  });

  it('name the fault of a call that failed', async () => {
    upstream.behave((_call, response) => {
      response.writeHead(500, { 'content-type': 'application/json' }).end('{"error":{"message":"broken"}}');
    });
    await chat();
    await oneReported();
    expect(receiver.of('generation-create')).toMatchObject([{ level: 'ERROR' }]);
    expect(receiver.of('generation-create')[0]?.['statusMessage']).toEqual(expect.any(String));
  });

  it('that Langfuse refuses are counted, and cost the caller nothing', async () => {
    receiver.mode = 'refuse';
    await chat();
    await until('the loss is counted', async () =>
      /^spendgraph_langfuse_dropped_total [1-9]/m.test(await scrape()),
    );
    expect(await processes.faults()).toEqual([]);
  });

  it('that Langfuse leaves hanging hold up no call', async () => {
    receiver.mode = 'hang';
    const before = receiver.requests;
    await chat();
    await until('Langfuse was asked', () => receiver.requests > before);
    for (let call = 0; call < 5; call++) {
      const response = await chat();
      expect(response.headers.get('x-litellm-response-cost')).not.toBeNull();
    }
    expect(receiver.requests).toBe(before + 1);
    expect(await processes.faults()).toEqual([]);
  });
});
