import { factsOf, shorten } from './alert-facts';
import { headline, type AlertMessage, type AlertSeverity, type Notice } from './alert-message';

/** https://docs.slack.dev/reference/block-kit/blocks: a header has 150 characters, a text 3,000, a field 2,000. */
const MAX_HEADER = 150;
const MAX_TEXT = 3_000;
const MAX_FIELD = 2_000;
/** A section has ten fields, and a message fifty blocks: three for each alert, and two of its own. */
const MAX_FIELDS = 10;
const MAX_ALERTS = 15;

const SIGNS: Readonly<Record<AlertSeverity, string>> = {
  INFO: ':information_source:',
  WARNING: ':warning:',
  CRITICAL: ':rotating_light:',
};

/** The body for an incoming webhook of Slack (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks). */
export function slackMessage(notice: Notice): object {
  const shown = notice.alerts.slice(0, MAX_ALERTS);
  const left = notice.alerts.length - shown.length;
  const title = headline(notice);
  return {
    // Shown in notifications, and where blocks cannot be.
    text: shorten(escapeMrkdwn(title), MAX_TEXT),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: shorten(title, MAX_HEADER), emoji: true } },
      ...shown.flatMap(blocksOf),
      ...(left > 0 ? [context(`And ${left} more, which the server lists.`)] : []),
    ],
  };
}

function blocksOf(alert: AlertMessage): object[] {
  const text = `${SIGNS[alert.severity]} *${escapeMrkdwn(alert.title)}*\n${escapeMrkdwn(alert.message)}`;
  const fields = factsOf(alert)
    .slice(0, MAX_FIELDS)
    .map(({ label, value }) => mrkdwn(`*${escapeMrkdwn(label)}*\n${escapeMrkdwn(value)}`, MAX_FIELD));
  return [
    { type: 'section', text: mrkdwn(text, MAX_TEXT) },
    { type: 'section', fields },
    context(`${alert.severity} · ${alert.raisedAt} · ${escapeMrkdwn(alert.id)}`),
  ];
}

function mrkdwn(text: string, maxLength: number): object {
  return { type: 'mrkdwn', text: shorten(text, maxLength) };
}

function context(text: string): object {
  return { type: 'context', elements: [mrkdwn(text, MAX_TEXT)] };
}

/** https://docs.slack.dev/messaging/formatting-message-text/#escaping: no name of a key can mention everybody. */
function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
