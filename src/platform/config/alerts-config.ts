import type { SmtpSettings } from '../mail/mailer';
import type { AlertsConfig, ConfiguredAlertChannel } from './config';
import type { Problems } from './problems';
import { isAlerting, type AlertingName } from './alert-kinds';
import type { SettingValues } from './settings';
import { ANSWERED_TYPES, type YamlAlerting } from './yaml-alerting';

const WEBHOOK_SECRET = /^whsec_[A-Za-z0-9+/]{22,}={0,2}$/;

/** How alerts leave the server, from the environment and the configuration file, whose names add up. */
export function readAlerts(values: SettingValues, yaml: YamlAlerting, problems: Problems): AlertsConfig {
  const smtp = readSmtp(values, problems);
  const names = new Set([...yaml.names, ...values.SPENDGRAPH_ALERTING.filter(isAlerting)]);
  return {
    channels: [
      ...[...names].flatMap((name) => channelOf(name, values, yaml, smtp, problems)),
      ...byType(yaml),
    ],
    smtp,
    privateHosts: values.SPENDGRAPH_ALERT_PRIVATE_HOSTS,
    timeoutMs: values.SPENDGRAPH_ALERT_TIMEOUT_MS,
    maxAttempts: values.SPENDGRAPH_ALERT_MAX_ATTEMPTS,
  };
}

function channelOf(
  service: AlertingName,
  values: SettingValues,
  yaml: YamlAlerting,
  smtp: SmtpSettings | null,
  problems: Problems,
): ConfiguredAlertChannel[] {
  const channel = { name: service, service, url: null, secret: null, recipients: [], alertTypes: yaml.types };
  switch (service) {
    case 'slack': {
      const url = values.SLACK_WEBHOOK_URL;
      if (url !== null) return [{ ...channel, url, alertTypes: typesWithoutOwn(yaml) }];
      if (Object.keys(yaml.urlsByType).length === 0)
        problems.error('Alerting by slack needs SLACK_WEBHOOK_URL.');
      return [];
    }
    case 'webhook': {
      const url = values.WEBHOOK_URL;
      if (url !== null) return [{ ...channel, url, secret: readSecret(values, problems) }];
      problems.error('Alerting by webhook needs WEBHOOK_URL.');
      return [];
    }
    case 'email':
      if (smtp !== null) return [{ ...channel, recipients: values.SPENDGRAPH_ALERT_EMAILS }];
      problems.error('Alerting by email needs SMTP_HOST and SMTP_SENDER_EMAIL.');
      return [];
  }
}

/** LiteLLM sends a type that has receivers of its own to them, and not to the channel of all. */
function typesWithoutOwn({ types, urlsByType }: YamlAlerting): readonly string[] | null {
  const own = Object.keys(urlsByType);
  return own.length === 0 ? types : (types ?? ANSWERED_TYPES).filter((type) => !own.includes(type));
}

/** One channel for each receiver of a type. */
function byType({ names, urlsByType }: YamlAlerting): ConfiguredAlertChannel[] {
  if (!names.includes('slack')) return [];
  return Object.entries(urlsByType).flatMap(([type, urls]) =>
    urls.map((url, index) => ({
      ...{ name: `slack_${type}_${index + 1}`, service: 'slack' as const, url },
      ...{ secret: null, recipients: [], alertTypes: [type] },
    })),
  );
}

function readSecret({ SPENDGRAPH_WEBHOOK_SECRET: secret }: SettingValues, problems: Problems): string | null {
  if (secret === null || WEBHOOK_SECRET.test(secret)) return secret;
  problems.error('SPENDGRAPH_WEBHOOK_SECRET must be whsec_ and at least 16 bytes in base64.');
  return null;
}

function readSmtp(values: SettingValues, problems: Problems): SmtpSettings | null {
  const { SMTP_HOST: host, SMTP_SENDER_EMAIL: sender } = values;
  if (host === null) return null;
  if (sender === null || !/^[^@]+@[^@]+$/.test(sender)) {
    problems.error('SMTP_HOST needs SMTP_SENDER_EMAIL, the address that mail comes from.');
    return null;
  }
  return {
    ...{ host, sender },
    port: values.SMTP_PORT,
    username: values.SMTP_USERNAME,
    password: values.SMTP_PASSWORD,
    requiresTls: values.SMTP_TLS,
  };
}
