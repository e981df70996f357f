import type { TestApp } from '../support/app';
import type { Tenants } from '../support/tenants';
import { change, fresh, type Operation } from './operation';

/** Nobody listens there. An app that makes channels to it has it in its list of private hosts. */
const RECEIVER = 'http://127.0.0.1:9/hook';
export const PRIVATE_RECEIVERS = { SPENDGRAPH_ALERT_PRIVATE_HOSTS: '127.0.0.1' };

/** An alert about the tenant's key, raised as the ledger raises them. */
export async function freshAlert(app: TestApp, { own }: Tenants): Promise<{ alertId: string }> {
  const { rows } = await app.pool.query<{ id: string }>(
    `SELECT alert_raise(r, $1) AS id FROM alert_rules r WHERE r.id = 'rule_default_threshold'`,
    [
      JSON.stringify({
        ...{ scope: 'KEY', scope_id: own.keyId, severity: 'WARNING', threshold: '80' },
        ...{ title: 'Much of {subject} is used', message: 'Look at {subject}.', details: { spent: '8' } },
        dedupe_key: fresh(),
      }),
    ],
  );
  return { alertId: rows[0]?.id ?? '' };
}

export async function freshAlertRule(app: TestApp, { own }: Tenants): Promise<{ alertRuleId: string }> {
  const input = { kind: 'THRESHOLD', scope: 'KEY', scopeId: own.keyId, thresholds: ['70'] };
  const made = await app.master.do<{ alertRule: { id: string } }>(
    'createAlertRule',
    'CreateAlertRuleInput',
    input,
    'alertRule { id }',
  );
  return { alertRuleId: made.alertRule.id };
}

/** A channel of the tenant's team that nothing is sent to but tests, which its receiver refuses. */
export async function freshAlertChannel(app: TestApp, { own }: Tenants): Promise<{ alertChannelId: string }> {
  const input = { teamId: own.teamId, type: 'WEBHOOK', name: fresh(), url: RECEIVER, enabled: false };
  const made = await app.master.do<{ alertChannel: { id: string } }>(
    'createAlertChannel',
    'CreateAlertChannelInput',
    input,
    'alertChannel { id }',
  );
  return { alertChannelId: made.alertChannel.id };
}

/** An alert that was told to a channel of the tenant's team, which did not take it. */
async function freshDelivery(app: TestApp, tenants: Tenants): Promise<{ alertId: string }> {
  const { alertId } = await freshAlert(app, tenants);
  const { alertChannelId } = await freshAlertChannel(app, tenants);
  await app.pool.query(
    `WITH message AS (
       INSERT INTO alert_messages (id, channel_id, state, tries_left, next_attempt_at, created_at)
       VALUES ('msg_' || $1, $2, 'DEAD', 0, now(), now()) RETURNING id)
     INSERT INTO alert_deliveries (id, alert_id, channel_id, message_id, created_at)
     SELECT 'dlv_' || $1, $1, $2, id, now() FROM message`,
    [alertId, alertChannelId],
  );
  return { alertId };
}

/** Operations on alerts, their rules and their channels. */
export const ALERT_OPERATIONS: Readonly<Record<string, Operation>> = {
  alert: async (app, tenants) => ({
    query: 'query ($id: ID!) { alert(id: $id) { id } }',
    variables: { id: (await freshAlert(app, tenants)).alertId },
  }),
  alerts: async (app, tenants) => ({
    query: '{ alerts(first: 100) { nodes { id } } }',
    contains: (await freshAlert(app, tenants)).alertId,
  }),
  alertRule: async (app, tenants) => ({
    query: 'query ($id: ID!) { alertRule(id: $id) { id } }',
    variables: { id: (await freshAlertRule(app, tenants)).alertRuleId },
  }),
  alertRules: async (app, tenants) => ({
    query: '{ alertRules(last: 100) { nodes { id } } }',
    contains: (await freshAlertRule(app, tenants)).alertRuleId,
  }),
  alertChannel: async (app, tenants) => ({
    query: 'query ($id: ID!) { alertChannel(id: $id) { id } }',
    variables: { id: (await freshAlertChannel(app, tenants)).alertChannelId },
  }),
  alertChannels: async (app, tenants) => ({
    query: '{ alertChannels(last: 100) { nodes { id } } }',
    contains: (await freshAlertChannel(app, tenants)).alertChannelId,
  }),
  createAlertChannel: change('createAlertChannel', (_, { own }) => ({
    ...{ teamId: own.teamId, type: 'SLACK', name: fresh(), url: RECEIVER, enabled: false },
  })),
  updateAlertChannel: change('updateAlertChannel', async (app, tenants) => ({
    ...(await freshAlertChannel(app, tenants)),
    name: fresh(),
  })),
  deleteAlertChannel: change('deleteAlertChannel', freshAlertChannel),
  rotateAlertChannelSecret: change('rotateAlertChannelSecret', freshAlertChannel),
  testAlertChannel: change('testAlertChannel', freshAlertChannel),
  redeliverAlert: change('redeliverAlert', freshDelivery),
  acknowledgeAlert: change('acknowledgeAlert', freshAlert),
  createAlertRule: change('createAlertRule', (_, { own }) => ({
    kind: 'SOFT_LIMIT',
    scope: 'KEY',
    scopeId: own.keyId,
  })),
  updateAlertRule: change('updateAlertRule', async (app, tenants) => ({
    ...(await freshAlertRule(app, tenants)),
    enabled: false,
  })),
  deleteAlertRule: change('deleteAlertRule', freshAlertRule),
};
