import { MASTER_KEY } from '../../support/app';
import { startMeteredApp, type MeteredApp } from '../../support/metered-app';
import type { GraphqlClient } from '../../support/graphql-client';
import { answerChat } from '../../support/upstream';
import { WsClient } from '../../support/ws-client';

const RULE =
  'id kind scope thresholds amounts unit quietFrom quietUntil timezone digest cooldownMinutes enabled';

const DEFAULT_ORGANIZATION = { scope: 'ORGANIZATION', scopeId: 'org_default' };

interface Outcome {
  readonly alertRule: Record<string, unknown> | null;
  readonly userErrors: readonly { readonly code: string; readonly field: string[] }[];
}

describe('alerts in the graph', () => {
  let metered: MeteredApp;
  let master: GraphqlClient;

  beforeAll(async () => {
    metered = await startMeteredApp();
    metered.upstream.behave(answerChat());
    master = metered.app.master;
  });
  afterAll(() => metered.close());

  async function create(input: object): Promise<Outcome> {
    const query = `mutation ($input: CreateAlertRuleInput!) { createAlertRule(input: $input) {
      alertRule { ${RULE} } userErrors { code field message } } }`;
    return (await master.ask<{ createAlertRule: Outcome }>(query, { input })).createAlertRule;
  }

  it('are raised by calls, followed live in another process, listed, and acknowledged once', async () => {
    const { secret, key } = await master.createKey({ alias: 'watched' });
    await master.do(
      'setLimit',
      'SetLimitInput',
      { scope: 'KEY', scopeId: key.id, unit: 'REQUESTS', amount: '2', duration: '30d' },
      'limit { id }',
    );
    const other = await metered.app.join();
    const live = await WsClient.connect(`${other.url.replace('http', 'ws')}/graphql`, MASTER_KEY);
    live.subscribe('1', 'subscription { alertRaised { title acknowledgedBy key { alias } } }');
    // The socket answers in order: when this answer is here, the subscription stands.
    live.subscribe('2', '{ viewer { __typename } }');
    expect(await live.next()).toMatchObject({ id: '2', type: 'next' });
    expect(await live.next()).toMatchObject({ id: '2', type: 'complete' });
    const response = await fetch(`${metered.app.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'my-gpt', messages: [{ role: 'user', content: 'Hi' }] }),
    });
    expect(response.status).toBe(200);
    const title = '50 % of the limit of key watched is used';
    expect((await live.next()).payload).toEqual({
      data: { alertRaised: { title, acknowledgedBy: null, key: { alias: 'watched' } } },
    });
    const { alerts } = await master.ask<{ alerts: { nodes: { id: string }[] } }>(
      `{ alerts(filter: { keyId: "${key.id}", acknowledged: false }) { nodes { id } } }`,
    );
    expect(alerts.nodes).toHaveLength(1);
    await master.do(
      'acknowledgeAlert',
      'AcknowledgeAlertInput',
      { alertId: alerts.nodes[0]?.id, note: 'raised on purpose' },
      'alert { id }',
    );
    expect((await live.next()).payload).toMatchObject({
      data: { alertRaised: { title, acknowledgedBy: 'master' } },
    });
    const { key: shown } = await master.ask<{ key: { alerts: { nodes: unknown[] } } }>(
      `{ key(id: "${key.id}") { alerts { nodes { kind acknowledgedBy acknowledgeNote limit { unit } } } } }`,
    );
    expect(shown.alerts.nodes).toEqual([
      {
        kind: 'THRESHOLD',
        acknowledgedBy: 'master',
        acknowledgeNote: 'raised on purpose',
        limit: { unit: 'REQUESTS' },
      },
    ]);
    live.socket.close();
    await live.closed;
    await other.stop();
  });

  it('have rules with all their terms, and say which term is wrong', async () => {
    const { key } = await master.createKey();
    const place = { kind: 'THRESHOLD', scope: 'KEY', scopeId: key.id };
    const made = await create({
      ...place,
      ...{
        thresholds: ['60.0', '099.50'],
        amounts: ['12.50'],
        unit: 'USD',
        cooldownMinutes: 5,
        digest: 'HOURLY',
      },
      ...{ quietFrom: '22:00', quietUntil: '7:30', timezone: 'Europe/Berlin' },
    });
    expect(made).toMatchObject({
      userErrors: [],
      alertRule: {
        ...{
          thresholds: ['60', '99.5'],
          amounts: ['12.5'],
          unit: 'USD',
          quietFrom: '22:00',
          quietUntil: '07:30',
        },
        ...{ timezone: 'Europe/Berlin', digest: 'HOURLY', cooldownMinutes: 5, enabled: true },
      },
    });
    const wrong: readonly (readonly [object, string[]])[] = [
      [{ ...place, thresholds: ['0'] }, ['input', 'thresholds', '0']],
      [{ ...place, amounts: ['1'] }, ['input', 'unit']],
      [{ ...place, amounts: ['-1'], unit: 'USD' }, ['input', 'amounts', '0']],
      [{ ...place, quietFrom: '25:00', quietUntil: '07:00' }, ['input', 'quietFrom']],
      [{ ...place, quietFrom: '22:00' }, ['input', 'quietUntil']],
      [{ ...place, timezone: 'Middle/Earth' }, ['input', 'timezone']],
      [{ ...place, cooldownMinutes: -1 }, ['input', 'cooldownMinutes']],
      [{ ...place, daysBefore: 3 }, ['input', 'daysBefore']],
      [{ ...place, kind: 'KEY_EXPIRING', thresholds: ['5'] }, ['input', 'thresholds']],
      [{ ...place, kind: 'KEY_EXPIRING', daysBefore: 0 }, ['input', 'daysBefore']],
      [
        { ...place, kind: 'SPEND_ANOMALY', ...DEFAULT_ORGANIZATION, minimumUsd: '-1' },
        ['input', 'minimumUsd'],
      ],
      [{ ...place, kind: 'PROVIDER_FAILING' }, ['input', 'kind']],
      [{ ...place, kind: 'NEW_MODEL' }, ['input', 'kind']],
      [{ kind: 'THRESHOLD', scope: 'TEAM' }, ['input', 'scopeId']],
      [{ ...place, scopeId: 'key_absent' }, ['input', 'scopeId']],
    ];
    for (const [input, field] of wrong) expect((await create(input)).userErrors).toMatchObject([{ field }]);
  });

  it('have so many rules in an organization and no more', async () => {
    await metered.app.pool.query(
      `INSERT INTO alert_rules (id, organization_id, scope, scope_id, kind, name, created_by)
       SELECT 'rule_many_' || n, 'org_default', 'ORGANIZATION', 'org_default', 'NEW_MODEL', 'many', 'test'
         FROM generate_series(1, 200) n`,
    );
    const more = await create({ kind: 'SPEND_REPORT', ...DEFAULT_ORGANIZATION });
    expect(more.userErrors).toMatchObject([{ code: 'LIMIT_REACHED', field: ['input', 'scopeId'] }]);
    await metered.app.pool.query(`DELETE FROM alert_rules WHERE id LIKE 'rule_many_%'`);
  });
});
