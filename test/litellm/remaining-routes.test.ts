import { MASTER, messageOf, startLitellm, type LitellmFixture } from '../support/litellm';

const USD = 1_000_000_000_000n;

describe('routes of LiteLLM beside keys, teams and reports', () => {
  let litellm: LitellmFixture;
  beforeAll(async () => (litellm = await startLitellm()));
  afterAll(() => litellm.close());

  const total = async () => (await litellm.get('/global/spend')).body;

  it('page the audit log, as far as the caller sees it', async () => {
    const { team_id: id } = (await litellm.post('/team/new', { team_alias: 'paged' })).body;
    await litellm.post('/team/update', { team_id: id, team_alias: 'renamed' });
    const ask = async (query: string, credential = MASTER) =>
      (await litellm.get(`/audit${query}`, credential)).body;
    const of = `?object_id=${String(id)}`;
    const all = await ask(`${of}&table_name=LiteLLM_TeamTable`);
    expect(all).toMatchObject({
      ...{ total: 2, page: 1, page_size: 10, total_pages: 1 },
      audit_logs: [
        { action: 'updated', before_value: { name: 'paged' }, updated_values: { name: 'renamed' } },
        { action: 'created', table_name: 'LiteLLM_TeamTable', object_id: id, before_value: null },
      ],
    });
    const [updated, created] = all['audit_logs'] as { id: string }[];
    const second = await ask(`${of}&page=2&page_size=1&sort_order=asc`);
    expect(second).toMatchObject({ total: 2, total_pages: 2, audit_logs: [{ id: updated?.id }] });
    expect(await ask(`${of}&action=created`)).toMatchObject({ total: 1, audit_logs: [{ id: created?.id }] });
    expect(await ask(`/${created?.id ?? ''}`)).toMatchObject({ id: created?.id, action: 'created' });
    const { token } = await litellm.user();
    expect(await ask(of, token)).toMatchObject({ total: 0, audit_logs: [] });
    expect(await ask(`/${created?.id ?? ''}`, token)).toMatchObject({ error: { code: '404' } });
    expect(await ask('?action=renamed')).toMatchObject({ error: { code: '400', param: 'action' } });
  });

  it('begin the budgets of keys and teams at zero again, and the log keeps what was spent', async () => {
    await litellm.post('/team/new', { team_id: 'one', max_budget: 100 });
    const made = (await litellm.post('/key/generate', { team_id: 'one', max_budget: 50 })).body;
    const of = { keyId: String(made['token']), teamId: 'one', teamName: 'Team One' };
    await litellm.spend(of, 3n * USD);
    const info = async (): Promise<unknown[]> => {
      const windows = `SELECT l.scope, trim_scale(w.spent)::text AS spent FROM limits l JOIN limit_windows w ON w.limit_id = l.id
        WHERE l.deleted_at IS NULL AND l.scope IN ('KEY', 'TEAM') ORDER BY 1`;
      return litellm.db.query<unknown[]>(windows);
    };
    expect((await litellm.get('/global/activity/cache_hits')).body).toMatchObject([
      { api_key: of.keyId, model: expect.any(String) as string, total_rows: 1, cache_hit_true_rows: 0 },
    ]);
    const logged = await total();
    expect(await info()).toEqual([
      { scope: 'KEY', spent: '3' },
      { scope: 'TEAM', spent: '3' },
    ]);
    expect((await litellm.post('/global/spend/reset', {}, String(made['key']))).status).toBe(403);
    const reset = await litellm.post('/global/spend/reset', {});
    expect(reset.body).toMatchObject({
      status: 'success',
      message: expect.stringContaining('2 budgets') as string,
    });
    expect(await info()).toEqual([
      { scope: 'KEY', spent: '0' },
      { scope: 'TEAM', spent: '0' },
    ]);
    expect(await total()).toEqual(logged);
    expect((await litellm.post('/global/spend/reset', {})).body).toMatchObject({
      message: expect.stringContaining('0 budgets') as string,
    });
  });

  it('refuse models without a price or let them through, as an administrator decides', async () => {
    const path = '/config/block_requests_for_models_without_pricing';
    const patch = (payload: object, credential = MASTER) =>
      litellm.request({
        method: 'PATCH',
        url: path,
        headers: { authorization: `Bearer ${credential}` },
        payload,
      });
    expect((await litellm.get(path)).body).toEqual({ enabled: true });
    expect((await patch({ enabled: false })).body).toMatchObject({ status: 'success', enabled: false });
    expect((await litellm.get(path)).body).toEqual({ enabled: false });
    expect((await patch({ enabled: true })).body).toMatchObject({ enabled: true });
    expect((await litellm.get(path)).body).toEqual({ enabled: true });
    expect((await patch({})).body['error']).toMatchObject({ param: 'enabled' });
    const { token } = await litellm.user();
    expect((await patch({ enabled: false }, token)).status).toBe(403);
    expect((await litellm.get(path, token)).status).toBe(403);
  });

  it('reload the price map only where the configuration names one', async () => {
    const reloaded = await litellm.post('/reload/model_cost_map', {});
    expect(reloaded.status).toBe(400);
    expect(messageOf(reloaded)).toContain('SPENDGRAPH_PRICE_MAP_URL');
    const { token } = await litellm.user();
    expect((await litellm.post('/reload/model_cost_map', {}, token)).status).toBe(403);
  });

  it('try a connection for administrators alone, and at no address of the private network', async () => {
    const tryOut = (litellm_params: object, credential = MASTER) =>
      litellm.post('/health/test_connection', { litellm_params }, credential);
    const own = { model: 'openai/gpt-4o', api_key: 'sk-1', api_base: 'http://127.0.0.1:9' };
    expect((await tryOut(own)).body['error']).toMatchObject({
      param: 'litellm_params.api_base',
      code: '400',
    });
    expect(messageOf(await tryOut({ model: 'azure/x', api_key: 'k' }))).toContain(
      'Say where azure is called',
    );
    expect(messageOf(await tryOut({ model: 'bedrock/x', api_base: 'https://example.com' }))).toContain(
      'costs nothing',
    );
    const { token } = await litellm.user();
    expect((await tryOut(own, token)).status).toBe(403);
  });
});
