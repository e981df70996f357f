import { MASTER_KEY } from '../support/app';
import { startMeteredApp, type MeteredApp } from '../support/metered-app';

describe('what Prometheus scrapes', () => {
  let metered: MeteredApp;
  let teamKey: { secret: string; key: { id: string } };
  let teamId: string;

  beforeAll(async () => {
    metered = await startMeteredApp();
    const { master } = metered.app;
    const { team } = await master.do<{ team: { id: string } }>(
      'createTeam',
      'CreateTeamInput',
      { name: 'Say "hi"\\' },
      'team { id }',
    );
    teamId = team.id;
    teamKey = await master.createKey({ alias: 'the-alias', teamId });
    await master.do(
      'setLimit',
      'SetLimitInput',
      { scope: 'TEAM', scopeId: teamId, unit: 'USD', amount: '0.01', window: { period: 'MONTH' } },
      'limit { id }',
    );
    const asTeam = { authorization: `Bearer ${teamKey.secret}` };
    expect((await metered.chat({ max_tokens: 5 }, asTeam)).status).toBe(200);
    expect((await metered.chat({ max_tokens: 10_000 }, asTeam)).status).toBe(429);
    expect((await metered.chat({ max_tokens: 5 })).status).toBe(200);
    await metered.app.settled();
  });

  afterAll(() => metered.close());

  async function scrape(credential: string | null = MASTER_KEY): Promise<{ status: number; text: string }> {
    const headers = credential === null ? {} : { authorization: `Bearer ${credential}` };
    const response = await fetch(`${metered.app.url}/metrics`, { headers });
    return { status: response.status, text: await response.text() };
  }

  /** The values of a metric by the value of one of its labels. */
  async function read(metric: string, label: string): Promise<Record<string, string>> {
    const lines = (await scrape()).text.split('\n').filter((line) => line.startsWith(`${metric}{`));
    return Object.fromEntries(
      lines.map((line) => [new RegExp(`[{,]${label}="([^"]*)"`).exec(line)?.[1], line.split(' ').at(-1)]),
    ) as Record<string, string>;
  }

  it('counts the spend, the calls and the tokens of each key, exactly, and as they are booked', async () => {
    const { rows } = await metered.app.pool.query<{ cost: string }>(
      `SELECT trim_scale(sum(cost))::text AS cost FROM spend_logs WHERE key_id = $1`,
      [teamKey.key.id],
    );
    const [booked] = rows;
    expect(booked?.cost).toMatch(/^0\.0000\d+$/);
    expect((await read('litellm_spend_metric_total', 'hashed_api_key'))[teamKey.key.id]).toBe(booked?.cost);
    expect((await read('litellm_proxy_total_requests_metric_total', 'api_key_alias'))['the-alias']).toBe('1');
    expect((await read('litellm_input_tokens_metric_total', 'api_key_alias'))['the-alias']).toBe('10');
    expect((await read('litellm_output_tokens_metric_total', 'api_key_alias'))['the-alias']).toBe('5');
  });

  it('counts what a limit refused', async () => {
    expect(await read('spendgraph_refusals_total', 'scope')).toHaveProperty('TEAM');
  });

  it('tells what is left of a budget as the ledger has it', async () => {
    expect(await read('litellm_team_max_budget_metric', 'team')).toEqual({ [teamId]: '0.01' });
    expect(await read('litellm_remaining_team_budget_metric', 'team')).toEqual({ [teamId]: '0.00998' });
    const hours = Number((await read('litellm_team_budget_remaining_hours_metric', 'team'))[teamId]);
    expect(hours).toBeGreaterThan(0);
    expect(hours).toBeLessThanOrEqual(31 * 24 + 1);
  });

  it('escapes names, and has no line that the text format does not know', async () => {
    const { text } = await scrape();
    expect(text).toContain(String.raw`team_alias="Say \"hi\"\\"`);
    const sample = /^[a-z_\d]+(\{([a-z_]+="(\\.|[^"\\])*",?)*\})? ([-+.\deE]+|[+-]Inf|NaN)$/i;
    const odd = text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('# ') && !sample.test(line));
    expect(odd).toEqual([]);
  });

  it('watches the process and the latency of models', async () => {
    const { text } = await scrape();
    for (const metric of [
      'litellm_request_total_latency_metric_count{model="my-gpt"} 2',
      'process_cpu_seconds_total ',
      'nodejs_eventloop_lag_p99_seconds ',
      'spendgraph_calls_unsettled 0',
      'spendgraph_database_up 1',
    ])
      expect(text).toContain(metric);
  });

  it('is for administrators: it names keys and people', async () => {
    expect((await scrape(null)).status).toBe(401);
    expect((await scrape('sk-wrong')).status).toBe(401);
    expect((await scrape(teamKey.secret)).status).toBe(403);
  });

  it('is for anybody where a setting or LiteLLM’s own key says so', async () => {
    const open = await metered.app.join({ SPENDGRAPH_METRICS_PUBLIC: 'true' });
    const response = await fetch(`${open.url}/metrics`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  });

  it('adds up in one series what comes after so many', async () => {
    const small = await metered.app.join({ SPENDGRAPH_METRICS_MAX_SERIES: '10' });
    const keys = await Promise.all(Array.from({ length: 13 }, () => metered.app.master.createKey()));
    for (const { secret } of keys)
      await fetch(`${small.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'my-gpt', max_tokens: 5, messages: [{ role: 'user', content: 'Hi' }] }),
      });
    await metered.app.settled();
    const response = await fetch(`${small.url}/metrics`, {
      headers: { authorization: `Bearer ${MASTER_KEY}` },
    });
    const lines = (await response.text())
      .split('\n')
      .filter((line) => line.startsWith('litellm_proxy_total_requests_metric_total{'));
    expect(lines).toHaveLength(11);
    expect(lines.at(-1)).toContain('hashed_api_key="other"');
    expect(lines.at(-1)).toMatch(/ 3$/);
  });
});
