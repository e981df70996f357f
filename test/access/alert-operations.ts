import type { TestApp } from '../support/app';
import type { Tenants } from '../support/tenants';
import { change, fresh, type Operation } from './operation';

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

/** Operations on alerts and their rules. */
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
