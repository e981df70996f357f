import { startMeteredApp, type MeteredApp } from '../support/metered-app';
import { answerChat, json } from '../support/upstream';
import { until } from '../support/until';

describe('an Idempotency-Key', () => {
  let metered: MeteredApp;
  beforeAll(async () => (metered = await startMeteredApp()));
  afterAll(() => metered.close());
  beforeEach(() => {
    metered.upstream.behave(answerChat());
    metered.upstream.calls.length = 0;
  });

  const keyed = (name: string, body: Record<string, unknown> = {}) =>
    metered.chat(body, { 'idempotency-key': name });
  const callIdOf = (response: Response) => response.headers.get('x-litellm-call-id');

  async function expectRefused(response: Response, status: number, firstCallId: string | null) {
    expect(response.status).toBe(status);
    expect(callIdOf(response)).toBe(firstCallId);
    expect(response.headers.get('x-should-retry')).toBe('false');
    expect(await response.json()).toMatchObject({
      error: { code: 'idempotency_key_in_use', param: 'Idempotency-Key' },
    });
  }

  it('of a call in flight is refused with 409 and its id, with another body with 422', async () => {
    let answer: (() => void) | null = null;
    metered.upstream.behave((call, response) => {
      answer = () => void answerChat()(call, response);
    });
    const first = keyed('in-flight');
    await until('the first call is at the provider', () => answer);
    const again = await keyed('in-flight');
    const other = await keyed('in-flight', { max_tokens: 7 });
    (answer as (() => void) | null)?.();
    const firstCallId = callIdOf(await first);
    expect((await first).status).toBe(200);
    await expectRefused(again, 409, firstCallId);
    await expectRefused(other, 422, firstCallId);
    expect(metered.upstream.calls).toHaveLength(1);
    expect(await metered.faults()).toEqual([]);
  });

  it.each([
    [200, answerChat()],
    [500, (_call: unknown, response: Parameters<typeof json>[0]) => json(response, 500, { error: {} })],
  ])(
    'of a call that ended with %s is refused in the same way, and is sent once',
    async (status, behaviour) => {
      metered.upstream.behave(behaviour);
      const name = `ended-${String(status)}`;
      const first = await keyed(name);
      expect(first.status).toBe(status);
      await metered.app.settled();
      await expectRefused(await keyed(name), 409, callIdOf(first));
      await expectRefused(await keyed(name, { max_tokens: 7 }), 422, callIdOf(first));
      expect(metered.upstream.calls).toHaveLength(1);
      expect(await metered.booked(callIdOf(first))).toHaveLength(1);
    },
  );

  it('sends one call of many at once, over two servers', async () => {
    const other = await metered.app.join();
    const body = JSON.stringify({ model: 'my-gpt', max_tokens: 5, messages: [] });
    const responses = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        fetch(`${index % 2 === 0 ? metered.app.url : other.url}/v1/chat/completions`, {
          method: 'POST',
          headers: { authorization: `Bearer ${metered.key}`, 'idempotency-key': 'many' },
          body,
        }),
      ),
    );
    const statuses = responses.map((response) => response.status).sort((a, b) => a - b);
    expect(statuses).toEqual([200, ...Array<number>(39).fill(409)]);
    expect(new Set(responses.map(callIdOf)).size).toBe(1);
    expect(metered.upstream.calls).toHaveLength(1);
    expect(await metered.faults()).toEqual([]);
  });

  it("of another virtual key is that key's own", async () => {
    const made = await metered.app.master.createKey();
    expect((await keyed('shared')).status).toBe(200);
    const response = await metered.chat(
      {},
      { 'idempotency-key': 'shared', authorization: `Bearer ${made.secret}` },
    );
    expect(response.status).toBe(200);
    expect(metered.upstream.calls).toHaveLength(2);
  });

  it.each([
    ['is empty', ''],
    ['is blank', '   '],
    ['is longer than 255 characters', 'x'.repeat(256)],
  ])('that %s is refused, and nothing is sent', async (_what, name) => {
    const response = await keyed(name);
    expect(response.status).toBe(400);
    expect(response.headers.get('x-should-retry')).toBe('false');
    expect(await response.json()).toMatchObject({
      error: { type: 'invalid_request_error', param: 'Idempotency-Key' },
    });
    expect(metered.upstream.calls).toHaveLength(0);
  });
});
