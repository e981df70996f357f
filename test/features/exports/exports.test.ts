import { gunzipSync } from 'node:zlib';
import { parseMoney } from '../../../src/domain/money/decimal-text';
import { startApp, MASTER_KEY, type TestApp } from '../../support/app';
import { keptExports } from './kept-exports';
import { readCsv } from '../../support/read-csv';

const ROWS = 2_500;

/** More than two batches, many of one instant, in three teams. */
const INSERT = `INSERT INTO spend_logs (id, kind, call_id, admitted_at, booked_at, status, cost, pricing_status, hold,
    requests, usage, usage_source, input_tokens, organization_id, team_id, key_id, key_alias, model, provider, endpoint)
  SELECT 'spend_' || lpad(n::text, 5, '0'), 'CALL', 'call_' || n, '2026-03-01Z'::timestamptz + n / 7 * interval '1 hour'
    + interval '1 microsecond' * (n % 3), now(), 'SUCCESS', 0.000000000001 * n, 'PRICED', 1, 1, '{"inputText": 5}',
    'PROVIDER', 5, 'org_default', 'team_' || n % 3, $1, '=alias', 'model-' || n % 2, 'openai', '/v1/chat/completions'
  FROM generate_series(1, ${ROWS}) n`;

function picodollars(decimal: string | undefined): bigint {
  const money = parseMoney(decimal ?? '');
  if (!money.ok) throw new Error(money.error);
  return money.value;
}

describe('exports', () => {
  let app: TestApp;
  let key: { secret: string; key: { id: string } };

  beforeAll(async () => {
    app = await startApp();
    key = await app.master.createKey({ alias: 'exporter' });
    await app.pool.query(INSERT, [key.key.id]);
    await app.pool.query(`INSERT INTO spend_rollups SELECT date_bin('15 minutes', admitted_at, '2000-01-01Z'),
        organization_id, team_id, project_id, user_id, key_id, provider, model, endpoint, sum(cost), sum(requests), 0, 0,
        sum(input_tokens), 0, 0, 0, 0 FROM spend_logs GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9`);
  });
  afterAll(() => app.close());

  const get = (path: string, credential: string | null = MASTER_KEY): Promise<Response> =>
    fetch(`${app.url}/export/${path}`, {
      headers: credential === null ? {} : { authorization: `Bearer ${credential}` },
    });

  const csv = async (path: string, credential?: string): Promise<Record<string, string>[]> => {
    const response = await get(path, credential);
    if (response.status !== 200) throw new Error(await response.text());
    return readCsv(await response.text());
  };

  describe('of the spend log', () => {
    it('hold every row once, oldest first, with their exact costs', async () => {
      const rows = await csv('spend.csv');
      expect(rows.map(({ id }) => id)).toHaveLength(ROWS);
      expect(new Set(rows.map(({ id }) => id)).size).toBe(ROWS);
      const places = rows.map(({ admitted_at }) => admitted_at ?? '');
      expect(places).toEqual([...places].sort());
      expect(rows.find(({ id }) => id === 'spend_00007')).toMatchObject({
        ...{ cost: '0.000000000007', key_alias: "'=alias", usage: '{"inputText":5}', team_id: 'team_1' },
      });
    });

    it('are narrowed by a filter and a range, and compressed where asked', async () => {
      const query = 'team_id=team_1&model=model-0&from=2026-03-02&to=2026-03-03T00:00:00Z';
      const rows = await csv(`spend.csv?${query}`);
      expect(rows.length).toBeGreaterThan(20);
      const response = await get(`spend.ndjson.gz?${query}`);
      expect(response.headers.get('content-disposition')).toBe(
        'attachment; filename="spend-2026-03-02-2026-03-03.ndjson.gz"',
      );
      const text = gunzipSync(Buffer.from(await response.arrayBuffer())).toString();
      const lines = text.trimEnd().split('\n');
      const read = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
      expect(read.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
      expect(read.every((row) => row['team_id'] === 'team_1' && row['key_alias'] === '=alias')).toBe(true);
      expect(await csv('spend.csv?model=none')).toEqual([]);
    });

    it('come in the columns of FOCUS, and add up to the log', async () => {
      const rows = await csv('focus.csv');
      const sum = rows.reduce((total, row) => total + picodollars(row['BilledCost']), 0n);
      expect(sum).toBe(BigInt((ROWS * (ROWS + 1)) / 2));
      expect(rows[0]).toMatchObject({
        BillingCurrency: 'USD',
        ChargeCategory: 'Usage',
        PricingUnit: 'Tokens',
      });
    });

    it('show a caller what the graph would show them', async () => {
      const other = await app.master.createKey({ alias: 'other' });
      expect(await csv('spend.csv', other.secret)).toEqual([]);
      expect(await csv('spend.csv', key.secret)).toHaveLength(ROWS);
      expect(await csv(`spend.csv?team_id=team_2`, key.secret)).toHaveLength(Math.floor((ROWS + 1) / 3));
      for (const credential of [null, 'sk-nobody-knows-this-one']) {
        expect((await get('spend.csv', credential)).status).toBe(401);
      }
    });
  });

  it('hold the sums of a report', async () => {
    const query = 'from=2026-03-01&to=2026-04-01&group_by=team,model&bucket=day&timezone=Asia/Kathmandu';
    const rows = await csv(`report.csv?${query}`);
    expect(rows[0]).toMatchObject({
      period_start: '2026-02-28T18:15:00.000Z',
      team_id: expect.stringMatching(/^team_[012]$/),
    });
    const report = await app.master.ask<{ spendReport: { groupCount: number; totalCost: string } }>(
      `{ spendReport(from: "2026-03-01T00:00:00Z", to: "2026-04-01T00:00:00Z", groupBy: [TEAM, MODEL], bucket: DAY,
           timezone: "Asia/Kathmandu") { groupCount totalCost } }`,
    );
    expect(rows).toHaveLength(report.spendReport.groupCount);
    expect(rows.reduce((sum, row) => sum + Number(row['input_tokens']), 0)).toBe(5 * (await countIn()));
  });

  keptExports({ app: () => app, secret: () => key.secret, get, csv });

  async function countIn(): Promise<number> {
    return (await csv('spend.csv?from=2026-03-01&to=2026-04-01')).length;
  }

  it.each([
    ['spend.csv?from=yesterday', '"from": must be a day or an instant', 'from'],
    ['spend.csv?team=team_1', 'team_id', 'team'],
    ['spend.csv?from=2026-03-02&to=2026-03-01', '"to" must lie after', 'to'],
    ['spend.csv?status=good', '"status"', 'status'],
    ['report.csv?to=2026-03-01', '"from"', 'from'],
    ['report.csv?from=2026-03-01&to=2026-03-02&tag=red', 'spend log instead', 'tag'],
    ['report.csv?from=2026-03-01&to=2026-03-02&timezone=Mars', 'IANA', 'timezone'],
  ])('refuse %s before anything is written', async (path, words, param) => {
    const response = await get(path);
    expect(response.status).toBe(400);
    const { error } = (await response.json()) as { error: { message: string; param: string } };
    expect(error.message).toContain(words);
    expect(error.param).toBe(param);
  });
});
