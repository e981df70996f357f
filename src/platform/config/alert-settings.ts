import { optional, setting } from './setting';
import { alerting, emails, hosts } from './alert-kinds';
import { boolean, integer, secret, text, url } from './setting-kinds';

const httpUrl = url('http:', 'https:');

/** How alerts leave the server. The names of LiteLLM are kept where it has any. */
export const ALERT_SETTINGS = {
  SPENDGRAPH_ALERTING: setting(
    alerting,
    [],
    'Where alerts of the whole server are told, beside the channels that are made in the graph and those that the ' +
      "configuration file's alerting names.",
  ),
  SLACK_WEBHOOK_URL: optional(httpUrl, "Incoming webhook of Slack for the server's alerts."),
  WEBHOOK_URL: optional(httpUrl, "Receiver of the server's alerts in the shape of LiteLLM's webhook.", {
    aliases: ['ALERTING_WEBHOOK_URL'],
  }),
  SPENDGRAPH_WEBHOOK_SECRET: optional(
    secret,
    'Secret (whsec_ and base64) by which what is sent to WEBHOOK_URL is signed; not set: it is not signed.',
  ),
  SMTP_HOST: optional(text, 'Server that sends the mail of alerts.'),
  SMTP_PORT: setting(integer(1, 65_535), 587, 'Its port; 465 is encrypted from the first byte.'),
  SMTP_USERNAME: optional(text, 'User at that server.'),
  SMTP_PASSWORD: optional(secret, 'Password of that user.'),
  SMTP_SENDER_EMAIL: optional(text, 'Address that the mail comes from.'),
  SMTP_TLS: setting(boolean, true, 'Whether mail is refused to an SMTP server that does not encrypt.'),
  SPENDGRAPH_ALERT_EMAILS: setting(
    emails,
    [],
    'Who gets a mail of every alert of the server, with the alerting "email".',
  ),
  SPENDGRAPH_ALERT_PRIVATE_HOSTS: setting(
    hosts,
    [],
    'Receivers inside the private network that alerts may be sent to.',
  ),
  SPENDGRAPH_ALERT_TIMEOUT_MS: setting(
    integer(100, 60_000),
    10_000,
    'How long a receiver of alerts may take to answer before the attempt counts as failed.',
  ),
  SPENDGRAPH_ALERT_MAX_ATTEMPTS: setting(
    integer(1, 100),
    10,
    'How often an alert is sent to a receiver that does not take it, over about a day, before it is given up.',
  ),
} as const;
