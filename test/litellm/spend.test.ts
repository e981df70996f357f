import { createHash } from 'node:crypto';
import { startLitellm, type LitellmFixture } from '../support/litellm';

type Row = Record<string, unknown>;

describe('LiteLLM spend', () => {
  let litellm: LitellmFixture;
  let key: { secret: string; id: string };
  let other: { secret: string; id: string };
  const calls: string[] = [];

  beforeAll(async () => {
    litellm = await startLitellm();
    await litellm.post('/team/new', { team_id: 'one' });
    await litellm.post('/team/new', { team_id: 'two' });
    const make = async (team_id: string) => {
      const { body } = await litellm.post('/key/generate', {
        team_id,
        max_budget: 50,
        budget_duration: '30d',
      });
      return { secret: String(body['key']), id: String(body['token']) };
    };
    [key, other] = [await make('one'), await make('two')];
    calls.push(await litellm.spend({ keyId: key.id, teamId: 'one' }, 1_500_000_000_001n));
    calls.push(await litellm.spend({ keyId: key.id, teamId: 'one' }, 2n));
    calls.push(await litellm.spend({ keyId: other.id, teamId: 'two' }, 10_000_000_000_000n));
  });
  afterAll(() => litellm.close());

  const rows = async (query: string, credential?: string): Promise<Row[]> =>
    (await litellm.get(`/spend/logs${query}`, credential)).body as unknown as Row[];
  const idsOf = (list: readonly Row[]) => list.map((row) => row['request_id']);

  it('is listed newest first in the shape of SpendLogs, to the last digit', async () => {
    expect(idsOf(await rows(''))).toEqual([...calls].reverse());
    const { text, body } = await litellm.get(`/spend/logs?request_id=${calls[0] ?? ''}`);
    expect(text).toContain('"spend":1.500000000001,');
    expect(body).toMatchObject([
      {
        ...{ request_id: calls[0], call_type: 'acompletion', api_key: key.id, model: 'demo', team_id: 'one' },
        ...{ prompt_tokens: 5, completion_tokens: 7, total_tokens: 12, status: 'success', request_tags: [] },
        ...{ custom_llm_provider: 'demo', organization_id: 'org_default', cache_hit: 'False' },
        metadata: { user_api_key_team_id: 'one', pricing_status: 'PRICED' },
      },
    ]);
  });

  it('is filtered by key, in each of its spellings, and by team', async () => {
    const sha256 = createHash('sha256').update(key.secret).digest('hex');
    const mine = [calls[1], calls[0]];
    for (const spelled of [key.secret, key.id, sha256])
      expect(idsOf(await rows(`?api_key=${spelled}`))).toEqual(mine);
    expect(idsOf(await rows('?team_id=two'))).toEqual([calls[2]]);
    expect(idsOf(await rows('?team_id=nobody'))).toEqual([]);
    expect((await litellm.get('/spend/logs?api_key=sk-0123456789abcdefghij')).status).toBe(404);
    expect((await litellm.get('/spend/logs?api_kye=sk-1')).body['error']).toMatchObject({ param: 'api_kye' });
  });

  it('is the own for a key, whatever it asks for', async () => {
    expect(idsOf(await rows('', key.secret))).toEqual([calls[1], calls[0]]);
    expect(await rows(`?api_key=${other.id}`, key.secret)).toEqual([]);
    expect(await rows('?team_id=two', key.secret)).toEqual([]);
    expect((await litellm.get('/spend/calculate', key.secret)).text).toBe(
      '{"spend":1.500000000003,"cost":1.500000000003}',
    );
    expect((await litellm.get('/global/spend', key.secret)).status).toBe(403);
  });

  it('is summed by day, with the days on which nothing was spent', async () => {
    const today = new Date();
    const day = (ago: number) => new Date(today.getTime() - ago * 86_400_000).toISOString().slice(0, 10);
    const { body, text } = await litellm.get(
      `/spend/logs?start_date=${day(2)}&end_date=${day(-1)}&summarize=true`,
    );
    const days = body as unknown as Row[];
    expect(days.map((each) => each['startTime'])).toEqual([day(2), day(1), day(0), day(-1)]);
    expect(days[0]).toEqual({ startTime: day(2), spend: 0, users: {}, models: {} });
    expect(days.find((each) => each['spend'] !== 0)).toMatchObject({
      [other.id]: 10,
      models: { demo: 11.500000000003 },
    });
    expect(text).toContain(`"${key.id}":1.500000000003`);
    const own = await rows(`?start_date=${day(1)}&end_date=${day(-1)}`, key.secret);
    expect(own.filter((each) => other.id in each)).toEqual([]);
    const plain = await rows(`?start_date=${day(1)}&end_date=${day(-1)}&summarize=false&team_id=one`);
    expect(idsOf(plain)).toEqual([calls[1], calls[0]]);
  });

  it.each([
    ['start_date=2026-02-30&end_date=2026-03-01', 'start_date'],
    ['start_date=2026-03-02&end_date=2026-03-01', 'end_date'],
    ['start_date=1900-03-02&end_date=2026-03-01', 'end_date'],
    ['start_date=2026-03-02&summarize=true', 'start_date'],
    ['summarize=perhaps', 'summarize'],
    ['start_date=yesterday', 'start_date', '/v2'],
    ['start_date=2026-02-30 10:00:00', 'start_date', '/v2'],
    ['start_date=2026-02-03 25:00:00', 'start_date', '/v2'],
    ['start_date=2026-02-03&end_date=2026-02-01', 'end_date', '/v2'],
    ['page=0', 'page', '/v2'],
    ['page_size=1001', 'page_size', '/v2'],
    ['min_spend=much', 'min_spend', '/v2'],
    ['group_by_session=true', 'group_by_session', '/v2'],
    ['status_filter=odd', 'status_filter', '/v2'],
  ])('refuses what makes no sense: %s', async (query, param, version = '') => {
    const refused = await litellm.get(`/spend/logs${version}?${query}`);
    expect(refused.status).toBe(400);
    expect(refused.body['error']).toMatchObject({ param });
  });

  it('is totalled for the caller, and shown with keys and teams', async () => {
    expect((await litellm.get('/spend/calculate')).text).toBe(
      '{"spend":11.500000000003,"cost":11.500000000003}',
    );
    expect((await litellm.get('/global/spend')).text).toBe('{"spend":11.500000000003,"max_budget":null}');
    const viewer = await litellm.user('VIEWER');
    expect((await litellm.get('/spend/calculate', viewer.token)).body['spend']).toBe(11.500000000003);
    const stranger = await litellm.user();
    expect((await litellm.get('/spend/calculate', stranger.token)).body).toEqual({ spend: 0, cost: 0 });
    const info = await litellm.get(`/key/info?key=${key.id}`);
    expect(info.text).toContain('"spend":1.500000000003,"total_spend":1.500000000003');
    expect((await litellm.get('/team/info?team_id=two')).body['team_info']).toMatchObject({ spend: 10 });
  });

  it('of a key starts afresh with its budget, and its total does not', async () => {
    await litellm.db.query(
      `UPDATE limit_windows SET starts_at = starts_at - interval '2 months', ends_at = starts_at
        WHERE limit_id IN (SELECT id FROM limits WHERE scope_id = $1)`,
      [other.id],
    );
    const info = await litellm.get(`/key/info?key=${other.id}`);
    expect(info.body['info']).toMatchObject({ spend: 0, total_spend: 10, max_budget: 50 });
  });

  it('is cut at ten thousand rows, which a header tells', async () => {
    await litellm.db.query(
      `INSERT INTO spend_logs (id, kind, admitted_at, booked_at, status, cost, pricing_status, hold, requests, usage,
         usage_source, organization_id, team_id)
       SELECT 'spend_bulk_' || n, 'CALL', '2026-11-02T00:00:00Z'::timestamptz + n * interval '1 second', now(), 'SUCCESS',
         1, 'PRICED', 1, 1, '{}', 'PROVIDER', 'org_default', 'bulk' FROM generate_series(1, 10001) n`,
    );
    const cut = await litellm.get('/spend/logs?team_id=bulk');
    expect(cut.headers['x-litellm-spend-logs-truncated']).toBe('true');
    const list = cut.body as unknown as Row[];
    expect(list).toHaveLength(10_000);
    expect(list[0]).toMatchObject({ request_id: 'spend_bulk_10001', api_key: '' });
    expect((await litellm.get('/spend/logs?team_id=one')).headers).not.toHaveProperty(
      'x-litellm-spend-logs-truncated',
    );
  });
});
