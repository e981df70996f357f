import { LITELLM_ROUTES } from '../../src/litellm/http/route-table';
import { messageOf, startLitellm, type LitellmFixture } from '../support/litellm';

const USD = 1_000_000_000_000n;

describe('LiteLLM budgets, tags and projects', () => {
  let litellm: LitellmFixture;
  beforeAll(async () => (litellm = await startLitellm()));
  afterAll(() => litellm.close());

  const remove = (url: string, body: unknown) =>
    litellm.request({
      method: 'DELETE',
      url,
      headers: { authorization: 'Bearer sk-litellm-master-0123456789', 'content-type': 'application/json' },
      payload: JSON.stringify(body),
    });

  it('a budget is made, shown, listed with its settings, changed and deleted', async () => {
    const terms = { max_budget: 12.5, soft_budget: 10, budget_duration: '30d', rpm_limit: 60 };
    const made = await litellm.post('/budget/new', {
      ...{ budget_id: 'standard', ...terms, model_max_budget: { 'gpt-4o': { budget_limit: 1 } } },
    });
    expect(made.status).toBe(200);
    expect(made.body).toMatchObject({
      ...{ budget_id: 'standard', ...terms, tpm_limit: null, created_by: 'master' },
      model_max_budget: { 'gpt-4o': { budget_limit: 1 } },
      budget_reset_at: expect.stringMatching(/-01T00:00:00/),
    });
    const twice = await litellm.post('/budget/new', { budget_id: 'standard' });
    expect(twice.body['error']).toMatchObject({ param: 'budget_id', code: '400' });
    const updated = await litellm.post('/budget/update', { budget_id: 'standard', max_budget: 20 });
    expect(updated.body).toMatchObject({ ...terms, max_budget: 20 });
    const info = await litellm.post('/budget/info', { budgets: ['standard', 'nothing'] });
    expect(info.body).toEqual([updated.body]);
    expect((await litellm.get('/budget/list')).body).toContainEqual(updated.body);
    const settings = await litellm.get('/budget/settings?budget_id=standard');
    expect(settings.body).toContainEqual(
      expect.objectContaining({ field_name: 'max_budget', field_type: 'number', field_value: 20 }),
    );
    expect((await litellm.post('/budget/delete', { id: 'standard' })).body).toMatchObject({ max_budget: 20 });
    expect((await litellm.post('/budget/delete', { id: 'standard' })).status).toBe(404);
  });

  it.each([
    [{ max_budget: -1 }, 'max_budget'],
    [{ max_budget: 1, soft_budget: 2 }, 'soft_budget'],
    [{ budget_reset_at: '2030-01-01' }, 'budget_reset_at'],
    [{ max_budget: 1, budget_duration: 'often' }, 'budget_duration'],
  ])('a budget with %j is refused, and its id is free afterwards', async (terms, param) => {
    const refused = await litellm.post('/budget/new', { budget_id: 'half', ...terms });
    expect(refused.status).toBe(400);
    expect(refused.body['error']).toMatchObject({ param });
    expect((await litellm.post('/budget/info', { budgets: ['half'] })).body).toEqual([]);
  });

  it('things that share a budget have its terms, each its own spend, and may replace them', async () => {
    await litellm.post('/budget/new', { budget_id: 'shared', max_budget: 3, budget_duration: '1d' });
    const one = await litellm.post('/key/generate', { budget_id: 'shared' });
    const two = await litellm.post('/key/generate', { budget_id: 'shared', rpm_limit: 5 });
    expect(one.body).toMatchObject({ budget_id: 'shared', max_budget: 3, budget_duration: '24h', spend: 0 });
    expect(two.body).toMatchObject({ max_budget: 3, rpm_limit: 5 });
    await litellm.spend({ keyId: String(one.body['token']) }, USD);
    const show = async (of: typeof one) =>
      (await litellm.get(`/key/info?key=${String(of.body['token'])}`)).body['info'];
    expect(await show(one)).toMatchObject({ spend: 1, max_budget: 3 });
    expect(await show(two)).toMatchObject({ spend: 0, max_budget: 3 });
    await litellm.post('/budget/update', { budget_id: 'shared', max_budget: 4 });
    expect(await show(two)).toMatchObject({ max_budget: 4 });
    await litellm.post('/key/update', { key: two.body['token'], max_budget: 9 });
    expect(await show(two)).toMatchObject({ budget_id: 'shared', max_budget: 9 });
    await litellm.post('/key/update', { key: two.body['token'], budget_id: null });
    await litellm.post('/budget/delete', { id: 'shared' });
    expect(await show(one)).toMatchObject({ budget_id: null, max_budget: null, spend: 1 });
    expect(await show(two)).toMatchObject({ max_budget: 9 });
  });

  it('users, organizations, teams, projects, customers and tags share budgets', async () => {
    await litellm.post('/budget/new', { budget_id: 'all', max_budget: 7 });
    const budget_id = 'all';
    const made = [
      await litellm.post('/user/new', { user_id: 'u', budget_id }),
      await litellm.post('/organization/new', { organization_id: 'o', budget_id }),
      await litellm.post('/team/new', { team_id: 't', budget_id }),
      await litellm.post('/project/new', { project_id: 'p', team_id: 't', budget_id }),
      await litellm.post('/customer/new', { user_id: 'c', budget_id }),
      await litellm.post('/tag/new', { name: 'g', budget_id }),
    ];
    for (const { body } of made) expect(body).toMatchObject({ max_budget: 7 });
    const absent = await litellm.post('/team/new', { team_id: 'no', budget_id: 'no' });
    expect(absent.body['error']).toMatchObject({ param: 'budget_id', code: '400' });
    const customers = await litellm.post('/key/generate', { end_user_budget_id: 'all' });
    const given = await litellm.db.query(
      `SELECT holder_scope, within_scope FROM template_assignments WHERE within_id = $1`,
      [customers.body['token']],
    );
    expect(given).toEqual([{ holder_scope: 'CUSTOMER', within_scope: 'KEY' }]);
  });

  it('the spend of a key is reset to an amount, while its log stays', async () => {
    const made = await litellm.post('/key/generate', { max_budget: 10, budget_duration: '30d' });
    const key = String(made.body['token']);
    await litellm.spend({ keyId: key }, 4n * USD);
    const above = await litellm.post(`/key/${key}/reset_spend`, { reset_to: 5 });
    expect(above.body['error']).toMatchObject({ param: 'reset_to', code: '400' });
    const partly = await litellm.post(`/key/${key}/reset_spend`, { reset_to: 1.5 });
    expect(partly.body).toMatchObject({ key_hash: key, spend: 1.5, previous_spend: 4, max_budget: 10 });
    const wholly = await litellm.post(`/key/${key}/reset_spend`, { reset_to: 0 });
    expect(wholly.body).toMatchObject({ spend: 0, previous_spend: 1.5 });
    const info = await litellm.get(`/key/info?key=${key}`);
    expect(info.body['info']).toMatchObject({ spend: 0, total_spend: 4 });
    const none = await litellm.post('/key/generate', {});
    const unlimited = await litellm.post(`/key/${String(none.body['token'])}/reset_spend`, { reset_to: 0 });
    expect(messageOf(unlimited)).toContain('max_budget');
    expect((await litellm.post('/key/key_no/reset_spend', { reset_to: 0 })).status).toBe(404);
    const stranger = await litellm.user();
    expect((await litellm.post(`/key/${key}/reset_spend`, { reset_to: 0 }, stranger.token)).status).toBe(404);
    const own = await litellm.post(`/key/${key}/reset_spend`, { reset_to: 0 }, String(made.body['key']));
    expect(own.status).toBe(403);
  });

  it('the spend of a key that shares its budget is reset for that key alone', async () => {
    await litellm.post('/budget/new', { budget_id: 'both', max_budget: 3 });
    const [one, two] = [
      String((await litellm.post('/key/generate', { budget_id: 'both' })).body['token']),
      String((await litellm.post('/key/generate', { budget_id: 'both' })).body['token']),
    ];
    await litellm.spend({ keyId: one }, USD);
    await litellm.spend({ keyId: two }, USD);
    expect((await litellm.post(`/key/${one}/reset_spend`, { reset_to: 0 })).body).toMatchObject({ spend: 0 });
    expect((await litellm.get(`/key/info?key=${two}`)).body['info']).toMatchObject({ spend: 1 });
  });

  it('a budget is raised for a while, once for the same request', async () => {
    const made = await litellm.post('/key/generate', { max_budget: 10 });
    const key = made.body['token'];
    const raise = { temp_budget_increase: 2.5, temp_budget_expiry: '2999-01-01T00:00:00Z' };
    await litellm.post('/key/update', { key, ...raise });
    const again = await litellm.post('/key/update', { key, ...raise });
    expect(again.body).toMatchObject({ max_budget: 10, temp_budget_increase: 2.5 });
    const later = { temp_budget_increase: 1, temp_budget_expiry: '10d' };
    expect((await litellm.post('/key/update', { key, ...later })).body).toMatchObject({
      temp_budget_increase: 3.5,
    });
    for (const [wrong, param] of [
      [{ temp_budget_increase: 1 }, 'temp_budget_expiry'],
      [{ temp_budget_expiry: '10d' }, 'temp_budget_increase'],
      [{ ...raise, temp_budget_expiry: 'soon' }, 'temp_budget_expiry'],
      [{ ...raise, temp_budget_expiry: '2001-01-01' }, 'temp_budget_expiry'],
      [{ ...raise, temp_budget_increase: 0 }, 'temp_budget_increase'],
    ] as const) {
      const refused = await litellm.post('/key/update', { key, ...wrong });
      expect(refused.body['error']).toMatchObject({ param, code: '400' });
    }
    const without = await litellm.post('/key/generate', {});
    const nothing = await litellm.post('/key/update', { key: without.body['token'], ...raise });
    expect(messageOf(nothing)).toContain('max_budget');
  });

  it('keys are shown, named and changed by the list', async () => {
    const [a, b] = [
      await litellm.post('/key/generate', { key_alias: 'bulk a' }),
      await litellm.post('/key/generate', { key_alias: 'bulk b' }),
    ];
    const keys = [a.body['key'], b.body['token'], 'key_no'];
    const info = await litellm.post('/v2/key/info', { keys });
    expect(info.body).toMatchObject({ key: [a.body['token'], b.body['token']] });
    expect(info.body['info']).toMatchObject([{ key_alias: 'bulk a' }, { key_alias: 'bulk b' }]);
    const aliases = await litellm.get('/key/aliases?search=BULK&size=1&page=2');
    expect(aliases.body).toEqual({
      ...{ aliases: ['bulk b'], total_count: 2, current_page: 2, size: 1, total_pages: 2 },
    });
    const changed = await litellm.post('/key/bulk_update', {
      keys: [
        { key: a.body['token'], max_budget: 5, tags: ['x'] },
        { key: 'key_no', max_budget: 5 },
        { key: b.body['token'], max_budget: -5 },
      ],
    });
    expect(changed.body).toMatchObject({
      total_requested: 3,
      successful_updates: [{ key: a.body['token'], key_info: { max_budget: 5, tags: ['x'] } }],
      failed_updates: [{ key: 'key_no', error: { code: '404' } }, { error: { param: 'max_budget' } }],
    });
    const health = await litellm.post('/key/health', {}, String(a.body['key']));
    expect(health.body).toMatchObject({ key: 'healthy' });
    expect((await litellm.post('/key/health', {}, 'sk-nobody')).status).toBe(401);
  });

  it('a project is made in a team, changed, blocked, listed and deleted', async () => {
    await litellm.post('/team/new', { team_id: 'with-projects', models: ['gpt-4o'] });
    const made = await litellm.post('/project/new', {
      ...{ project_id: 'prj', project_alias: 'Search', team_id: 'with-projects', description: 'Finds' },
      ...{ models: ['gpt-4o'], max_budget: 5, budget_duration: '7d', metadata: { floor: 1 } },
    });
    expect(made.body).toMatchObject({
      ...{ project_id: 'prj', project_alias: 'Search', team_id: 'with-projects', description: 'Finds' },
      ...{ max_budget: 5, budget_duration: '7d', spend: 0, blocked: false },
      litellm_budget_table: { max_budget: 5 },
    });
    await litellm.spend({ teamId: 'with-projects', projectId: 'prj' }, USD / 2n);
    const updated = await litellm.post('/project/update', {
      project_id: 'prj',
      max_budget: 6,
      blocked: true,
    });
    expect(updated.body).toMatchObject({ max_budget: 6, blocked: true, spend: 0.5 });
    expect((await litellm.get('/project/info?project_id=prj')).body).toEqual(updated.body);
    expect((await litellm.get('/project/list?team_id=with-projects')).body).toEqual([updated.body]);
    const beyond = await litellm.post('/project/new', { team_id: 'with-projects', models: ['o3'] });
    expect(beyond.body['error']).toMatchObject({ param: 'models', code: '400' });
    const half = { project_id: 'half', team_id: 'with-projects' };
    const refused = await litellm.post('/project/new', { ...half, max_budget: 1, soft_budget: 2 });
    expect(refused.body['error']).toMatchObject({ param: 'soft_budget' });
    expect((await litellm.post('/project/new', half)).status).toBe(200);
    expect((await remove('/project/delete', { project_ids: ['prj', 'prj_no'] })).status).toBe(404);
    expect((await remove('/project/delete', { project_ids: ['prj'] })).body).toMatchObject([
      { project_id: 'prj' },
    ]);
    expect((await litellm.get('/project/info?project_id=prj')).status).toBe(404);
  });

  it('tags have budgets of the server, which only its administrators set', async () => {
    const made = await litellm.post('/tag/new', {
      ...{ name: 'search', description: 'of the search', max_budget: 5, budget_duration: '7d' },
    });
    expect(made.body).toMatchObject({ name: 'search', max_budget: 5, budget_duration: '7d', spend: 0 });
    expect(made.headers['x-spendgraph-ignored']).toBe('description');
    expect((await litellm.post('/tag/new', { name: 'search', max_budget: 1 })).status).toBe(400);
    await litellm.spend({ tags: ['search', 'only-used'] }, USD / 4n);
    const info = await litellm.post('/tag/info', { names: ['search', 'only-used', 'never'] });
    expect(info.body).toMatchObject({
      search: { spend: 0.25, max_budget: 5 },
      'only-used': { spend: 0.25, max_budget: null },
    });
    expect(info.body).not.toHaveProperty('never');
    const updated = await litellm.post('/tag/update', { name: 'search', max_budget: 6, rpm_limit: 3 });
    expect(updated.body).toMatchObject({ max_budget: 6, rpm_limit: 3, spend: 0.25 });
    expect((await litellm.get('/tag/list')).body).toContainEqual(updated.body);
    const { token } = await litellm.user();
    expect((await litellm.post('/tag/new', { name: 'x', max_budget: 1 }, token)).status).toBe(403);
    expect((await litellm.get('/tag/list', token)).status).toBe(403);
    expect((await litellm.post('/tag/delete', { name: 'search' })).status).toBe(200);
    expect((await litellm.post('/tag/delete', { name: 'never' })).status).toBe(404);
    expect((await litellm.post('/tag/info', { names: ['search'] })).body).toMatchObject({
      search: { max_budget: null, spend: 0.25 },
    });
  });

  it('no route answers without a credential, and none fails on an empty request', async () => {
    const { token } = await litellm.user();
    const ask = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, credential: string) =>
      litellm.request({
        ...{ method, url: url.replace(/:\w+/g, 'nobody') },
        headers: { ...(credential === '' ? {} : { authorization: `Bearer ${credential}` }) },
      });
    for (const { method, path } of LITELLM_ROUTES) {
      const stranger = await ask(method, path, '');
      expect([method, path, stranger.status]).toEqual([method, path, 401]);
      expect(stranger.body['error']).toMatchObject({ type: 'auth_error', code: '401' });
      const empty = await ask(method, path, token);
      expect([200, 400, 403, 404]).toContain(empty.status);
    }
  });

  it('budgets of providers are shown to who may see the whole server', async () => {
    const set = await litellm.limits.set(litellm.master, {
      ...{ scope: 'PROVIDER', scopeId: 'openai', unit: 'USD', amount: '100', duration: '1d' },
    });
    expect(set.ok).toBe(true);
    expect((await litellm.get('/provider/budgets')).body).toMatchObject({
      providers: { openai: { budget_limit: 100, time_period: '24h', spend: 0 } },
    });
    const { token } = await litellm.user();
    expect((await litellm.get('/provider/budgets', token)).status).toBe(403);
  });
});
