import { factsOf, shorten, tablesOf, type AlertTable } from './alert-facts';
import { headline, worstSeverity, type AlertMessage, type AlertSeverity, type Notice } from './alert-message';

export interface AlertMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const MAX_SUBJECT = 200;

const COLORS: Readonly<Record<AlertSeverity, string>> = {
  INFO: '#0969da',
  WARNING: '#9a6700',
  CRITICAL: '#cf222e',
};

/** The same message as text and as HTML. Nothing that people named is read as HTML, or ends the subject's line. */
export function alertMail(notice: Notice): AlertMail {
  const title = headline(notice);
  // eslint-disable-next-line no-control-regex -- a header ends at a line break, and no other control belongs into it
  const line = title.replace(/[\u0000-\u001f\u007f]+/g, ' ');
  return {
    subject: shorten(`[spendgraph] ${worstSeverity(notice.alerts)}: ${line}`, MAX_SUBJECT),
    text: [title, ...notice.alerts.map(textOf)].join('\n\n'),
    html:
      '<!doctype html><html lang="en"><body style="font-family:system-ui,sans-serif;color:#1f2328">' +
      `<h1 style="font-size:18px">${escapeHtml(title)}</h1>${notice.alerts.map(htmlOf).join('')}</body></html>`,
  };
}

function textOf(alert: AlertMessage): string {
  const facts = factsOf(alert).map(({ label, value }) => `${label}: ${value}`);
  return [
    `${alert.severity}: ${alert.title}`,
    alert.message,
    ...facts,
    `${alert.raisedAt}  ${alert.id}`,
  ].join('\n');
}

function htmlOf(alert: AlertMessage): string {
  const rows = factsOf(alert).map(
    ({ label, value }) =>
      `<tr><th style="text-align:left;padding-right:16px">${escapeHtml(label)}</th><td>${escapeHtml(value)}</td></tr>`,
  );
  const color = COLORS[alert.severity];
  return (
    `<h2 style="font-size:15px;color:${color}">${escapeHtml(`${alert.severity}: ${alert.title}`)}</h2>` +
    `<p>${escapeHtml(alert.message).replaceAll('\n', '<br>')}</p><table>${rows.join('')}</table>` +
    tablesOf(alert).map(tableOf).join('') +
    `<p style="color:#59636e">${escapeHtml(`${alert.raisedAt}  ${alert.id}`)}</p>`
  );
}

function tableOf({ label, columns, rows }: AlertTable): string {
  const line = (cells: readonly string[], tag: 'th' | 'td'): string =>
    `<tr>${cells.map((cell) => `<${tag} style="text-align:left;padding-right:16px">${escapeHtml(cell)}</${tag}>`).join('')}</tr>`;
  return `<h3 style="font-size:14px">${escapeHtml(label)}</h3><table>${line(columns, 'th')}${rows.map((row) => line(row, 'td')).join('')}</table>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
