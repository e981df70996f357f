import { createHmac } from 'node:crypto';
import { meteredYaml } from '../../support/metered-app';
import { MASTER_KEY, startApp, type TestApp } from '../../support/app';
import { startMailServer, type MailServer } from '../../support/alerts';
import { LangfuseReceiver } from '../../support/langfuse-receiver';
import { answerChat, startUpstream, type FakeUpstream } from '../../support/upstream';
import { until } from '../../support/until';

const CHANNEL = 'alertChannel { id name type target recipients enabled kinds minimumSeverity scopes source }';
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

interface Made {
  readonly alertChannel: { readonly id: string; readonly target: string | null };
  readonly secret: string | null;
}

describe('alert channels', () => {
  const langfuse = new LangfuseReceiver();
  let upstream: FakeUpstream;
  let receiver: FakeUpstream;
  let mail: MailServer;
  let app: TestApp;

  beforeAll(async () => {
    upstream = await startUpstream(answerChat());
    receiver = await startUpstream((_call, response) => void response.writeHead(200).end('ok'));
    mail = await startMailServer({ user: 'alerts', pass: 'smtp-secret' });
    const yaml = meteredYaml(
      `${upstream.url}/v1`,
      `  success_callback: ["langfuse"]
general_settings:
  alerting: ["slack", "webhook", "email"]
`,
    );
    app = await startApp({
      yaml,
      environment: {
        SLACK_WEBHOOK_URL: `${receiver.url}/services/slack-secret`,
        WEBHOOK_URL: `${receiver.url}/litellm-secret`,
        SPENDGRAPH_WEBHOOK_SECRET: SECRET,
        ...{ SMTP_HOST: '127.0.0.1', SMTP_PORT: String(mail.port), SMTP_TLS: 'false' },
        ...{ SMTP_USERNAME: 'alerts', SMTP_PASSWORD: 'smtp-secret', SMTP_SENDER_EMAIL: 'alerts@example.com' },
        SPENDGRAPH_ALERT_EMAILS: 'ops@example.com',
        SPENDGRAPH_ALERT_PRIVATE_HOSTS: '127.0.0.1,hooks.internal',
        SPENDGRAPH_ALERT_TIMEOUT_MS: '500',
        ...{
          LANGFUSE_PUBLIC_KEY: 'pk-lf',
          LANGFUSE_SECRET_KEY: 'sk-lf',
          LANGFUSE_HOST: await langfuse.listen(),
        },
      },
    });
  });

  afterAll(async () => {
    await app.close();
    await Promise.all([upstream.close(), receiver.close(), mail.close(), langfuse.close()]);
  });

  beforeEach(() => {
    receiver.calls.length = 0;
    receiver.behave((_call, response) => void response.writeHead(200).end('ok'));
    mail.mails.length = 0;
  });

  function create(input: Record<string, unknown>): Promise<Made> {
    return app.master.do<Made>('createAlertChannel', 'CreateAlertChannelInput', input, `${CHANNEL} secret`);
  }

  async function problems(name: string, input: object): Promise<unknown> {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const answer = await app.master.raw<Record<string, { userErrors: unknown }>>(
      `mutation ($input: ${type}!) { ${name}(input: $input) { userErrors { code field message } } }`,
      { input },
    );
    return answer.data?.[name]?.userErrors;
  }

  it('show their secret once, and their address never', async () => {
    const input = { type: 'WEBHOOK', name: 'Ops', url: `${receiver.url}/path-secret?sig=query-secret` };
    const { alertChannel, secret } = await create({ ...input, enabled: false });
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(alertChannel).toMatchObject({ target: receiver.url, type: 'WEBHOOK', source: 'API' });
    const shown = await app.master.raw(
      'query ($id: ID!) { alertChannel(id: $id) { id name target } node(id: $id) { id } }',
      {
        id: alertChannel.id,
      },
    );
    const { rows } = await app.pool.query('SELECT c::text FROM alert_channels c WHERE id = $1', [
      alertChannel.id,
    ]);
    for (const text of [JSON.stringify(shown), JSON.stringify(rows)])
      expect(text).not.toMatch(/path-secret|query-secret|whsec_/);
    const bytes = await app.pool.query<{ ciphertext: Buffer }>(
      'SELECT ciphertext FROM alert_channels WHERE id = $1',
      [alertChannel.id],
    );
    expect(bytes.rows[0]?.ciphertext.toString('latin1')).not.toContain('secret');
  });

  it('are made once by a retry, which is shown no secret', async () => {
    const input = {
      type: 'WEBHOOK',
      name: 'Retried',
      url: `${receiver.url}/`,
      enabled: false,
      idempotencyKey: 'once',
    };
    const [first, again] = [await create(input), await create(input)];
    expect(again.alertChannel.id).toBe(first.alertChannel.id);
    expect([typeof first.secret, again.secret]).toEqual(['string', null]);
  });

  it.each([
    ['a private address', 'https://10.0.0.1/', 'url'],
    ['the metadata of the cloud', 'http://169.254.169.254/latest', 'url'],
    ['the same in another spelling', 'https://0xa9fea9fe/', 'url'],
    ['loopback inside IPv6', 'https://[::ffff:127.0.0.2]/', 'url'],
    ['a name of the inner network', 'https://vault.internal/', 'url'],
    ['plain http', 'http://example.com/', 'url'],
    ['another protocol', 'file:///etc/passwd', 'url'],
    ['a password', 'https://user:pass@example.com/', 'url'],
  ])('do not lead to %s', async (_what, url, field) => {
    const refused = await problems('createAlertChannel', { type: 'WEBHOOK', name: 'x', url });
    expect(refused).toMatchObject([{ code: 'INVALID', field: ['input', field] }]);
  });

  it('lead to a private host that the operator has named', async () => {
    const { alertChannel } = await create({
      ...{ type: 'WEBHOOK', name: 'inner', url: 'https://hooks.internal/x', enabled: false },
    });
    expect(alertChannel.target).toBe('https://hooks.internal');
  });

  it.each([
    ['SLACK', { routingKey: 'R'.repeat(32) }, 'routingKey'],
    ['SLACK', {}, 'url'],
    ['PAGERDUTY', {}, 'routingKey'],
    ['PAGERDUTY', { routingKey: 'short' }, 'routingKey'],
    ['EMAIL', { recipients: [] }, 'recipients'],
    ['EMAIL', { recipients: ['nobody'] }, 'recipients'],
    ['TEAMS', { url: 'https://example.com/', kinds: [] }, 'kinds'],
  ])('of type %s with %j are refused, and the field is named', async (type, more, field) => {
    expect(await problems('createAlertChannel', { type, name: 'x', ...more })).toMatchObject([
      { field: ['input', field], message: expect.stringMatching(/\.$/) as string },
    ]);
  });

  it('that the configuration names are seen, tried and changed only there', async () => {
    const { data } = await app.master.raw<{ alertChannels: { nodes: { id: string; source: string }[] } }>(
      '{ alertChannels(first: 3) { nodes { id source target recipients } } }',
    );
    expect(data?.alertChannels.nodes).toMatchObject([
      { id: 'chan_config_email', source: 'CONFIG', recipients: ['ops@example.com'] },
      { id: 'chan_config_slack', source: 'CONFIG', target: receiver.url },
      { id: 'chan_config_webhook', source: 'CONFIG', target: receiver.url },
    ]);
    const refused = await problems('updateAlertChannel', { alertChannelId: 'chan_config_slack', name: 'x' });
    expect(refused).toMatchObject([{ code: 'CONFLICT' }]);
  });

  it.each([
    ['takes it', 204, { delivered: true, httpStatus: 204, error: null }],
    ['refuses it', 403, { delivered: false, httpStatus: 403, error: 'The receiver answered 403.' }],
  ])('tell at once when tried whether the receiver %s', async (_what, status, expected) => {
    const { alertChannel } = await create({
      type: 'TEAMS',
      name: 'Tried',
      url: `${receiver.url}/t`,
      enabled: false,
    });
    receiver.behave((_call, response) => void response.writeHead(status).end('{"private":"page"}'));
    const tested = await app.master.do(
      'testAlertChannel',
      'TestAlertChannelInput',
      { alertChannelId: alertChannel.id },
      'delivered httpStatus error alertChannel { id }',
    );
    expect(tested).toMatchObject({ ...expected, alertChannel: { id: alertChannel.id } });
    expect(receiver.calls).toHaveLength(1);
  });

  it('of PagerDuty do not take their key to another address', async () => {
    const routingKey = 'R'.repeat(32);
    const { alertChannel } = await create({
      type: 'PAGERDUTY',
      name: 'Incidents',
      routingKey,
      enabled: false,
    });
    expect(alertChannel.target).toBe('https://events.pagerduty.com');
    const move = { alertChannelId: alertChannel.id, url: 'https://events.eu.pagerduty.com/v2/enqueue' };
    expect(await problems('updateAlertChannel', move)).toMatchObject([{ field: ['input', 'routingKey'] }]);
    expect(await problems('updateAlertChannel', { ...move, routingKey })).toEqual([]);
  });

  it('are named by rules, if they are visible to whoever makes the rule', async () => {
    const { alertChannel } = await create({
      type: 'SLACK',
      name: 'Of a rule',
      url: `${receiver.url}/`,
      enabled: false,
    });
    const rule = { kind: 'UNPRICED_MODEL', scope: 'SERVER' };
    const made = await app.master.do<{ alertRule: { id: string } }>(
      'createAlertRule',
      'CreateAlertRuleInput',
      { ...rule, channelIds: [alertChannel.id] },
      'alertRule { id channels { id } }',
    );
    expect(made).toMatchObject({ alertRule: { channels: [{ id: alertChannel.id }] } });
    const absent = { code: 'NOT_FOUND', field: ['input', 'channelIds'] };
    expect(await problems('createAlertRule', { ...rule, channelIds: ['chan_none'] })).toMatchObject([absent]);
    const change = { alertRuleId: made.alertRule.id, channelIds: [alertChannel.id, 'chan_none'] };
    expect(await problems('updateAlertRule', change)).toMatchObject([absent]);
  });

  describe("LiteLLM's /health/services", () => {
    const check = (service: string, key = MASTER_KEY): Promise<Response> =>
      fetch(`${app.url}/health/services?service=${service}`, { headers: { authorization: `Bearer ${key}` } });

    it.each([
      ['slack', () => receiver.calls.at(-1)?.path, '/services/slack-secret'],
      ['slack_budget_alerts', () => receiver.calls.at(-1)?.path, '/services/slack-secret'],
      ['webhook', () => receiver.calls.at(-1)?.body['event'], 'test'],
      ['email', () => mail.mails.at(-1)?.subject?.includes('Test: '), true],
      ['langfuse', () => langfuse.of('trace-create').at(-1)?.['name'], 'spendgraph test'],
    ])('sends a test to %s', async (service, seen, expected) => {
      const response = await check(service);
      expect(await response.json()).toEqual({
        status: 'success',
        message: expect.stringMatching(/\.$/) as string,
      });
      expect(seen()).toBe(expected);
    });

    it('tells of a receiver that refuses, and to nobody but administrators', async () => {
      receiver.behave((_call, response) => void response.writeHead(500).end());
      const failed = await check('slack');
      expect([failed.status, await failed.json()]).toMatchObject([
        500,
        { error: { message: 'The receiver answered 500.' } },
      ]);
      const { secret } = await app.master.createKey();
      expect((await check('slack', secret)).status).toBe(403);
      const unknown = await check('pigeon');
      expect([unknown.status, await unknown.text()]).toMatchObject([400, expect.stringContaining('slack')]);
    });
  });

  it('are told when a call spends across a threshold, which leaves a history and counts in the metrics', async () => {
    const { secret, alertChannel } = await create({
      ...{ type: 'WEBHOOK', name: 'Live', url: `${receiver.url}/live`, kinds: ['THRESHOLD'] },
    });
    const key = await app.master.createKey({ alias: 'the-key' });
    await app.master.do(
      'setLimit',
      'SetLimitInput',
      { scope: 'KEY', scopeId: key.key.id, unit: 'USD', amount: '0.05', window: { period: 'DAY' } },
      'limit { id }',
    );
    for (let call = 0; call < 4; call++) {
      const response = await fetch(`${app.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key.secret}`, 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'my-gpt', max_tokens: 5, messages: [{ role: 'user', content: 'Hi' }] }),
      });
      expect(response.status).toBe(200);
      upstream.behave(answerChat({ prompt_tokens: 10_000, completion_tokens: 5, total_tokens: 10_005 }));
    }
    await app.settled();
    const live = await until('the channel is told', () =>
      receiver.calls.find(({ path }) => path === '/live'),
    );
    const signed = `${String(live.headers['webhook-id'])}.${String(live.headers['webhook-timestamp'])}.${live.text}`;
    const hmacKey = Buffer.from(String(secret).slice(6), 'base64');
    expect(live.headers['webhook-signature']).toBe(
      `v1,${createHmac('sha256', hmacKey).update(signed).digest('base64')}`,
    );
    expect(live.body).toMatchObject({ data: { kind: 'THRESHOLD', owner: { keyAlias: 'the-key' } } });
    const litellm = await until('LiteLLM is told', () =>
      receiver.calls.find(({ path }) => path === '/litellm-secret'),
    );
    expect(litellm.body).toMatchObject({
      event: 'threshold_crossed',
      event_group: 'key',
      key_alias: 'the-key',
    });
    const idOf = (): string | undefined => (live.body['data'] as { id?: string }).id;
    const history = await until('it is written down', async () => {
      const { data } = await app.master.raw<{
        alert: { deliveries: { nodes: { state: string; channel: { id: string } }[] } };
        alertChannel: Record<'deliveries' | 'dead', { nodes: { state: string }[] }>;
      }>(
        `query ($alert: ID!, $channel: ID!) {
           alert(id: $alert) { deliveries { nodes { id eventId state attempts httpStatus error channel { id } alert { id } } } }
           alertChannel(id: $channel) { deliveries { nodes { state } } dead: deliveries(state: DEAD) { nodes { state } } } }`,
        { alert: idOf(), channel: alertChannel.id },
      );
      const nodes = data?.alert.deliveries.nodes ?? [];
      return nodes.length === 4 && nodes.every(({ state }) => state === 'DELIVERED') ? data : null;
    });
    const own = history.alert.deliveries.nodes.find(({ channel }) => channel.id === alertChannel.id);
    expect(own).toMatchObject({
      ...{ eventId: live.headers['webhook-id'], attempts: 1, httpStatus: 200, error: null },
      alert: { id: idOf() },
    });
    expect(history.alertChannel.deliveries.nodes[0]).toEqual({ state: 'DELIVERED' });
    expect(history.alertChannel.dead.nodes).toEqual([]);
    const metrics = await fetch(`${app.url}/metrics`, { headers: { authorization: `Bearer ${MASTER_KEY}` } });
    expect(await metrics.text()).toMatch(/^spendgraph_alert_deliveries_total [1-9]/m);
    expect(await app.ledgerFaults()).toEqual([]);
  });
});
