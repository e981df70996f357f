import { factsOf, shorten } from './alert-facts';
import { headline, type AlertMessage, type AlertSeverity, type Notice } from './alert-message';

/** A message of Teams has 28 KB (https://learn.microsoft.com/microsoftteams/limits-specifications-teams). */
const MAX_ALERTS = 8;
const MAX_TEXT = 1_000;

const COLORS: Readonly<Record<AlertSeverity, string>> = {
  INFO: 'accent',
  WARNING: 'warning',
  CRITICAL: 'attention',
};

/**
 * The body for a workflow of Microsoft Teams that posts a card when a webhook request is received
 * (https://learn.microsoft.com/connectors/teams/#microsoft-teams-webhook): a message with an adaptive card.
 */
export function teamsMessage(notice: Notice): object {
  const shown = notice.alerts.slice(0, MAX_ALERTS);
  const left = notice.alerts.length - shown.length;
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    msteams: { width: 'Full' },
    body: [
      textBlock(headline(notice), { size: 'Large', weight: 'Bolder' }),
      ...shown.flatMap(elementsOf),
      ...(left > 0 ? [textBlock(`And ${left} more, which the server lists.`, {})] : []),
    ],
  };
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  };
}

function elementsOf(alert: AlertMessage): object[] {
  const facts = factsOf(alert).map(({ label, value }) => ({
    title: escapeMarkdown(label),
    value: escapeMarkdown(value),
  }));
  return [
    textBlock(alert.title, { weight: 'Bolder', color: COLORS[alert.severity], separator: true }),
    textBlock(alert.message, {}),
    { type: 'FactSet', facts },
    textBlock(`${alert.severity} · ${alert.raisedAt} · ${alert.id}`, { size: 'Small', isSubtle: true }),
  ];
}

function textBlock(text: string, style: object): object {
  return { type: 'TextBlock', text: escapeMarkdown(shorten(text, MAX_TEXT)), wrap: true, ...style };
}

/** Cards read a subset of Markdown: what comes from people must neither make links nor shape the text. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]()#<>|~]/g, '\\$&');
}
