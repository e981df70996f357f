import { z } from 'zod';
import { alertMail } from '../../../src/domain/alerts/alert-mail';
import { NO_OWNER, type AlertMessage, type Notice } from '../../../src/domain/alerts/alert-message';
import { litellmEvent } from '../../../src/domain/alerts/litellm-event';
import { pagerdutyEvent } from '../../../src/domain/alerts/pagerduty-event';
import { slackMessage } from '../../../src/domain/alerts/slack-message';
import { teamsMessage } from '../../../src/domain/alerts/teams-message';
import { webhookPayload } from '../../../src/domain/alerts/webhook-payload';

const ALERT: AlertMessage = {
  id: 'alert_1',
  kind: 'THRESHOLD',
  severity: 'WARNING',
  organizationId: 'org_1',
  scope: 'TEAM',
  scopeId: 'team_1',
  limitId: 'lim_1',
  windowStart: '2026-11-01T00:00:00.000Z',
  windowEnd: '2026-12-01T00:00:00.000Z',
  threshold: '80',
  subject: 'Search & <b>Rank</b>',
  title: '80 % of a limit is used',
  message: 'Team "Search & <b>Rank</b>" <!channel> has spent 80.10 of 100 USD. [more](https://evil.example)',
  details: { spent: '80.100000000001', limit: '100', unit: 'USD', rows: [{ a: '1' }] },
  dedupeKey: 'rule_1/win_1/80',
  raisedAt: '2026-11-24T12:00:00.000Z',
  owner: { ...NO_OWNER, teamId: 'team_1', teamName: 'Search & <b>Rank</b>' },
};

function notice(change: Partial<AlertMessage> = {}, more: Partial<Notice> = {}): Notice {
  const alerts = [{ ...ALERT, ...change }];
  return { eventId: 'msg_1', alerts, createdAt: '2026-11-24T12:00:01.000Z', isTest: false, ...more };
}

function digest(size: number): Notice {
  const alerts = Array.from({ length: size }, (_, index) => ({
    ...ALERT,
    id: `alert_${index}`,
    title: `No. ${index}`,
  }));
  return notice({}, { alerts });
}

const long = 'x'.repeat(10_000);

/** https://docs.slack.dev/reference/block-kit/blocks */
const SLACK = (() => {
  const plain = z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(150),
    emoji: z.boolean(),
  });
  const mrkdwn = (max: number) =>
    z.strictObject({ type: z.literal('mrkdwn'), text: z.string().min(1).max(max) });
  const block = z.union([
    z.strictObject({ type: z.literal('header'), text: plain }),
    z.strictObject({ type: z.literal('section'), text: mrkdwn(3_000) }),
    z.strictObject({ type: z.literal('section'), fields: z.array(mrkdwn(2_000)).min(1).max(10) }),
    z.strictObject({ type: z.literal('context'), elements: z.array(mrkdwn(3_000)).min(1).max(10) }),
  ]);
  return z.strictObject({ text: z.string().min(1), blocks: z.array(block).min(1).max(50) });
})();

/** https://adaptivecards.io/explorer, version 1.4, and https://learn.microsoft.com/connectors/teams/#microsoft-teams-webhook */
const TEAMS = (() => {
  const textBlock = z.strictObject({
    type: z.literal('TextBlock'),
    text: z.string(),
    wrap: z.boolean(),
    size: z.enum(['Default', 'Small', 'Medium', 'Large', 'ExtraLarge']).optional(),
    weight: z.enum(['Default', 'Lighter', 'Bolder']).optional(),
    color: z.enum(['default', 'dark', 'light', 'accent', 'good', 'warning', 'attention']).optional(),
    isSubtle: z.boolean().optional(),
    separator: z.boolean().optional(),
  });
  const fact = z.strictObject({ title: z.string(), value: z.string() });
  const factSet = z.strictObject({ type: z.literal('FactSet'), facts: z.array(fact).min(1) });
  const card = z.strictObject({
    $schema: z.literal('http://adaptivecards.io/schemas/adaptive-card.json'),
    type: z.literal('AdaptiveCard'),
    version: z.literal('1.4'),
    msteams: z.strictObject({ width: z.literal('Full') }),
    body: z.array(z.union([textBlock, factSet])).min(1),
  });
  const attachment = z.strictObject({
    contentType: z.literal('application/vnd.microsoft.card.adaptive'),
    contentUrl: z.null(),
    content: card,
  });
  return z.strictObject({ type: z.literal('message'), attachments: z.array(attachment).length(1) });
})();

/** https://developer.pagerduty.com/docs/send-alert-event */
const PAGERDUTY = z.strictObject({
  routing_key: z.string(),
  event_action: z.literal('trigger'),
  dedup_key: z.string().min(1).max(255),
  client: z.string(),
  payload: z.strictObject({
    summary: z.string().min(1).max(1_024),
    source: z.string().min(1),
    severity: z.enum(['critical', 'error', 'warning', 'info']),
    timestamp: z.iso.datetime(),
    component: z.string(),
    group: z.string(),
    class: z.string(),
    custom_details: z.record(z.string(), z.unknown()),
  }),
});

/** https://docs.litellm.ai/docs/proxy/alerting#webhook-spec */
const LITELLM = z.strictObject({
  spend: z.number(),
  max_budget: z.number().nullable(),
  soft_budget: z.number().nullable(),
  token: z.string().nullable(),
  customer_id: z.string().nullable(),
  user_id: z.string().nullable(),
  team_id: z.string().nullable(),
  team_alias: z.string().nullable(),
  organization_id: z.string().nullable(),
  user_email: z.string().nullable(),
  key_alias: z.string().nullable(),
  projected_exceeded_date: z.string().nullable(),
  projected_spend: z.number().nullable(),
  event: z.string(),
  event_group: z.enum([
    'customer',
    'internal_user',
    'key',
    'team',
    'proxy',
    'organization',
    'project',
    'tag',
  ]),
  event_message: z.string(),
});

describe('messages for receivers', () => {
  const extremes: [string, Notice][] = [
    ['a plain alert', notice()],
    ['very long texts', notice({ title: long, message: long, subject: long, details: { long, a: long } })],
    ['no details and no window', notice({ details: {}, windowStart: null, windowEnd: null, subject: '' })],
    ['many alerts', digest(80)],
    [
      'many long alerts',
      notice({}, { alerts: Array.from({ length: 80 }, () => ({ ...ALERT, message: long })) }),
    ],
  ];

  it.each(extremes)('keep to the documented shapes and lengths: %s', (_what, each) => {
    SLACK.parse(slackMessage(each));
    TEAMS.parse(teamsMessage(each));
    PAGERDUTY.parse(pagerdutyEvent(each, 'trigger', 'R'.repeat(32)));
    LITELLM.parse(JSON.parse(litellmEvent(each)));
    // https://learn.microsoft.com/microsoftteams/limits-specifications-teams
    expect(Buffer.byteLength(JSON.stringify(teamsMessage(each)))).toBeLessThan(28 * 1024);
  });

  it('let no name mention everybody, make a link or become HTML', () => {
    expect(JSON.stringify(slackMessage(notice()))).not.toMatch(/<!channel>|<b>/);
    expect(JSON.stringify(teamsMessage(notice()))).not.toContain('[more](');
    const { html, text } = alertMail(notice());
    expect(html).not.toContain('<b>');
    expect(html).toContain('Search &amp; &lt;b&gt;Rank&lt;/b&gt;');
    expect(text).toContain('Search & <b>Rank</b>');
  });

  it('show the lists of a report as tables in mail', () => {
    const byTeam = [
      { name: 'A & B', cost: '1.5', requests: '3' },
      { name: 'none', cost: '0.5', requests: '1' },
    ];
    const { html } = alertMail(notice({ kind: 'SPEND_REPORT', details: { spent: '2', byTeam } }));
    const text = html.replace(/<[^>]+>/g, '|').replace(/\|+/g, '|');
    expect(text).toContain('|By team|Name|Cost|Requests|A &amp; B|1.5|3|none|0.5|1|');
  });

  it('have a subject of one line, whatever the title holds', () => {
    const { subject } = alertMail(notice({ title: 'A\r\nBcc: all@example.com' }));
    expect(subject).toBe('[spendgraph] WARNING: A Bcc: all@example.com');
  });

  it('say that a test is one', () => {
    const test = notice({}, { isTest: true });
    expect(alertMail(test).subject).toContain('Test: ');
    expect(webhookPayload(test)).toMatchObject({ type: 'alert.test' });
    expect(JSON.parse(litellmEvent(test))).toMatchObject({ event: 'test' });
  });

  it('carry one alert, or all that were gathered', () => {
    expect(webhookPayload(notice())).toMatchObject({
      type: 'alert.raised',
      id: 'msg_1',
      data: { id: 'alert_1', threshold: '80', details: { spent: '80.100000000001' } },
    });
    const gathered = webhookPayload(digest(3));
    expect(gathered).toMatchObject({ type: 'alert.digest', data: { alerts: [{ id: 'alert_0' }, {}, {}] } });
    expect(alertMail(digest(3)).text).toMatch(/No. 0[^]*No. 1[^]*No. 2/);
  });
});

describe("LiteLLM's webhook", () => {
  it('has amounts with all their digits', () => {
    expect(litellmEvent(notice())).toContain('"spend":80.100000000001,"max_budget":100,"soft_budget":null');
  });

  it('takes no count of requests for dollars', () => {
    const text = litellmEvent(notice({ details: { unit: 'REQUESTS', spent: '4', limit: '5' } }));
    expect(text).toContain('"spend":0,"max_budget":null');
  });

  it.each([
    [{ kind: 'THRESHOLD', threshold: '80' }, 'threshold_crossed'],
    [{ kind: 'THRESHOLD', threshold: '99.5' }, 'threshold_crossed'],
    [{ kind: 'THRESHOLD', threshold: '100' }, 'budget_crossed'],
    [{ kind: 'THRESHOLD', threshold: '120' }, 'budget_crossed'],
    [{ kind: 'SOFT_LIMIT', threshold: null }, 'soft_budget_crossed'],
    [{ kind: 'PROJECTED_EXCEED', threshold: null }, 'projected_limit_exceeded'],
    [{ kind: 'KEY_EXPIRING', threshold: null }, 'key_expiring'],
  ])('names the event of %j %s', (change, event) => {
    expect(JSON.parse(litellmEvent(notice(change)))).toMatchObject({ event });
  });

  it.each([
    ['KEY', 'key'],
    ['TEAM', 'team'],
    ['USER', 'internal_user'],
    ['CUSTOMER', 'customer'],
    ['SERVER', 'proxy'],
    ['MODEL', 'proxy'],
  ])('groups what concerns a %s under %s', (scope, group) => {
    expect(JSON.parse(litellmEvent(notice({ scope })))).toMatchObject({ event_group: group });
  });
});

describe('an incident of PagerDuty', () => {
  const key = 'R'.repeat(32);

  it('is triggered, triggered again and resolved under one key', () => {
    const [once, again] = [notice(), notice({}, { eventId: 'msg_2' })].map((each) =>
      pagerdutyEvent(each, 'trigger', key),
    );
    const resolved = pagerdutyEvent(notice({}, { eventId: 'msg_3' }), 'resolve', key);
    const dedup = { dedup_key: 'spendgraph rule_1/win_1/80' };
    expect([once, again, resolved]).toEqual([
      expect.objectContaining(dedup),
      expect.objectContaining(dedup),
      { ...dedup, routing_key: key, event_action: 'resolve' },
    ]);
  });

  it('of a test is no incident that is open', () => {
    expect(pagerdutyEvent(notice({}, { isTest: true }), 'trigger', key)).toMatchObject({
      dedup_key: 'msg_1',
    });
  });

  it('is as grave as the gravest alert', () => {
    const alerts = [
      ALERT,
      { ...ALERT, severity: 'CRITICAL' as const },
      { ...ALERT, severity: 'INFO' as const },
    ];
    const event = pagerdutyEvent(notice({}, { alerts }), 'trigger', key);
    expect(event).toMatchObject({ payload: { severity: 'critical' } });
  });
});
