import { messageOf, startLitellm, type LitellmFixture } from '../support/litellm';

type Row = Record<string, Record<string, unknown>>;

describe('LiteLLM deployments and costs', () => {
  let litellm: LitellmFixture;
  beforeAll(async () => (litellm = await startLitellm()));
  afterAll(() => litellm.close());

  const patch = (url: string, body: unknown) =>
    litellm.request({
      method: 'PATCH',
      url,
      headers: { authorization: 'Bearer sk-litellm-master-0123456789', 'content-type': 'application/json' },
      payload: JSON.stringify(body),
    });
  const make = async (model_name: string, more: object = {}) => {
    const made = await litellm.post('/model/new', {
      model_name,
      litellm_params: {
        model: 'openai/gpt-4o',
        api_base: 'http://127.0.0.1:9/v1',
        api_key: 'sk-upstream-secret',
        ...more,
      },
    });
    if (made.status !== 200) throw new Error(made.text);
    return made;
  };
  const credentials = async (): Promise<string[]> => {
    const rows: { name: string }[] = await litellm.db.query(
      'SELECT name FROM credentials WHERE deleted_at IS NULL',
    );
    return rows.map(({ name }) => name);
  };

  it('are made with secret, price and limits, and shown without the secret to those who run the server', async () => {
    const made = await litellm.post(
      '/model/new',
      `{"model_name": "mine", "litellm_params": {"model": "azure/my-deploy", "api_base": "http://127.0.0.1:9",
        "api_key": "sk-upstream-secret", "api_version": "2024-10-21", "rpm": 60, "max_budget": 12.5,
        "budget_duration": "1d", "input_cost_per_token": 4.00000000000001e-7},
        "model_info": {"base_model": "azure/gpt-4o", "output_cost_per_token": "1.6e-6", "supports_vision": true}}`,
    );
    expect(made.body).toMatchObject({
      model_name: 'mine',
      litellm_params: { model: 'azure/my-deploy', api_base: 'http://127.0.0.1:9', api_version: '2024-10-21' },
      model_info: { db_model: true, base_model: 'azure/gpt-4o', litellm_provider: 'azure' },
    });
    expect(made.text).toContain(
      '"input_cost_per_token":0.000000400000000000001,"output_cost_per_token":0.0000016',
    );
    expect(made.text).not.toContain('sk-upstream-secret');
    const id = String(made.body['model_id']);
    const limits = await litellm.limits.list(
      litellm.master,
      { scope: 'DEPLOYMENT', scopeId: id },
      { first: 10 },
    );
    expect(limits.rows.map(({ unit, period }) => `${unit} ${period}`).sort()).toEqual([
      'REQUESTS MINUTE',
      'USD DAY',
    ]);
    const shown = await litellm.get(`/model/info?litellm_model_id=${id}`);
    const { model_id: _, ...row } = made.body;
    expect(shown.body).toEqual({ data: [row] });
    expect((await litellm.get('/v1/model/info?litellm_model_id=mine')).body).toEqual(shown.body);
    const key = String((await litellm.post('/key/generate', {})).body['key']);
    const seen = await litellm.get('/model/info?litellm_model_id=mine', key);
    expect(seen.text).toContain('"input_cost_per_token":0.000000400000000000001');
    expect(seen.text).not.toMatch(/127\.0\.0\.1|sk-upstream-secret/);
    expect((await litellm.post('/model/new', { model_name: 'x', litellm_params: {} }, key)).status).toBe(400);
    expect((await litellm.post('/model/delete', { id }, key)).status).toBe(404);
    const viewer = await litellm.user('VIEWER');
    const update = { model_info: { id }, litellm_params: { rpm: 1 } };
    expect((await litellm.post('/model/update', update, viewer.token)).status).toBe(403);
  });

  it('are changed member by member, and deleted with their credential', async () => {
    const before = await credentials();
    const made = await make('changing', { weight: 3, input_cost_per_token: 1e-6, output_cost_per_token: 0 });
    const id = String(made.body['model_id']);
    const renamed = await patch(`/model/${id}/update`, {
      model_name: 'changed',
      litellm_params: { weight: null, order: 2 },
    });
    expect(renamed.body).toMatchObject({
      model_id: id,
      model_name: 'changed',
      model_info: { db_model: true },
    });
    expect(renamed.text).toContain('"order":"2"');
    expect(renamed.text).toContain('"input_cost_per_token":0.000001,"output_cost_per_token":0');
    expect(renamed.text).not.toContain('"weight"');
    const [first] = (await credentials()).filter((name) => !before.includes(name));
    const rekeyed = await litellm.post('/model/update', {
      model_info: { id },
      litellm_params: { api_key: 'sk-another-secret' },
    });
    expect(rekeyed.status).toBe(200);
    const own = (await credentials()).filter((name) => !before.includes(name));
    expect([own.length, own.includes(first ?? '')]).toEqual([1, false]);
    expect((await litellm.post('/model/delete', { id })).body).toEqual({
      message: `Model: ${id} deleted successfully`,
    });
    expect(await credentials()).toEqual(before);
    expect((await litellm.get(`/model/info?litellm_model_id=${id}`)).status).toBe(404);
    expect((await litellm.post('/model/delete', { id })).status).toBe(404);
  });

  it.each<[string, object, string]>([
    ['no model', {}, 'litellm_params.model'],
    ['a model without provider', { model: 'house-model' }, 'litellm_params.model'],
    ['a price that is not known', { model: 'openai/x', input_cost_per_glance: 1 }, 'input_cost_per_glance'],
    ['a negative price', { model: 'openai/x', input_cost_per_token: -1 }, 'input_cost_per_token'],
    ['a misspelt member', { model: 'openai/x', api_kye: 'sk-1' }, 'litellm_params.api_kye'],
    ['a negative budget', { model: 'openai/x', max_budget: -1 }, 'litellm_params.max_budget'],
    [
      'half an AWS credential',
      { model: 'bedrock/x', aws_access_key_id: 'A' },
      'litellm_params.aws_secret_access_key',
    ],
    [
      'an address that is none',
      { model: 'openai/x', api_key: 'sk-1', api_base: 'here' },
      'litellm_params.api_base',
    ],
  ])('with %s are refused, and nothing is left of them', async (_, litellm_params, param) => {
    const before = await credentials();
    for (const group of ['new*', '']) {
      const model_info = { access_groups: [group] };
      const grouped = await litellm.post('/model/new', {
        ...{ model_name: 'never', litellm_params: { model: 'openai/gpt-4o' }, model_info },
      });
      expect([grouped.status, messageOf(grouped)]).toEqual([
        400,
        expect.stringContaining('without wildcards'),
      ]);
    }
    const refused = await litellm.post('/model/new', { model_name: 'never', litellm_params });
    expect([refused.status, refused.body['error']]).toEqual([400, expect.objectContaining({ param })]);
    expect(await credentials()).toEqual(before);
    expect((await litellm.get('/model/info?litellm_model_id=never')).status).toBe(404);
  });

  it('of the configuration are changed there', async () => {
    const refused = await litellm.post('/model/update', {
      model_info: { id: 'dep_demo' },
      model_name: 'other',
    });
    expect(refused.status).toBe(400);
    expect(messageOf(refused)).toContain('configuration');
  });

  it('come in numbered pages and in groups', async () => {
    await make('page-one');
    await make('page-one');
    const page = await litellm.get('/v2/model/info?search=PAGE-&size=1&page=2');
    expect(page.body).toMatchObject({ total_count: 2, current_page: 2, total_pages: 2, size: 1 });
    expect((page.body['data'] as Row[])[0]).toMatchObject({ model_name: 'page-one' });
    const groups = await litellm.get('/model_group/info?model_group=page-one');
    expect(groups.body).toMatchObject({ data: [{ model_group: 'page-one', providers: ['openai'] }] });
    const all = (await litellm.get('/model_group/info')).body['data'] as Row[];
    expect(all.map((row) => row['model_group'])).toContain('demo');
  });

  it('tell which of them are left alone', async () => {
    const made = await make('sick');
    const id = String(made.body['model_id']);
    const healthy = await litellm.get('/health?model=sick');
    expect(healthy.body).toMatchObject({ healthy_count: 1, unhealthy_count: 0 });
    litellm.router.noteFailure(id, { isOverloaded: true, retryAfterMs: null });
    expect((await litellm.get(`/health?model_id=${id}`)).body).toMatchObject({
      healthy_count: 0,
      unhealthy_endpoints: [
        { model_id: id, model: 'openai/gpt-4o', error: expect.stringContaining('left alone') },
      ],
    });
    const key = String((await litellm.post('/key/generate', {})).body['key']);
    expect((await litellm.get('/health', key)).status).toBe(403);
  });

  describe('estimates', () => {
    const ask = { model: 'demo', input_tokens: 1_000, output_tokens: 10 };

    it('are those of a call, a day and a month, to the last digit', async () => {
      const { text, body } = await litellm.post('/cost/estimate', { ...ask, num_requests_per_day: 3 });
      expect(body).toMatchObject({
        ...{ model: 'demo', input_tokens: 1_000, output_tokens: 10, num_requests_per_month: null },
        ...{ cost_per_request: 0.00102, input_cost_per_request: 0.001, output_cost_per_request: 0.00002 },
        ...{ daily_cost: 0.00306, daily_input_cost: 0.003, monthly_cost: null, provider: 'demo' },
        ...{ margin_cost_per_request: 0, input_cost_per_token: 0.000001 },
      });
      expect(text).toContain('"cost_per_request":0.00102,');
    });

    it.each([
      [{ model: 'nobody-knows' }, 404, 'model'],
      [{ cache_read_input_tokens: 1_001 }, 400, 'cache_read_input_tokens'],
      [{ reasoning_tokens: 11 }, 400, 'reasoning_tokens'],
      [{ input_tokens: -1 }, 400, 'input_tokens'],
    ])('refuse %j', async (more, status, param) => {
      const refused = await litellm.post('/cost/estimate', { ...ask, ...more });
      expect([refused.status, refused.body['error']]).toEqual([status, expect.objectContaining({ param })]);
    });
  });

  it('have discounts and margins that are replaced as a whole, each beside the other', async () => {
    const margins = '/config/cost_margin_config';
    const discounts = '/config/cost_discount_config';
    expect((await litellm.get(margins)).body).toEqual({ values: { xai: 0.1 } });
    const set = await patch(margins, {
      values: { xai: 0.1, global: '0.05', demo: { percentage: 0.5, fixed_amount: 0.000000000001 } },
    });
    expect(set.text).toContain('"demo":{"percentage":0.5,"fixed_amount":0.000000000001}');
    expect((await patch(discounts, { demo: 0.2 })).body).toMatchObject({ values: { demo: 0.2 } });
    const ask = { model: 'demo', input_tokens: 1_000, output_tokens: 0 };
    const estimate = await litellm.post('/cost/estimate', ask);
    expect(estimate.text).toContain('"cost_per_request":0.001200000001,');
    expect(estimate.body).toMatchObject({ discount_cost_per_request: -0.0002 });
    expect((await patch(discounts, {})).body).toMatchObject({ values: {} });
    expect((await litellm.get(margins)).body).toMatchObject({
      values: { global: 0.05, demo: { percentage: 0.5 } },
    });
    expect((await patch(margins, { values: { xai: 0 } })).body).toMatchObject({ values: { xai: 0 } });
    expect((await litellm.get(margins)).body).toEqual({ values: { xai: 0 } });
    for (const [values, param] of [
      [{}, 'xai'],
      [{ xai: 'much' }, 'xai'],
      [{ xai: { percent: 1 } }, 'xai'],
      [[1], 'values'],
    ] as const) {
      const refused = await patch(margins, { values });
      expect([refused.status, refused.body['error']]).toEqual([400, expect.objectContaining({ param })]);
    }
    const key = String((await litellm.post('/key/generate', {})).body['key']);
    expect((await litellm.get(discounts, key)).status).toBe(403);
  });
});
