import type { ServerResponse } from 'node:http';
import { startApp, type TestApp } from '../support/app';
import { answerChat, startUpstream, type FakeUpstream, type UpstreamCall } from '../support/upstream';
import { until } from '../support/until';

/** What becomes of a call that a limit has no room for, beside a plain refusal. */
describe('a limit without room', () => {
  let app: TestApp;
  let upstream: FakeUpstream;

  beforeAll(async () => {
    upstream = await startUpstream();
    const model = (name: string, dollarsPerMillion: number): string => `
  - model_name: ${name}
    litellm_params:
      model: openai/upstream-${name}
      api_base: ${upstream.url}/v1
      api_key: upstream-secret
      input_cost_per_token: ${String(dollarsPerMillion)}e-6
      output_cost_per_token: ${String(2 * dollarsPerMillion)}e-6`;
    app = await startApp({
      yaml: `model_list:${model('large', 1)}${model('small', 0.1)}${model('free', 0)}`,
      environment: { SPENDGRAPH_THROTTLE_MAX_WAITERS: '3' },
    });
  });
  afterAll(async () => {
    await app.close();
    await upstream.close();
  });
  beforeEach(() => {
    upstream.behave(answerChat());
    upstream.calls.length = 0;
  });

  interface Holder {
    readonly id: string;
    readonly secret: string;
  }

  async function holder(limit: Record<string, unknown>, key: Record<string, unknown> = {}): Promise<Holder> {
    const made = await app.master.createKey(key);
    await limitKey(made.key.id, limit);
    return { id: made.key.id, secret: made.secret };
  }

  async function limitKey(scopeId: string, limit: Record<string, unknown>): Promise<string> {
    const input = { scope: 'KEY', scopeId, unit: 'USD', ...limit };
    const set = await app.master.do<{ limit: { id: string } }>(
      'setLimit',
      'SetLimitInput',
      input,
      'limit { id }',
    );
    return set.limit.id;
  }

  function chat(
    { secret }: Holder,
    body: Record<string, unknown> = {},
    signal: AbortSignal | null = null,
  ): Promise<Response> {
    return fetch(`${app.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'large', messages: [{ role: 'user', content: 'Hi' }], ...body }),
      signal,
    });
  }

  const sentBound = (): unknown => upstream.calls.at(-1)?.body['max_tokens'];

  describe('that clamps', () => {
    it('lowers the bound that the client asked for to what fits, and says so', async () => {
      const key = await holder({ amount: '0.002', enforcement: 'CLAMP' });
      const response = await chat(key, { max_tokens: 1_000 });
      expect(response.status).toBe(200);
      const clamped = Number(response.headers.get('x-spendgraph-max-tokens-clamped'));
      expect(clamped).toBeGreaterThan(300);
      expect(clamped).toBeLessThan(500);
      expect(sentBound()).toBe(clamped);
    });

    it('leaves a bound that fits as it is', async () => {
      const key = await holder({ amount: '1', enforcement: 'CLAMP' });
      const response = await chat(key, { max_tokens: 1_000 });
      expect(response.status).toBe(200);
      expect(response.headers.get('x-spendgraph-max-tokens-clamped')).toBeNull();
      expect(sentBound()).toBe(1_000);
    });

    it('lowers the bound of each of several answers', async () => {
      const key = await holder({ amount: '0.002', enforcement: 'CLAMP' });
      const response = await chat(key, { max_tokens: 1_000, n: 4 });
      expect(response.status).toBe(200);
      expect(sentBound()).toBeLessThan(125);
      expect(sentBound()).toBe(Number(response.headers.get('x-spendgraph-max-tokens-clamped')));
    });

    it('counts in tokens as well as in dollars, and the tighter of two holds', async () => {
      const key = await holder({ amount: '0.002', enforcement: 'CLAMP' });
      await limitKey(key.id, { unit: 'OUTPUT_TOKENS', amount: '77', enforcement: 'CLAMP' });
      expect((await chat(key, { max_tokens: 1_000 })).status).toBe(200);
      expect(sentBound()).toBe(77);
    });

    it('refuses when not even sixteen tokens fit', async () => {
      const key = await holder({ unit: 'OUTPUT_TOKENS', amount: '15', enforcement: 'CLAMP' });
      expect((await chat(key, { max_tokens: 1_000 })).status).toBe(429);
      expect(upstream.calls).toHaveLength(0);
    });

    it('is no leave for a hard limit to lower what the client asked for', async () => {
      const key = await holder({ amount: '0.002' });
      expect((await chat(key, { max_tokens: 1_000 })).status).toBe(429);
    });
  });

  describe('that falls back', () => {
    const exhausted = { amount: '0.0001', onExhaustion: 'FALL_BACK', models: ['large'] };

    it('sends the call to the model it names, and tells so in headers and in the log', async () => {
      const key = await holder({ ...exhausted, fallbackModel: 'small' });
      const response = await chat(key, { max_tokens: 100 });
      expect(response.status).toBe(200);
      expect(upstream.calls.map(({ body }) => body['model'])).toEqual(['upstream-small']);
      expect(response.headers.get('x-spendgraph-fallback-from')).toBe('large');
      expect(response.headers.get('x-litellm-attempted-fallbacks')).toBe('1');
      expect(response.headers.get('x-litellm-model-group')).toBe('small');
      await app.settled();
      const log = await app.master.ask<{ spendLogs: { nodes: unknown[] } }>(
        `query($id: ID!) { spendLogs(first: 1, filter: { keyId: $id }) { nodes { model fallbackFrom } } }`,
        { id: key.id },
      );
      expect(log.spendLogs.nodes).toEqual([{ model: 'small', fallbackFrom: 'large' }]);
    });

    it('does not lead to a model that the key may not use', async () => {
      const key = await holder({ ...exhausted, fallbackModel: 'small' }, { models: ['large'] });
      const response = await chat(key, { max_tokens: 100 });
      expect(response.status).toBe(429);
      expect(await response.json()).toMatchObject({ error: { type: 'budget_exceeded' } });
      expect(upstream.calls).toHaveLength(0);
    });

    it('does not lead past the limits of the other model, nor in circles', async () => {
      const key = await holder({ ...exhausted, fallbackModel: 'small' });
      await limitKey(key.id, { ...exhausted, amount: '0.000001', models: ['small'], fallbackModel: 'large' });
      expect((await chat(key, { max_tokens: 100 })).status).toBe(429);
      expect(upstream.calls).toHaveLength(0);
    });

    it('goes on to a third model where the second has no room', async () => {
      const key = await holder({ ...exhausted, fallbackModel: 'small' });
      await limitKey(key.id, { ...exhausted, amount: '0.000001', models: ['small'], fallbackModel: 'free' });
      const response = await chat(key, { max_tokens: 100 });
      expect(response.status).toBe(200);
      expect(response.headers.get('x-litellm-attempted-fallbacks')).toBe('2');
      expect(response.headers.get('x-spendgraph-fallback-from')).toBe('large');
    });

    it('is not faked by what a client writes into its metadata', async () => {
      const key = await holder({ amount: '1' });
      await chat(key, { max_tokens: 5, metadata: { original_model_group: 'forged', kept: 'yes' } });
      await app.settled();
      const { rows } = await app.pool.query<{ metadata: object }>(
        `SELECT metadata FROM spend_logs WHERE key_id = $1`,
        [key.id],
      );
      expect(rows).toEqual([{ metadata: { kept: 'yes' } }]);
    });
  });

  describe('that throttles', () => {
    /** Holds answers back until it is told to give them. */
    function holdAnswers(): () => void {
      const held: [UpstreamCall, ServerResponse][] = [];
      upstream.behave((call, response) => void held.push([call, response]));
      return () => {
        upstream.behave(answerChat());
        for (const [call, response] of held.splice(0)) void answerChat()(call, response);
      };
    }
    const one = { unit: 'CONCURRENT', amount: '1', onExhaustion: 'THROTTLE' };

    it('lets calls wait until those in flight have ended, in turn, and answers them all', async () => {
      const key = await holder(one);
      const answer = holdAnswers();
      const calls = [chat(key), chat(key), chat(key)];
      await until('one call is at the provider', () => upstream.calls.length === 1);
      answer();
      expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([200, 200, 200]);
      expect(upstream.calls).toHaveLength(3);
    });

    it('refuses a call that has waited as long as it may', async () => {
      const key = await holder({ ...one, throttleMaxWaitMs: 50 });
      const answer = holdAnswers();
      const first = chat(key);
      await until('the first call is at the provider', () => upstream.calls.length === 1);
      const second = await chat(key);
      expect(second.status).toBe(429);
      expect(second.headers.get('retry-after')).toBe('1');
      answer();
      expect((await first).status).toBe(200);
    });

    it('refuses at once when no room can come in time', async () => {
      const key = await holder({ amount: '0.0001', onExhaustion: 'THROTTLE', throttleMaxWaitMs: 600_000 });
      const response = await chat(key, { max_tokens: 1_000 });
      expect(response.status).toBe(429);
      expect(response.headers.get('x-should-retry')).toBe('false');
    });

    it('lets no more calls wait than the server is set to, and gives the place of a client that left to others', async () => {
      const key = await holder(one);
      const answer = holdAnswers();
      const leaving = new AbortController();
      const first = chat(key);
      await until('the first call is at the provider', () => upstream.calls.length === 1);
      const waiting = [chat(key), chat(key), chat(key, {}, leaving.signal)];
      const refused = await until('a place is missing', async () => {
        const response = await chat(key, {}, AbortSignal.timeout(100)).catch(() => null);
        return response?.status === 429 && response;
      });
      expect(refused.status).toBe(429);
      leaving.abort();
      await waiting.pop()?.catch(() => null);
      const { rows } = await app.pool.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM reservations WHERE key_id = $1 AND state = 'RESERVED'`,
        [key.id],
      );
      expect(rows).toEqual([{ n: 1 }]);
      const late = chat(key);
      answer();
      const all = await Promise.all([first, ...waiting, late]);
      expect(all.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    });
  });

  describe('for input of unknown size', () => {
    const remote = {
      messages: [
        {
          role: 'user',
          content: [{ type: 'file', file: { file_id: 'file-123' } }],
        },
      ],
      max_tokens: 16,
    };

    it('refuses it, where it is to be refused, and takes it again once it is not', async () => {
      const made = await app.master.createKey();
      const key = { id: made.key.id, secret: made.secret };
      const limitId = await limitKey(key.id, { amount: '10', unboundedInput: 'REFUSE' });
      const response = await chat(key, remote);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: { code: 'unbounded_input' } });
      expect((await chat(key, { max_tokens: 16 })).status).toBe(200);
      await app.master.do(
        'updateLimit',
        'UpdateLimitInput',
        { limitId, unboundedInput: 'RESERVE' },
        'limit { id }',
      );
      expect((await chat(key, remote)).status).toBe(200);
    });

    it('holds as much for it as the limit says, in place of what the server is set to', async () => {
      const key = await holder({ amount: '0.5', unboundedInputTokens: 100 });
      expect((await chat(key, remote)).status).toBe(200);
      await app.settled();
      const { rows } = await app.pool.query<{ hold_input_tokens: number }>(
        `SELECT hold_input_tokens::int FROM reservations WHERE key_id = $1`,
        [key.id],
      );
      expect(rows[0]?.hold_input_tokens).toBeGreaterThanOrEqual(100);
      expect(rows[0]?.hold_input_tokens).toBeLessThan(2_000);
    });

    it('lets it through beyond its amount, where it is to be allowed, and books what was used', async () => {
      const key = await holder({ amount: '0.000001', unboundedInput: 'ALLOW' });
      expect((await chat(key, { max_tokens: 16 })).status).toBe(429);
      expect((await chat(key, remote)).status).toBe(200);
      await app.settled();
      const { rows } = await app.pool.query<{ spent: string; reserved: string }>(
        `SELECT trim_scale(w.spent)::text AS spent, trim_scale(w.reserved)::text AS reserved
           FROM limit_windows w JOIN limits l ON l.id = w.limit_id WHERE l.scope_id = $1`,
        [key.id],
      );
      expect(rows).toEqual([{ spent: '0.00002', reserved: '0' }]);
    });
  });

  it('lets a free model through, whatever is spent', async () => {
    const key = await holder({ amount: '0' });
    expect((await chat(key, { max_tokens: 16 })).status).toBe(429);
    expect((await chat(key, { model: 'free', max_tokens: 16 })).status).toBe(200);
  });

  it('leaves a ledger that adds up', async () => {
    await app.settled();
    expect(await app.ledgerFaults()).toEqual([]);
  });
});
