import { DestinationBook } from '../../../src/alerts/destination-book';
import type { ConfiguredAlertChannel } from '../../../src/platform/config';
import { SecretBox } from '../../../src/platform/secret-box';
import type { AlertRow } from '../../support/alerts';
import { DeliveryFixture, START_MS } from '../../support/delivery';
import { valueOf } from '../../support/feature';

describe('when and where alerts are told', () => {
  let d: DeliveryFixture;

  beforeAll(async () => {
    d = await DeliveryFixture.start();
  });
  afterAll(() => d.close());
  beforeEach(() => d.reset());

  it('waits until quiet hours end', async () => {
    await d.makeChannel();
    await d.raise({ held_until: new Date(START_MS + 3_600_000) });
    await d.pass(3_599_999);
    expect(d.receiver.calls).toHaveLength(0);
    await d.pass(1);
    expect(d.receiver.calls).toHaveLength(1);
  });

  it('gathers what is told together into one message', async () => {
    await d.makeChannel();
    await d.makeChannel({ type: 'LITELLM_WEBHOOK', url: `${d.receiver.url}/litellm` });
    const digest_at = new Date(START_MS + 3_600_000);
    const first = await d.raise({ digest_at });
    await d.pass(60_000);
    const second = await d.raise({ digest_at, raised_at: new Date(START_MS + 60_000) });
    await d.raise({ digest_at: new Date(START_MS + 7_200_000) });
    await d.pass(0);
    expect(d.receiver.calls).toHaveLength(0);
    await d.pass(3_600_000 - 60_000);
    const gathered = d.receiver.calls.filter(({ path }) => path === '/hook');
    expect(gathered.map(({ body }) => body)).toMatchObject([
      { type: 'alert.digest', data: { alerts: [{ id: first }, { id: second }] } },
    ]);
    // LiteLLM's payload has no room for two budgets.
    expect(d.receiver.calls.filter(({ path }) => path === '/litellm')).toHaveLength(2);
    // One that is found out late makes a message of its own.
    const late = await d.raise({ digest_at });
    await d.pass(0);
    expect(d.receiver.calls.filter(({ path }) => path === '/hook').at(-1)?.body).toMatchObject({
      type: 'alert.raised',
      data: { id: late },
    });
  });

  it('of a deleted channel does not happen, and its secrets are gone', async () => {
    const { id } = await d.makeChannel();
    await d.raise({ held_until: new Date(START_MS + 1_000) });
    await d.dispatcher.deliverDue();
    valueOf(await d.channels.delete(d.test.master, id));
    await d.pass(1_000);
    expect(d.receiver.calls).toHaveLength(0);
    expect(await d.messages()).toMatchObject([{ state: 'CANCELLED', attempts: 0 }]);
    expect(await d.test.db.query('SELECT ciphertext FROM alert_channels')).toEqual([{ ciphertext: null }]);
  });

  it('tells why, when the salt of the server has changed since', async () => {
    await d.makeChannel();
    await d.raise();
    const other = new DestinationBook(d.test.db, new SecretBox('another-salt-0123456789'), new Map());
    await d.newDispatcher({ destinations: other }).deliverDue();
    expect((await d.messages())[0]?.error).toContain('salt has changed');
  });

  describe('by mail', () => {
    it('reaches the recipients as text and HTML, escaped, under one Message-ID', async () => {
      await d.makeChannel({ type: 'EMAIL', url: null, recipients: ['ann@example.com', 'bob@example.com'] });
      await d.raise({ subject: 'team <script>alert(1)</script>', title: 'A <b>title</b>' });
      d.mail.refuse(451);
      await d.dispatcher.deliverDue();
      expect(await d.messages()).toMatchObject([
        { state: 'PENDING', error: 'The mail was not taken (EMESSAGE, SMTP 451).' },
      ]);
      d.mail.refuse(null);
      await d.pass(5_000);
      const [message] = await d.messages();
      expect(d.mail.mails).toHaveLength(1);
      const [sent] = d.mail.mails;
      expect(sent?.messageId).toBe(`<${message?.id ?? ''}@example.com>`);
      expect(sent?.from?.value).toEqual([{ address: 'alerts@example.com', name: 'Spend' }]);
      expect([sent?.to].flat().flatMap((each) => each?.value.map(({ address }) => address))).toEqual([
        'ann@example.com',
        'bob@example.com',
      ]);
      expect(sent?.subject).toBe('[spendgraph] WARNING: A <b>title</b>');
      expect(sent?.html).toContain('&lt;script&gt;');
      expect(sent?.html).not.toContain('<script>');
      expect(sent?.text).toContain('80 of 100 USD are spent.');
    });

    it('goes to those whom the metadata of a key names for the threshold, and to its user', async () => {
      await d.configure([
        {
          name: 'email',
          service: 'email',
          url: null,
          secret: null,
          recipients: ['ops@example.com'],
          alertTypes: null,
        },
      ]);
      await d.test.db.query(
        `INSERT INTO users (id, email) VALUES ('user_1', 'owner@example.com') ON CONFLICT DO NOTHING`,
      );
      await d.test.db.query(
        `INSERT INTO teams (id, organization_id, name, metadata) VALUES ('team_mail', 'org_default', 'T', $1)`,
        [
          {
            max_budget_alert_emails: { 80: ['eighty@example.com'], 100: ['all@example.com'] },
            soft_budget_alerting_emails: ['soft@example.com'],
          },
        ],
      );
      const to = async (change: Partial<AlertRow>): Promise<unknown[]> => {
        d.mail.mails.length = 0;
        await d.raise({ team_id: 'team_mail', ...change });
        await d.dispatcher.deliverDue();
        return d.mail.mails
          .flatMap((each) => [each.to].flat())
          .flatMap((each) => each?.value.map(({ address }) => address));
      };
      expect(await to({ user_id: 'user_1' })).toEqual([
        'ops@example.com',
        'eighty@example.com',
        'owner@example.com',
      ]);
      expect(await to({ threshold: '100' })).toEqual(['ops@example.com', 'all@example.com']);
      expect(await to({ kind: 'SOFT_LIMIT', threshold: 'soft' })).toEqual([
        'ops@example.com',
        'soft@example.com',
      ]);
      expect(await to({ kind: 'SPEND_REPORT', threshold: null })).toEqual(['ops@example.com']);
    });
  });

  describe('of the configuration', () => {
    const slack: ConfiguredAlertChannel = {
      ...{ name: 'slack', service: 'slack', url: 'http://127.0.0.1:1/', secret: null, recipients: [] },
      alertTypes: ['spend_reports'],
    };
    it('is made by processes that know the address, which the database does not', async () => {
      await d.configure([{ ...slack, url: `${d.receiver.url}/services/T0/B0/secret-part` }]);
      await d.raise({ kind: 'SPEND_REPORT' });
      await d.raise({ kind: 'THRESHOLD' });
      await d.newDispatcher({ destinations: new DestinationBook(d.test.db, d.box, new Map()) }).deliverDue();
      expect(d.receiver.calls).toHaveLength(0);
      d.dispatcher = d.newDispatcher();
      await d.dispatcher.deliverDue();
      expect(d.receiver.calls.map(({ path }) => path)).toEqual(['/services/T0/B0/secret-part']);
      const rows: unknown = await d.test.db.query('SELECT * FROM alert_channels');
      expect(JSON.stringify(rows)).not.toContain('secret-part');
    });

    it('ends with it, and comes back with it', async () => {
      await d.configure([slack]);
      await d.configure([]);
      const state = (): Promise<unknown> =>
        d.test.db.query('SELECT id, deleted_at IS NULL AS live FROM alert_channels');
      expect(await state()).toEqual([{ id: 'chan_config_slack', live: false }]);
      await d.configure([slack]);
      expect(await state()).toEqual([{ id: 'chan_config_slack', live: true }]);
    });
  });

  it('ends an incident of PagerDuty once its alert is acknowledged or its window over', async () => {
    await d.makeChannel({
      type: 'PAGERDUTY',
      url: `${d.receiver.url}/v2/enqueue`,
      routingKey: 'R'.repeat(32),
    });
    const acknowledged = await d.raise({ dedupe_key: 'one' });
    await d.raise({ dedupe_key: 'two', window_end: new Date(START_MS + 60_000) });
    await d.raise({ dedupe_key: 'three' });
    await d.dispatcher.deliverDue();
    await d.dispatcher.deliverDue();
    const events = (): string[] =>
      d.receiver.calls
        .map(({ body }) => `${String(body['event_action'])} ${String(body['dedup_key'])}`)
        .sort((a, b) => a.localeCompare(b));
    expect(events()).toEqual([
      'trigger spendgraph one',
      'trigger spendgraph three',
      'trigger spendgraph two',
    ]);
    d.receiver.calls.length = 0;
    await d.test.db.query('UPDATE alerts SET acknowledged_at = now() WHERE id = $1', [acknowledged]);
    await d.dispatcher.deliverDue();
    expect(events()).toEqual(['resolve spendgraph one']);
    await d.pass(60_000);
    await d.dispatcher.deliverDue();
    expect(events()).toEqual(['resolve spendgraph one', 'resolve spendgraph two']);
  });
});
