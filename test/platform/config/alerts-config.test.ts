import { readAlerts } from '../../../src/platform/config/alerts-config';
import type { AlertsConfig } from '../../../src/platform/config';
import { Problems } from '../../../src/platform/config/problems';
import { readSettings } from '../../../src/platform/config/read-settings';
import { parseYamlConfig } from '../../../src/platform/config/yaml-config';

const SLACK = { SLACK_WEBHOOK_URL: 'https://hooks.slack.com/services/T/B/x' };
const SMTP = { SMTP_HOST: 'mail.example.com', SMTP_SENDER_EMAIL: 'alerts@example.com' };

function read(
  yaml: string,
  environment: Record<string, string> = {},
): { alerts: AlertsConfig; errors: readonly string[]; warnings: readonly string[] } {
  const problems = new Problems();
  const { alerting } = parseYamlConfig(yaml, environment, problems);
  const { values } = readSettings(environment, new Set(), problems);
  const alerts = readAlerts(values, alerting, problems);
  return { alerts, errors: problems.errors, warnings: problems.warnings };
}

describe("LiteLLM's settings of alerts", () => {
  it('name nobody by default', () => {
    expect(read('general_settings: {}', { ...SLACK, ...SMTP })).toMatchObject({
      alerts: { channels: [], privateHosts: [], maxAttempts: 10, smtp: { port: 587, requiresTls: true } },
      errors: [],
    });
  });

  it('make a channel of the server of each name, from the file and the environment', () => {
    const { alerts, errors } = read('general_settings:\n  alerting: ["slack", "webhook"]', {
      ...SLACK,
      ...SMTP,
      WEBHOOK_URL: 'http://receiver.internal/hook',
      SPENDGRAPH_ALERTING: 'email, slack',
      SPENDGRAPH_ALERT_EMAILS: 'ops@example.com',
    });
    expect(errors).toEqual([]);
    expect(alerts.channels).toMatchObject([
      { name: 'slack', url: SLACK.SLACK_WEBHOOK_URL, alertTypes: null },
      { name: 'webhook', url: 'http://receiver.internal/hook', secret: null },
      { name: 'email', url: null, recipients: ['ops@example.com'] },
    ]);
  });

  it('may be one word', () => {
    expect(read('general_settings:\n  alerting: slack', SLACK).alerts.channels).toHaveLength(1);
  });

  it('send a type that has receivers of its own to them alone', () => {
    const { alerts, errors } = read(
      `general_settings:
  alerting: [slack]
  alert_types: [budget_alerts, spend_reports]
  alert_to_webhook_url:
    spend_reports: [https://a.example.com/1, os.environ/OTHER]
`,
      { ...SLACK, OTHER: 'https://b.example.com/2' },
    );
    expect(errors).toEqual([]);
    expect(alerts.channels).toMatchObject([
      { name: 'slack', alertTypes: ['budget_alerts'] },
      { name: 'slack_spend_reports_1', url: 'https://a.example.com/1', alertTypes: ['spend_reports'] },
      { name: 'slack_spend_reports_2', url: 'https://b.example.com/2', alertTypes: ['spend_reports'] },
    ]);
  });

  it.each([
    [
      'general_settings:\n  alerting: [slack, pagerr]',
      SLACK,
      'line 2: general_settings.alerting names "pagerr"',
    ],
    ['general_settings:\n  alerting: [slack]', {}, 'Alerting by slack needs SLACK_WEBHOOK_URL.'],
    ['general_settings:\n  alerting: [webhook]', {}, 'Alerting by webhook needs WEBHOOK_URL.'],
    [
      'general_settings:\n  alerting: [email]',
      {},
      'Alerting by email needs SMTP_HOST and SMTP_SENDER_EMAIL.',
    ],
    [
      'general_settings:\n  alert_types: [budget_alert]',
      {},
      'line 2: general_settings.alert_types names "budget_alert"',
    ],
    [
      'general_settings:\n  alerting: {a: b}',
      {},
      'line 2: general_settings.alerting must be a list of words',
    ],
    [
      'general_settings:\n  alert_to_webhook_url:\n    spend_reports: hooks.example.com',
      {},
      'line 3: general_settings.alert_to_webhook_url.spend_reports is not a URL',
    ],
    [
      'general_settings:\n  alertin: [slack]',
      {},
      'general_settings.alertin is not a known setting. Did you mean alerting?',
    ],
    [
      '',
      { SMTP_HOST: 'mail.example.com' },
      'SMTP_HOST needs SMTP_SENDER_EMAIL, the address that mail comes from.',
    ],
    [
      '',
      { SPENDGRAPH_ALERTING: 'pigeon' },
      'SPENDGRAPH_ALERTING names "pigeon"; write any of slack, webhook, email.',
    ],
    ['', { SPENDGRAPH_ALERT_EMAILS: 'ops' }, 'SPENDGRAPH_ALERT_EMAILS holds "ops"'],
    ['', { SPENDGRAPH_ALERT_PRIVATE_HOSTS: 'http://x' }, 'SPENDGRAPH_ALERT_PRIVATE_HOSTS holds "http://x"'],
    [
      '',
      {
        SPENDGRAPH_ALERTING: 'webhook',
        WEBHOOK_URL: 'https://x.example',
        SPENDGRAPH_WEBHOOK_SECRET: 'secret',
      },
      'SPENDGRAPH_WEBHOOK_SECRET must be whsec_ and at least 16 bytes in base64.',
    ],
  ])('are refused with the place that is wrong: %s %j', (yaml, environment, message) => {
    expect(read(yaml, environment).errors).toContainEqual(expect.stringContaining(message));
  });

  it('tell of types of alerts that nothing here raises', () => {
    const { errors, warnings } = read('general_settings:\n  alert_types: [llm_too_slow, budget_alerts]');
    expect(errors).toEqual([]);
    expect(warnings).toEqual([
      'line 2: general_settings.alert_types names llm_too_slow, of which nothing is told here.',
    ]);
  });
});
