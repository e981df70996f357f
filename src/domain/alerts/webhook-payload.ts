import type { AlertMessage, Notice } from './alert-message';

/** The payload of a signed webhook: `{type, timestamp, data}`, as Standard Webhooks recommends. */
export function webhookPayload({ eventId, alerts, createdAt, isTest }: Notice): object {
  const [first] = alerts;
  const isDigest = alerts.length !== 1 || first === undefined;
  return {
    type: isTest ? 'alert.test' : isDigest ? 'alert.digest' : 'alert.raised',
    id: eventId,
    timestamp: createdAt,
    data: isDigest ? { alerts: alerts.map(dataOf) } : dataOf(first),
  };
}

/** What the digest of several alerts and a single one have in common. */
function dataOf(alert: AlertMessage): object {
  const { id, kind, severity, title, message, subject, threshold, details } = alert;
  return {
    ...{ id, kind, severity, title, message, subject, threshold, details },
    organizationId: alert.organizationId,
    scope: alert.scope,
    scopeId: alert.scopeId,
    limitId: alert.limitId,
    windowStart: alert.windowStart,
    windowEnd: alert.windowEnd,
    raisedAt: alert.raisedAt,
    owner: alert.owner,
  };
}
