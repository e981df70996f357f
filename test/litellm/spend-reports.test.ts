import { startLitellm, type LitellmFixture } from '../support/litellm';

type Row = Record<string, unknown>;

const USD = 1_000_000_000_000n;

describe('LiteLLM reports of spend', () => {
  let litellm: LitellmFixture;
  let key: { secret: string; id: string };
  let other: { secret: string; id: string };
  const calls: string[] = [];
  const today = new Date().toISOString().slice(0, 10);
  const day = (ago: number) => new Date(Date.parse(today) - ago * 86_400_000).toISOString().slice(0, 10);
  /** A day before and after, so that a test at midnight sees its calls. */
  const around = `start_date=${day(1)}&end_date=${day(-1)}`;

  beforeAll(async () => {
    litellm = await startLitellm();
    await litellm.post('/team/new', { team_id: 'one', team_alias: 'Team One' });
    await litellm.post('/team/new', { team_id: 'two' });
    const make = async (team_id: string, key_alias: string) => {
      const { body } = await litellm.post('/key/generate', { team_id, key_alias });
      return { secret: String(body['key']), id: String(body['token']) };
    };
    [key, other] = [await make('one', 'first'), await make('two', 'second')];
    const of = { keyId: key.id, keyAlias: 'first', teamId: 'one', teamName: 'Team One' };
    const book = async (...args: Parameters<LitellmFixture['spend']>) =>
      calls.push(await litellm.spend(...args));
    await book({ ...of, tags: ['red', 'blue'], customerId: 'alice' }, USD + 1n);
    await book({ ...of, tags: ['red'], model: 'large', provider: 'openai' }, 2n * USD);
    await book({ ...of, customerId: 'bob' }, USD / 4n, { status: 'FAILURE', httpStatus: 500 });
    await book({ keyId: other.id, teamId: 'two', customerId: 'alice' }, 10n * USD);
    await book({ userId: 'somebody' }, 5n * USD);
  });
  afterAll(() => litellm.close());

  const get = async (path: string, credential?: string): Promise<Row[]> => {
    const { status, text, body } = await litellm.get(path, credential);
    if (status !== 200) throw new Error(text);
    return body as unknown as Row[];
  };

  describe('in numbered pages of calls', () => {
    const page = async (query: string, credential?: string) => {
      const { body } = await litellm.get(`/spend/logs/v2?${query}`, credential);
      return { ...body, ids: (body['data'] as Row[]).map((row) => row['request_id']) };
    };

    it('come newest first, counted, and none is on two pages', async () => {
      const first = await page('page_size=2');
      expect(first).toMatchObject({
        total: 5,
        page: 1,
        page_size: 2,
        total_pages: 3,
        total_is_capped: false,
      });
      const rest = [await page('page_size=2&page=2'), await page('page_size=2&page=3')];
      expect([...first.ids, ...rest.flatMap(({ ids }) => ids)]).toEqual([...calls].reverse());
      expect(await page('page_size=2&page=4')).toMatchObject({ data: [], total: 5 });
    });

    it.each<[string, number[]]>([
      ['status_filter=failure', [2]],
      ['status_filter=success&team_id=one', [1, 0]],
      ['min_spend=1.000000000001&max_spend=5', [4, 1, 0]],
      ['max_spend=1', [2]],
      ['key_alias=first', [2, 1, 0]],
      ['end_user=alice', [3, 0]],
      ['model=large', [1]],
      ['user_id=somebody', [4]],
      ['end_date=2020-01-01', []],
    ])('are filtered by %s', async (query, expected) => {
      const found = await page(query);
      expect(found.ids).toEqual(expected.map((index) => calls[index]));
      expect(found).toMatchObject({ total: expected.length });
    });

    it('are filtered by instants, by the key in all its spellings and by the call', async () => {
      expect((await page(`start_date=${day(1)} 00:00:00&end_date=${day(-1)} 23:59:59`)).ids).toHaveLength(5);
      expect((await page(`api_key=${other.secret}`)).ids).toEqual([calls[3]]);
      expect((await page(`request_id=${calls[1] ?? ''}`)).ids).toEqual([calls[1]]);
      const one = await litellm.get(`/spend/logs/ui/${calls[1] ?? ''}`);
      expect(one.body).toMatchObject({ request_id: calls[1], model: 'large' });
      expect((await litellm.get('/spend/logs/ui/call_nobody')).status).toBe(404);
    });

    it('are the own alone for a key', async () => {
      expect((await page('', other.secret)).ids).toEqual([calls[3]]);
      expect((await page('team_id=one', other.secret)).ids).toEqual([]);
      expect((await litellm.get(`/spend/logs/ui/${calls[0] ?? ''}`, other.secret)).status).toBe(404);
    });
  });

  it('list keys and users by what they spent', async () => {
    const keys = await get('/spend/keys');
    expect(keys.map(({ key_alias, spend }) => [key_alias, spend])).toEqual([
      ['second', 10],
      ['first', 3.250000000001],
    ]);
    expect(await get('/spend/keys?limit=1', key.secret)).toMatchObject([{ key_alias: 'first' }]);
    const { id } = await litellm.user();
    await litellm.spend({ userId: id }, 0n);
    const users = await get('/spend/users');
    expect(users).toMatchObject([{ user_id: id, spend: 0 }]);
    expect(await get('/spend/users?user_id=nobody')).toEqual([]);
    expect(await get('/key/list?sort_by=spend')).toMatchObject({ keys: [other.id, key.id] });
  });

  it('sum up by tag, every tag of a call counting once', async () => {
    expect((await litellm.get(`/spend/tags?${around}`)).text).toBe(
      '[{"individual_request_tag":"red","log_count":2,"total_spend":3.000000000001},' +
        '{"individual_request_tag":"blue","log_count":1,"total_spend":1.000000000001}]',
    );
    expect(await get(`/global/spend/tags?${around}&tags=blue`)).toEqual({
      spend_per_tag: [{ name: 'blue', spend: 1.000000000001, log_count: 1 }],
    });
    expect(await get('/global/spend/all_tag_names')).toEqual({ tag_names: ['blue', 'red'] });
    expect(await get('/spend/tags', other.secret)).toEqual([]);
  });

  it('sum up by day, key, model, provider and customer', async () => {
    const days = await get(`/global/spend/logs?start_date=${day(29)}&end_date=${day(-1)}`);
    expect(days).toHaveLength(31);
    expect(days[0]).toEqual({ date: day(29), spend: 0 });
    expect(days.reduce((sum, each) => sum + Number(each['spend']), 0)).toBeCloseTo(18.25, 9);
    expect(await get('/global/spend/logs')).toHaveLength(30);
    expect(await get(`/global/spend/keys?${around}&limit=2`)).toEqual([
      { api_key: other.id, key_alias: 'second', key_name: expect.stringMatching(/^sk-/), total_spend: 10 },
      { api_key: '', key_alias: null, key_name: null, total_spend: 5 },
    ]);
    expect(await get(`/global/spend/models?${around}`)).toEqual([
      { model: 'demo', total_spend: 16.250000000001 },
      { model: 'large', total_spend: 2 },
    ]);
    expect(await get(`/global/spend/provider?${around}&api_key=${key.id}`)).toEqual([
      { provider: 'openai', spend: 2 },
      { provider: 'demo', spend: 1.250000000001 },
    ]);
    const customers = [
      { end_user: 'alice', total_count: 2, total_spend: 11.000000000001 },
      { end_user: 'bob', total_count: 1, total_spend: 0.25 },
    ];
    expect(await get('/global/spend/end_users')).toEqual(customers);
    const body = { startTime: day(1), endTime: day(-1), api_key: other.secret };
    expect((await litellm.post('/global/spend/end_users', body)).body).toEqual([
      { end_user: 'alice', total_count: 1, total_spend: 10 },
    ]);
    expect((await litellm.get('/global/spend/keys?api_key=sk-0123456789abcdefghij')).status).toBe(404);
  });

  it('sum up by team, under the names of teams', async () => {
    const teams = (await litellm.get(`/global/spend/teams?${around}`)).body;
    expect(teams['teams']).toEqual(['two', 'Unassigned', 'Team One']);
    expect(teams['daily_spend']).toEqual([
      { date: expect.any(String), two: 10, Unassigned: 5, 'Team One': 3.250000000001 },
    ]);
    expect(teams['total_spend_per_team']).toContainEqual({
      team_id: 'one',
      team_alias: 'Team One',
      total_spend: 3.250000000001,
    });
  });

  it('break a report of days down by teams or customers, and one of keys by models', async () => {
    const [byTeam] = await get(`/global/spend/report?${around}&team_id=one`);
    expect(byTeam).toEqual({
      group_by_day: expect.any(String),
      teams: [
        {
          ...{ team_name: 'Team One', team_id: 'one', total_spend: 3.250000000001 },
          metadata: [
            { model: 'large', spend: 2, total_tokens: 12, api_key: key.id },
            { model: 'demo', spend: 1.250000000001, total_tokens: 24, api_key: key.id },
          ],
        },
      ],
    });
    const [byCustomer] = await get(`/global/spend/report?group_by=customer&customer_id=bob`);
    expect(byCustomer).toMatchObject({ customers: [{ customer: 'bob', total_spend: 0.25 }] });
    expect(await get(`/global/spend/report?api_key=${key.secret}`)).toEqual([
      {
        ...{ api_key: key.id, total_cost: 3.250000000001, total_input_tokens: 15, total_output_tokens: 21 },
        model_details: [
          { model: 'large', total_cost: 2, total_input_tokens: 5, total_output_tokens: 7 },
          { model: 'demo', total_cost: 1.250000000001, total_input_tokens: 10, total_output_tokens: 14 },
        ],
      },
    ]);
    expect(await get('/global/spend/report?internal_user_id=somebody')).toMatchObject([{ total_cost: 5 }]);
    const refused = await litellm.get('/global/spend/report?group_by=team&customer_id=bob');
    expect(refused.body['error']).toMatchObject({ param: 'customer_id' });
    expect((await litellm.post('/global/spend/refresh', {})).body).toMatchObject({ status: 'success' });
  });

  it('count calls, tokens and failures by day', async () => {
    const whole = (await litellm.get(`/global/activity?${around}`, key.secret)).body;
    expect(whole).toMatchObject({ sum_api_requests: 3, sum_total_tokens: 36 });
    expect(whole['daily_data']).toHaveLength(3);
    const models = await get(`/global/activity/model?${around}`);
    expect(models.map(({ model, sum_api_requests }) => [model, sum_api_requests])).toEqual([
      ['demo', 5],
      ['large', 1],
    ]);
    expect(await get('/global/activity/exceptions')).toMatchObject({ sum_num_exceptions: 1 });
    expect(await get('/global/activity/exceptions?model_group=large')).toMatchObject({
      sum_num_exceptions: 0,
    });
  });

  it('take the customer and the model as filters of /spend/logs', async () => {
    const ids = (rows: Row[]) => rows.map((row) => row['request_id']);
    expect(ids(await get(`/spend/logs?end_user=alice&${around}`))).toEqual([calls[3], calls[0]]);
    expect(ids(await get('/spend/logs?status_filter=failure'))).toEqual([calls[2]]);
    const days = await get(`/spend/logs?end_user=alice&${around}&summarize=true`);
    expect(days.find(({ spend }) => spend !== 0)).toMatchObject({
      spend: 11.000000000001,
      [key.id]: 1.000000000001,
    });
    expect(await get(`/spend/logs?model=large&${around}`)).toContainEqual(
      expect.objectContaining({ spend: 2 }),
    );
    const refused = await litellm.get(`/spend/logs?status_filter=failure&${around}&summarize=true`);
    expect(refused.body['error']).toMatchObject({ param: 'status_filter' });
  });

  describe('as daily activity', () => {
    interface Activity {
      results: { date: string; metrics: Row; breakdown: Record<string, Row> }[];
      metadata: Row;
    }
    const activity = async (path: string, credential?: string): Promise<Activity> =>
      (await get(path, credential)) as unknown as Activity;

    it('of teams, breaks each day down by model, provider, endpoint, key and team', async () => {
      const { results, metadata } = await activity(`/team/daily/activity?${around}&team_ids=one`);
      const metrics = {
        ...{
          spend: 3.250000000001,
          flat_cost: 0,
          prompt_tokens: 15,
          completion_tokens: 21,
          total_tokens: 36,
        },
        ...{ cache_read_input_tokens: 0, cache_creation_input_tokens: 0 },
        ...{ successful_requests: 2, failed_requests: 1, api_requests: 3 },
      };
      expect(results).toHaveLength(1);
      const [first] = results;
      const { breakdown = {}, ...rest } = first ?? {};
      expect(rest).toEqual({ date: expect.any(String), metrics });
      expect(Object.keys(breakdown['models'] ?? {})).toEqual(['large', 'demo']);
      expect(Object.keys(breakdown['providers'] ?? {})).toEqual(['openai', 'demo']);
      expect(Object.keys(breakdown['endpoints'] ?? {})).toEqual(['/v1/chat/completions']);
      const ofKey = {
        metadata: { key_alias: 'first', team_id: 'one', user_id: null, key_exists: true },
        metrics,
      };
      expect(breakdown['api_keys']).toEqual({ [key.id]: ofKey });
      expect(breakdown['entities']).toEqual({
        one: { metrics, metadata: { team_alias: 'Team One' }, api_key_breakdown: { [key.id]: ofKey } },
      });
      expect(metadata).toEqual({
        ...Object.fromEntries(
          Object.entries(metrics).map(([name, value]) => [
            name === 'total_tokens' ? name : `total_${name}`,
            value,
          ]),
        ),
        ...{ page: 1, total_pages: 1, has_more: false },
      });
    });

    it.each([
      ['/user/daily/activity', 18.250000000001, ['somebody']],
      ['/user/daily/activity?user_id=somebody', 5, ['somebody']],
      ['/user/daily/activity/aggregated?model=large', 2, []],
      ['/team/daily/activity', 13.250000000001, ['two', 'one']],
      ['/team/daily/activity?exclude_team_ids=two,three', 3.250000000001, ['one']],
      ['/organization/daily/activity', 18.250000000001, ['org_default']],
      ['/customer/daily/activity', 11.250000000001, ['alice', 'bob']],
      ['/customer/daily/activity?end_user_ids=bob', 0.25, ['bob']],
      ['/tag/daily/activity', 4.000000000002, ['red', 'blue']],
      ['/tag/daily/activity?tags=blue', 1.000000000001, ['blue']],
    ])('%s sums up to the last digit', async (path, spend, entities) => {
      const { results, metadata } = await activity(path);
      expect(metadata).toMatchObject({ total_spend: spend });
      const names = results.flatMap(({ breakdown }) => Object.keys(breakdown['entities'] ?? {}));
      expect(names.filter((name) => !name.startsWith('user_')).sort()).toEqual([...entities].sort());
    });

    it('shows a key its own, and pages by days in the zone that was asked for', async () => {
      const own = await activity('/user/daily/activity', other.secret);
      expect(own.metadata).toMatchObject({ total_spend: 10 });
      expect((await activity('/team/daily/activity?team_ids=one', other.secret)).results).toEqual([]);
      const { results, metadata } = await activity('/user/daily/activity?page=2&page_size=1&timezone=-60');
      expect([results, metadata]).toMatchObject([
        [],
        { total_spend: 0, page: 2, total_pages: 1, has_more: false },
      ]);
      const local = new Date(Date.now() + 14 * 3_600_000).toISOString().slice(0, 10);
      const there = await activity('/user/daily/activity?timezone=Pacific/Kiritimati');
      expect([local, day(0), day(-1)]).toContain(there.results[0]?.date);
    });

    it.each([
      ['timezone=Mars/Olympus', 'timezone'],
      ['timezone=-330', 'timezone'],
      ['timezone=9000', 'timezone'],
      ['start_date=1990-01-01&end_date=1990-01-02', 'start_date'],
      ['end_date=2100-01-01', 'end_date'],
      ['user_id=a,,b', 'user_id'],
      ['api_key=sk-0123456789abcdefghij', 'api_key'],
    ])('refuses %s', async (query, param) => {
      const refused = await litellm.get(`/user/daily/activity?${query}`);
      expect([refused.status, refused.body['error']]).toEqual([
        param === 'api_key' ? 404 : 400,
        expect.objectContaining({ param }),
      ]);
    });
  });
});
