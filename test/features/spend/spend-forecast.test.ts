import { projectSpend } from '../../../src/domain/spend/spend-projection';
import { startApp, type TestApp } from '../../support/app';
import { makeTenants, type Tenants } from '../../support/tenants';

const HOUR_MS = 3_600_000;
const USD = 1_000_000_000_000n;

describe('the projection of spend', () => {
  const basis = { amount: 100n * USD, spent: 30n * USD, nowMs: 10 * HOUR_MS, endsAtMs: 30 * HOUR_MS };

  it('carries the average on, and says to the millisecond when the amount is spent', () => {
    expect(projectSpend({ ...basis, counted: 30n * USD, sinceMs: 0 })).toEqual({
      ratePerHour: 3n * USD,
      projectedTotal: 90n * USD,
      exhaustedAtMs: null,
    });
    expect(projectSpend({ ...basis, counted: 30n * USD, sinceMs: 4 * HOUR_MS })).toEqual({
      ratePerHour: 5n * USD,
      projectedTotal: 130n * USD,
      exhaustedAtMs: 24 * HOUR_MS,
    });
  });

  it('rounds the last place, and never names an instant at which something is left', () => {
    const { ratePerHour, exhaustedAtMs } = projectSpend({
      ...basis,
      counted: 7n * USD,
      sinceMs: 9 * HOUR_MS + 1,
    });
    expect(ratePerHour).toBe((7n * USD * 3_600_000n * 2n + 3_599_999n) / (2n * 3_599_999n));
    const waitMs = BigInt((exhaustedAtMs ?? 0) - basis.nowMs);
    expect(7n * USD * waitMs >= 70n * USD * 3_599_999n).toBe(true);
    expect(7n * USD * (waitMs - 1n) < 70n * USD * 3_599_999n).toBe(true);
  });

  it('has no rate without a span, no total without an end, and is exhausted now when all is spent', () => {
    expect(projectSpend({ ...basis, counted: 0n, sinceMs: basis.nowMs })).toEqual({
      ratePerHour: null,
      projectedTotal: null,
      exhaustedAtMs: null,
    });
    expect(projectSpend({ ...basis, endsAtMs: null, counted: 0n, sinceMs: 0 })).toEqual({
      ratePerHour: 0n,
      projectedTotal: null,
      exhaustedAtMs: null,
    });
    expect(projectSpend({ ...basis, spent: 100n * USD, counted: 1n, sinceMs: 0 }).exhaustedAtMs).toBe(
      basis.nowMs,
    );
  });
});

interface Forecast {
  asOf: string;
  limit: { id: string };
  window: { spent: string; startsAt: string; endsAt: string | null };
  sinceWindowStart: Projection;
  last24Hours: Projection;
}
interface Projection {
  method: string;
  since: string;
  ratePerHour: string | null;
  projectedTotal: string | null;
  exhaustedAt: string | null;
}

describe('spendForecast, topSpenders and spendReport in the graph', () => {
  let app: TestApp;
  let tenants: Tenants;

  const forecast = async (limitId: string, client = app.master) =>
    client.raw<{ spendForecast: Forecast | null }>(
      `query ($id: ID!) { spendForecast(input: { limitId: $id }) { asOf limit { id } window { spent startsAt endsAt }
         sinceWindowStart { ...P } last24Hours { ...P } } }
       fragment P on SpendProjectionSummary { method since ratePerHour projectedTotal exhaustedAt }`,
      { id: limitId },
    );
  const setLimit = async (input: Record<string, unknown>): Promise<string> =>
    (await app.master.do<{ limit: { id: string } }>('setLimit', 'SetLimitInput', input, 'limit { id }')).limit
      .id;

  beforeAll(async () => {
    app = await startApp();
    tenants = await makeTenants(app);
  });

  afterAll(async () => {
    await app.close();
  });

  it('tells of a limit what its key spent, at what rate, and what that comes to', async () => {
    const { spendForecast } = (await forecast(tenants.own.limitId)).data ?? {};
    const spent = spendForecast?.window.spent ?? '0';
    expect(Number(spent)).toBeGreaterThan(0);
    expect(spendForecast?.limit.id).toBe(tenants.own.limitId);
    // All of it was spent within the last day: a 24th of it an hour, rounded to picodollars.
    const pico = BigInt(Math.round(Number(spent) * 1e12));
    const rate = BigInt(Math.round(Number(spendForecast?.last24Hours.ratePerHour) * 1e12));
    expect(rate).toBe((pico + 12n) / 24n);
    expect(spendForecast?.last24Hours.method).toContain('24 hours');
    const sinceMs = Date.parse(spendForecast?.last24Hours.since ?? '');
    expect(Date.parse(spendForecast?.asOf ?? '') - sinceMs).toBe(24 * HOUR_MS);
    expect(spendForecast?.sinceWindowStart.since).toBe(spendForecast?.window.startsAt);
    expect(Number(spendForecast?.last24Hours.projectedTotal)).toBeGreaterThan(Number(spent));
  });

  it('has no total of a limit that never ends, and none at all of limits that spend nothing', async () => {
    const { keyId, templateId } = tenants.own;
    const endless = await setLimit({ scope: 'KEY', scopeId: keyId, unit: 'TOKENS', amount: '1000000' });
    const { spendForecast } = (await forecast(endless)).data ?? {};
    expect(spendForecast).toMatchObject({ window: { endsAt: null }, last24Hours: { projectedTotal: null } });
    expect(Number(spendForecast?.sinceWindowStart.ratePerHour)).toBeGreaterThan(0);
    for (const refused of [
      { scope: 'KEY', scopeId: keyId, unit: 'CONCURRENT', amount: '5' },
      { scope: 'TEMPLATE', scopeId: templateId, unit: 'USD', amount: '5', duration: '30d' },
    ]) {
      const { errors } = await forecast(await setLimit(refused));
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: ['input', 'limitId'] });
    }
  });

  it('tells a stranger of a limit what it tells of one that does not exist', async () => {
    expect(await forecast(tenants.own.limitId, tenants.clients.stranger)).toEqual({
      data: { spendForecast: null },
    });
    expect(await forecast('lim_absent')).toEqual({ data: { spendForecast: null } });
  });

  it('names who spent most, as far as the caller sees it', async () => {
    const query = `{ topSpenders(input: { dimension: KEY, from: "2020-01-01T00:00:00Z", to: "2029-12-31T00:00:00Z" }) {
      groupCount total { cost requests } groups { keyId cost key { id alias } user { id } provider } } }`;
    const own = await tenants.clients.key.ask<{
      topSpenders: { groups: unknown[]; total: { cost: string } };
    }>(query);
    const { keyId } = tenants.own;
    const cost = own.topSpenders.total.cost;
    expect(own.topSpenders).toEqual({
      groupCount: 1,
      total: { cost, requests: '1' },
      groups: [{ keyId, cost, key: { id: keyId, alias: 'own-key' }, user: null, provider: null }],
    });
    expect(Number(cost)).toBeGreaterThan(0);
    expect(await tenants.clients.stranger.ask(query)).toEqual({
      topSpenders: { groupCount: 0, total: { cost: '0', requests: '0' }, groups: [] },
    });
  });

  it('reports by several dimensions with lists of filters, in the order that is asked for', async () => {
    const { teamId, projectId } = tenants.own;
    const range = 'from: "2020-01-01T00:00:00Z", to: "2029-12-31T00:00:00Z"';
    const query = `query ($team: ID!) { spendReport(${range}, groupBy: [TEAM, PROJECT], bucket: MONTH,
      timezone: "Asia/Kathmandu", orderBy: COST_DESC, filter: { teamIds: [$team], endpoints: ["/v1/none"] }) {
        groupCount totalCost } open: spendReport(${range}, groupBy: [TEAM, PROJECT], bucket: MONTH,
      timezone: "Asia/Kathmandu", orderBy: COST_DESC, filter: { teamIds: [$team, "team_absent"], teamId: $team }) {
        groups { time timeEnd teamId team { id } project { id } } } }`;
    const answer = await app.master.ask<{ open: { groups: { time: string; timeEnd: string }[] } }>(query, {
      team: teamId,
    });
    expect(answer).toMatchObject({
      spendReport: { groupCount: 0, totalCost: '0' },
      open: { groups: [{ teamId, team: { id: teamId }, project: { id: projectId } }] },
    });
    const [month] = answer.open.groups;
    expect([month?.time.slice(11), month?.timeEnd.slice(11)]).toEqual(['18:15:00.000Z', '18:15:00.000Z']);
  });
});
