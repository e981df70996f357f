import { createHash } from 'node:crypto';
import { MASTER, messageOf, startLitellm, type LitellmFixture } from '../support/litellm';

describe('LiteLLM keys', () => {
  let litellm: LitellmFixture;
  beforeAll(async () => (litellm = await startLitellm()));
  afterAll(() => litellm.close());

  const limitsOn = async (keyId: string) =>
    (await litellm.limits.list(litellm.master, { scope: 'KEY', scopeId: keyId }, { first: 100 })).rows;

  it('are made with their budget, and shown in the shape of LiteLLM', async () => {
    const made = await litellm.post('/key/generate', {
      key_alias: 'shapes',
      models: ['gpt-4o', 'all-team-models'],
      max_budget: 25,
      soft_budget: 20,
      budget_duration: 'monthly',
      rpm_limit: 60,
      tpm_limit: '100000',
      max_parallel_requests: 4,
      metadata: { tags: ['inside'], costCenter: 42 },
      tags: ['beside'],
      duration: '30d',
    });
    expect(made.status).toBe(200);
    expect(made.body).toMatchObject({
      key: expect.stringMatching(/^sk-\w{20,}$/),
      key_alias: 'shapes',
      models: ['gpt-4o'],
      spend: 0,
      max_budget: 25,
      soft_budget: 20,
      budget_duration: '30d',
      rpm_limit: 60,
      tpm_limit: 100000,
      max_parallel_requests: 4,
      metadata: { tags: ['inside'], costCenter: 42 },
      tags: ['beside', 'inside'],
      blocked: false,
      team_id: null,
      organization_id: 'org_default',
      created_by: 'master',
      litellm_budget_table: { max_budget: 25, budget_duration: '30d', rpm_limit: 60 },
    });
    expect(made.body['token']).toMatch(/^key_/);
    expect(made.body['token_id']).toBe(made.body['token']);
    expect(made.body['key_name']).toBe(`sk-...${String(made.body['key']).slice(-4)}`);
    expect(new Date(String(made.body['budget_reset_at'])).getUTCDate()).toBe(1);
    const days = (new Date(String(made.body['expires'])).getTime() - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(29.9);
    expect(days).toBeLessThan(30.1);
    const limits = await limitsOn(String(made.body['token']));
    expect(limits.map(({ unit, period, amount }) => [unit, period, amount / 1_000_000_000_000n])).toEqual([
      ['USD', 'MONTH', 25n],
      ['TOKENS', 'MINUTE', 100000n],
      ['REQUESTS', 'MINUTE', 60n],
      ['CONCURRENT', 'TOTAL', 4n],
    ]);
  });

  it('keep every digit of an amount, in the request and in the answer', async () => {
    const made = await litellm.post('/key/generate', '{"max_budget": 12345678901234567890.000000000001}');
    expect(made.text).toContain('"max_budget":12345678901234567890.000000000001');
    const tenth = await litellm.post('/key/generate', '{"max_budget": 0.10, "soft_budget": "1e-6"}');
    expect(tenth.text).toContain('"max_budget":0.1,"soft_budget":0.000001,');
    const tooFine = await litellm.post('/key/generate', '{"max_budget": 0.0000000000001}');
    expect(tooFine.body['error']).toMatchObject({ param: 'max_budget', code: '400' });
  });

  it('are found by their secret, their id and the SHA-256 of their secret, which is never shown', async () => {
    const { body } = await litellm.post('/key/generate', { key_alias: 'found' });
    const secret = String(body['key']);
    const spellings = [secret, String(body['token']), createHash('sha256').update(secret).digest('hex')];
    for (const key of spellings) {
      const info = await litellm.get(`/key/info?key=${key}`);
      expect(info.body).toMatchObject({ key: body['token'], info: { key_alias: 'found' } });
      expect(info.body['info']).not.toHaveProperty('token');
      expect(info.text).not.toContain(secret);
    }
    const own = await litellm.get('/key/info', secret);
    expect(own.body['key']).toBe(body['token']);
    const absent = await litellm.get('/key/info?key=sk-0123456789abcdefghij');
    expect(absent.status).toBe(404);
    expect(absent.body).toEqual({
      error: { message: 'Key not found in database.', type: 'not_found_error', param: 'key', code: '404' },
    });
  });

  it.each([
    ['a misspelt member', { max_bugdet: 5 }, 'max_bugdet', /Did you mean "max_budget"/],
    ['camel case', { maxBudget: 5 }, 'maxBudget', /Did you mean "max_budget"/],
    ['a member about money that nobody knows', { hourly_spend_cap: 5 }, 'hourly_spend_cap', /no member/],
    [
      'a member of LiteLLM that would limit',
      { budget_fallbacks: { a: ['b'] } },
      'budget_fallbacks',
      /not supported/,
    ],
    ['a negative budget', { max_budget: -1 }, 'max_budget', /cannot be negative; it is -1/],
    ['a budget that is no number', { max_budget: 'much' }, 'max_budget', /must be an amount in dollars/],
    [
      'a mistyped duration',
      { max_budget: 1, budget_duration: '30 dayz' },
      'budget_duration',
      /not a duration/,
    ],
    ['a team that is not there', { team_id: 'team_nobody' }, 'team_id', /no team "team_nobody"/],
    ['a guessable secret', { key: 'sk-1' }, 'key', /at least 16/],
    [
      'metadata that would lose digits',
      '{"metadata": {"n": 123456789012345678901}}',
      'metadata',
      /lose digits/,
    ],
    ['a member given twice', '{"max_budget": 1, "max_budget": 2}', null, /names a member twice/],
    [
      'more members than anybody writes',
      Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`m${n}`, 1])),
      null,
      /at most 100/,
    ],
    ['text that is no JSON', '{"max_budget": ', null, /not valid JSON/],
    ['endless nesting', `{"metadata": ${'['.repeat(50_000)}`, null, /nested too deep|not valid JSON/],
  ])('refuse %s, and leave no key behind', async (_what, body, param, message) => {
    const count = async (): Promise<unknown> => litellm.db.query('SELECT count(*) FROM virtual_keys');
    const before = await count();
    const refused = await litellm.post('/key/generate', body);
    expect(refused.status).toBe(400);
    expect(refused.body['error']).toMatchObject({ type: 'bad_request_error', param, code: '400' });
    expect(messageOf(refused)).toMatch(message);
    expect(await count()).toEqual(before);
  });

  it('end again when a limit cannot be set after all', async () => {
    const set = jest.spyOn(litellm.limits, 'set').mockRejectedValueOnce(new Error('the database went away'));
    const failed = await litellm.post('/key/generate', { key_alias: 'half', max_budget: 1 });
    set.mockRestore();
    expect(failed.status).toBe(500);
    expect(failed.text).not.toContain('database');
    expect(litellm.logged.filter((line) => line.includes('the database went away'))).toHaveLength(1);
    const [row] = await litellm.db.query<{ deleted_at: Date | null }[]>(
      `SELECT deleted_at FROM virtual_keys WHERE alias = 'half'`,
    );
    expect(row?.deleted_at).not.toBeNull();
    expect((await litellm.post('/key/generate', { key_alias: 'half', max_budget: 1 })).status).toBe(200);
  });

  it('name the members that had no effect in a header and the log', async () => {
    const made = await litellm.post('/key/generate', {
      guardrails: ['pii'],
      aliases: {},
      budget_duration: '30d',
      flavour: 'mild',
    });
    expect(made.status).toBe(200);
    expect(made.headers['x-spendgraph-ignored']).toBe('guardrails, flavour, budget_duration');
    expect(litellm.logged.at(-1)).toContain('"ignored":["guardrails","flavour","budget_duration"]');
  });

  it('change member by member: what is absent stays, null takes away', async () => {
    const { body } = await litellm.post('/key/generate', {
      key_alias: 'changing',
      max_budget: 10,
      budget_duration: '1d',
      rpm_limit: 5,
    });
    const update = async (change: object) =>
      (await litellm.post('/key/update', { key: body['token'], ...change })).body;
    expect(await update({ max_budget: 20 })).toMatchObject({
      ...{ key: body['token'], max_budget: 20, budget_duration: '24h', rpm_limit: 5 },
      key_alias: 'changing',
    });
    expect(await update({ budget_duration: '7d', soft_budget: 15 })).toMatchObject({
      ...{ max_budget: 20, soft_budget: 15, budget_duration: '7d' },
    });
    expect(await update({ max_budget: null })).toMatchObject({ max_budget: null, soft_budget: 15 });
    expect((await limitsOn(String(body['token']))).find(({ unit }) => unit === 'USD')).toMatchObject({
      enforcement: 'ADVISORY',
    });
    expect(await update({ max_budget: 30 })).toMatchObject({ max_budget: 30, soft_budget: 15 });
    expect(
      await update({ max_budget: null, soft_budget: null, rpm_limit: null, key_alias: 'named' }),
    ).toMatchObject({
      ...{
        max_budget: null,
        soft_budget: null,
        rpm_limit: null,
        key_alias: 'named',
        litellm_budget_table: null,
      },
    });
    expect(await limitsOn(String(body['token']))).toEqual([]);
    const named = await litellm.post('/key/update', { key_alias: 'named', models: ['a'] });
    expect(named.body).toMatchObject({ key: body['token'], models: ['a'], key_alias: 'named' });
  });

  it('have budgets of several windows, which are written as they are read', async () => {
    const windows = [
      { budget_duration: '24h', max_budget: 10 },
      { budget_duration: '30d', max_budget: 100 },
    ];
    const { body } = await litellm.post('/key/generate', { budget_limits: windows });
    expect(body['budget_limits']).toMatchObject(windows);
    const update = await litellm.post('/key/update', {
      key: body['token'],
      budget_limits: [{ budget_duration: 'monthly', max_budget: 50 }],
    });
    expect(update.body).toMatchObject({ max_budget: 50, budget_duration: '30d', budget_limits: null });
    expect(await limitsOn(String(body['token']))).toHaveLength(1);
    const more = await litellm.post('/key/update', { key: body['token'], budget_limits: [windows[0]] });
    expect(more.body['budget_limits']).toMatchObject([{ max_budget: 50 }, { max_budget: 10 }]);
  });

  it('have budgets of single models, which a provider written in front does not get around', async () => {
    const { body } = await litellm.post('/key/generate', {
      model_max_budget: { 'gpt-4o': { budget_limit: '0.01', time_period: '1d', rpm_limit: 3 } },
      model_tpm_limit: { 'gpt-4o': 1000 },
    });
    expect(body).toMatchObject({
      model_max_budget: { 'gpt-4o': { budget_limit: 0.01, time_period: '24h' } },
      model_max_budget_usage: { 'gpt-4o': { current_spend: 0, budget_limit: 0.01 } },
      model_rpm_limit: { 'gpt-4o': 3 },
      model_tpm_limit: { 'gpt-4o': 1000 },
      max_budget: null,
    });
    for (const limit of await limitsOn(String(body['token'])))
      expect(limit.models.sort()).toEqual(['*/gpt-4o', 'gpt-4o']);
    const update = await litellm.post('/key/update', {
      key: body['token'],
      model_max_budget: {},
      model_rpm_limit: {},
    });
    expect(update.body).toMatchObject({
      model_max_budget: {},
      model_rpm_limit: null,
      model_tpm_limit: { 'gpt-4o': 1000 },
    });
  });

  it('are blocked, unblocked, given a new secret and deleted', async () => {
    const { body } = await litellm.post('/key/generate', {
      key_alias: 'mortal',
      max_budget: 3,
      blocked: true,
    });
    const first = String(body['key']);
    expect(body['blocked']).toBe(true);
    expect((await litellm.get('/key/info', first)).status).toBe(401);
    expect((await litellm.post('/key/unblock', { key: first })).body).toMatchObject({ blocked: false });
    expect((await litellm.get('/key/info', first)).status).toBe(200);
    const next = await litellm.post(`/key/${String(body['token'])}/regenerate`, {
      grace_period: '1h',
      max_budget: 4,
    });
    expect(next.body).toMatchObject({ token: body['token'], max_budget: 4, key_alias: 'mortal' });
    expect(next.body['key']).not.toBe(first);
    expect((await litellm.get('/key/info', first)).status).toBe(200);
    await litellm.post('/key/regenerate', { key: next.body['key'] });
    expect((await litellm.get('/key/info', first)).status).toBe(401);
    const deleted = await litellm.post('/key/delete', { key_aliases: ['mortal'] });
    expect(deleted.body).toEqual({ deleted_keys: [body['token']] });
    expect((await litellm.get(`/key/info?key=${String(body['token'])}`)).status).toBe(404);
    expect((await litellm.post('/key/delete', { keys: [first] })).body['error']).toMatchObject({
      param: 'keys',
    });
  });

  it('are listed by numbered pages', async () => {
    for (const alias of ['p1', 'p2', 'p3'])
      await litellm.post('/key/generate', { key_alias: alias, tags: ['paged'] });
    const path = '/key/list?tag=paged&size=2&sort_by=key_alias&sort_order=asc&return_full_object=true';
    const first = await litellm.get(path);
    expect(first.body).toMatchObject({
      keys: [{ key_alias: 'p1' }, { key_alias: 'p2' }],
      ...{ total_count: 3, current_page: 1, total_pages: 2 },
    });
    expect((await litellm.get(`${path}&page=2`)).body['keys']).toMatchObject([{ key_alias: 'p3' }]);
    expect((await litellm.get('/key/list?size=1000')).body['error']).toMatchObject({ param: 'size' });
    expect((await litellm.get('/key/list?team_id=')).body['error']).toMatchObject({
      param: 'team_id',
      code: '400',
    });
  });

  it('take the credential from any of three headers, and nothing without one', async () => {
    for (const headers of [{ 'x-litellm-api-key': `Bearer ${MASTER}` }, { 'x-api-key': MASTER }]) {
      expect((await litellm.request({ method: 'GET', url: '/key/list', headers })).status).toBe(200);
    }
    for (const credential of ['', 'sk-0123456789abcdefghij']) {
      const refused = await litellm.get('/key/list', credential);
      expect(refused.status).toBe(401);
      expect(refused.body['error']).toMatchObject({ type: 'auth_error', code: '401' });
    }
  });

  it('cannot be made or changed by a key or a stranger, to whom they look absent', async () => {
    const { body } = await litellm.post('/key/generate', { max_budget: 1 });
    const own = await litellm.post('/key/update', { key: body['key'], max_budget: 100 }, String(body['key']));
    expect(own.status).toBe(403);
    expect(own.body['error']).toMatchObject({ type: 'auth_error', code: '403' });
    expect((await litellm.get(`/key/info?key=${String(body['token'])}`)).body['info']).toMatchObject({
      max_budget: 1,
    });
    const stranger = await litellm.user();
    expect((await litellm.post('/key/generate', {}, stranger.token)).body['error']).toMatchObject({
      param: 'organization_id',
    });
    for (const key of [body['key'], body['token']]) {
      expect((await litellm.get(`/key/info?key=${String(key)}`, stranger.token)).status).toBe(404);
      expect((await litellm.post('/key/block', { key }, stranger.token)).status).toBe(404);
      expect((await litellm.post('/key/delete', { keys: [key] }, stranger.token)).status).toBe(404);
    }
  });
});
