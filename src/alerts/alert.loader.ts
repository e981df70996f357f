import type { RequestContext } from '../access/context';
import type { PageRequest } from '../platform/database/keyset';
import { loadChildren } from '../platform/graphql/children';
import type { ConnectionOf } from '../platform/graphql/connection';
import { findAlertRules } from './alert-rule.repository';
import { toAlertRule, type AlertRule } from './alert-rule.type';
import { findAlerts, listAlertsOf, type AlertParent } from './alert.repository';
import { toAlert, type Alert } from './alert.type';

/** The alert with that id, or null when it is absent or not visible. One statement per request and level. */
export async function loadAlert(ctx: RequestContext, id: string): Promise<Alert | null> {
  const loader = ctx.loaders.byId('alert', async (ids) => {
    const rows = await findAlerts(ctx.db.manager, ctx.visibility, ids);
    return new Map(rows.map((row) => [row.id, toAlert(row)]));
  });
  return loader.load(id);
}

/** The rule with that id, or null when it is absent or not visible. One statement per request and level. */
export async function loadAlertRule(ctx: RequestContext, id: string): Promise<AlertRule | null> {
  const loader = ctx.loaders.byId('alertRule', async (ids) => {
    const rows = await findAlertRules(ctx.db.manager, ctx.visibility, ids);
    return new Map(rows.map((row) => [row.id, toAlertRule(row)]));
  });
  return loader.load(id);
}

/** The alerts of one thing, fetched in one statement with those of its siblings in the request. */
export function loadAlertsOf(
  ctx: RequestContext,
  parent: AlertParent,
  id: string,
  page: PageRequest,
): Promise<ConnectionOf<Alert>> {
  return loadChildren(ctx.loaders, id, {
    field: `${parent}.alerts`,
    args: page,
    fetch: (ids) => listAlertsOf(ctx.db.manager, ctx.visibility, parent, ids, page),
    map: toAlert,
  });
}
