import { startMeteredApp, type MeteredApp } from '../../support/metered-app';
import { answerChat } from '../../support/upstream';

const EXPLAIN = `query($input: ExplainAdmissionInput!) { explainAdmission(input: $input) {
  isAdmitted model hold inputTokens outputTokens writtenMaxOutputTokens status errorType message
  limits { scope unit fits amount spent reserved ask remaining resetsAt limit { id } } } }`;

interface Explained {
  readonly isAdmitted: boolean;
  readonly status: number | null;
  readonly message: string | null;
  readonly writtenMaxOutputTokens: number | null;
  readonly limits: readonly Record<string, unknown>[];
}

describe('explainAdmission', () => {
  let metered: MeteredApp;
  beforeAll(async () => {
    metered = await startMeteredApp();
    metered.upstream.behave(answerChat());
  });
  afterAll(() => metered.close());

  async function keyWith(limit: Record<string, unknown>) {
    const { master } = metered.app;
    const made = await master.createKey();
    const input = { scope: 'KEY', scopeId: made.key.id, ...limit };
    await master.do('setLimit', 'SetLimitInput', input, 'limit { id }');
    return { id: made.key.id, secret: made.secret };
  }

  async function explain(
    input: Record<string, unknown>,
    secret: string | null = null,
  ): Promise<Explained | null> {
    const client = secret === null ? metered.app.master : metered.app.as(secret);
    return (await client.ask<{ explainAdmission: Explained | null }>(EXPLAIN, { input })).explainAdmission;
  }

  const written = async (): Promise<unknown> => {
    const { rows } = await metered.app.pool.query<Record<string, unknown>>(
      `SELECT (SELECT count(*)::int FROM limit_windows) AS windows, (SELECT count(*)::int FROM reservations) AS calls,
              (SELECT sum(reserved)::text FROM limit_windows) AS reserved, (SELECT count(*)::int FROM spend_logs) AS rows`,
    );
    return rows[0];
  };

  const BODY = { max_tokens: 100, messages: [{ role: 'user', content: 'Hi' }] };

  it('tells of every limit on the path what a call would meet, and writes nothing', async () => {
    const key = await keyWith({ unit: 'REQUESTS', amount: '3', window: { period: 'HOUR' } });
    const before = await written();
    const explained = await explain({ keyId: key.id, model: 'my-gpt', body: BODY });
    expect(explained).toMatchObject({
      isAdmitted: true,
      model: 'my-gpt',
      outputTokens: 100,
      writtenMaxOutputTokens: null,
      status: null,
    });
    expect(explained?.limits).toEqual([
      expect.objectContaining({ scope: 'SERVER', unit: 'USD', fits: true, amount: '100' }),
      expect.objectContaining({
        ...{ scope: 'KEY', unit: 'REQUESTS', fits: true },
        ...{ amount: '3', spent: '0', reserved: '0', ask: '1', remaining: '2' },
        resetsAt: expect.stringMatching(/:00:00.000Z$/),
      }),
    ]);
    expect(await written()).toEqual(before);
    expect(metered.upstream.calls).toHaveLength(0);
  });

  it('says the same as the refusal of a real call', async () => {
    const key = await keyWith({ unit: 'USD', amount: '0.0001' });
    const explained = await explain({ keyId: key.id, model: 'my-gpt', body: BODY });
    const real = await metered.chat(BODY, { authorization: `Bearer ${key.secret}` });
    const { error } = (await real.json()) as { error: { message: string; type: string } };
    expect(explained).toMatchObject({
      isAdmitted: false,
      status: real.status,
      errorType: error.type,
      message: error.message,
    });
    expect(explained?.limits.map(({ fits }) => fits)).toEqual([true, false]);
  });

  it('shows the bound that would be written, and takes numbers in place of a body', async () => {
    const key = await keyWith({ unit: 'OUTPUT_TOKENS', amount: '50', enforcement: 'CLAMP' });
    const clamped = await explain({ keyId: key.id, model: 'my-gpt', inputTokens: 7, maxOutputTokens: 100 });
    expect(clamped).toMatchObject({
      isAdmitted: true,
      inputTokens: 7,
      outputTokens: 50,
      writtenMaxOutputTokens: 50,
    });
  });

  it('tells before the limits that the model is not to be had', async () => {
    const key = await keyWith({ unit: 'USD', amount: '1' });
    expect(await explain({ keyId: key.id, model: 'absent' })).toMatchObject({
      isAdmitted: false,
      status: 404,
      limits: [],
    });
  });

  it('hides the amounts of limits that the caller may not see, and keys of others altogether', async () => {
    const key = await keyWith({ unit: 'USD', amount: '1' });
    const other = await keyWith({ unit: 'USD', amount: '1' });
    const explained = await explain({ keyId: key.id, model: 'my-gpt', body: BODY }, key.secret);
    expect(explained?.limits).toEqual([
      expect.objectContaining({ scope: 'SERVER', fits: true, amount: null, spent: null, limit: null }),
      expect.objectContaining({ scope: 'KEY', fits: true, amount: '1' }),
    ]);
    expect(await explain({ keyId: other.id, model: 'my-gpt', body: BODY }, key.secret)).toBeNull();
    expect(await explain({ keyId: 'key_absent', model: 'my-gpt', body: BODY })).toBeNull();
  });
});
