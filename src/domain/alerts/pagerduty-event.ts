import { shorten } from './alert-facts';
import { headline, worstSeverity, type AlertSeverity, type Notice } from './alert-message';

/** https://developer.pagerduty.com/docs/send-alert-event: a summary has 1,024 characters, a deduplication key 255. */
const MAX_SUMMARY = 1_024;
const MAX_DEDUP_KEY = 255;

const SEVERITIES: Readonly<Record<AlertSeverity, string>> = {
  INFO: 'info',
  WARNING: 'warning',
  CRITICAL: 'critical',
};

export type PagerdutyAction = 'trigger' | 'resolve';

/** An event of PagerDuty's Events API v2. What is triggered and later resolved has the same key. */
export function pagerdutyEvent(notice: Notice, action: PagerdutyAction, routingKey: string): object {
  const [first] = notice.alerts;
  const event = { routing_key: routingKey, event_action: action, dedup_key: dedupKey(notice) };
  if (action === 'resolve') return event;
  return {
    ...event,
    client: 'spendgraph',
    payload: {
      summary: shorten(summaryOf(notice), MAX_SUMMARY),
      source: first?.subject === undefined || first.subject === '' ? 'spendgraph' : first.subject,
      severity: SEVERITIES[worstSeverity(notice.alerts)],
      timestamp: first?.raisedAt ?? notice.createdAt,
      component: 'spendgraph',
      group: first === undefined ? null : `${first.scope} ${first.scopeId}`,
      class: first?.kind ?? null,
      custom_details: {
        alerts: notice.alerts.map(({ id, title, message, details }) => ({ id, title, message, ...details })),
      },
    },
  };
}

function summaryOf(notice: Notice): string {
  const [first] = notice.alerts;
  return notice.alerts.length === 1 && first ? `${headline(notice)}: ${first.message}` : headline(notice);
}

/** A tried channel makes an incident of its own, and several alerts together one. */
function dedupKey({ alerts, eventId, isTest }: Notice): string {
  const [first] = alerts;
  const key = alerts.length === 1 && first && !isTest ? `spendgraph ${first.dedupeKey}` : eventId;
  return key.length <= MAX_DEDUP_KEY ? key : eventId;
}
