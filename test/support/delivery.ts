import { AlertChannelService } from '../../src/alerts/alert-channel.service';
import { syncConfiguredChannels } from '../../src/alerts/alert-channel.repository';
import { AlertDispatcher, type DispatcherParts } from '../../src/alerts/alert-dispatcher';
import type { CreateAlertChannel } from '../../src/alerts/channel-input';
import { configuredRow, configuredSecrets } from '../../src/alerts/configured-channels';
import { DestinationBook } from '../../src/alerts/destination-book';
import { NoticeSender } from '../../src/alerts/notice-sender';
import type { ConfiguredAlertChannel } from '../../src/platform/config';
import { UpstreamClient } from '../../src/platform/http/upstream-client';
import { silentLog } from '../../src/platform/logger';
import { Mailer } from '../../src/platform/mail/mailer';
import { SecretBox } from '../../src/platform/secret-box';
import { raiseAlert, startMailServer, type AlertRow, type MailServer } from './alerts';
import { startFeatureTest, valueOf, type FeatureTest } from './feature';
import { startUpstream, type Behaviour, type FakeUpstream } from './upstream';

export const START_MS = Date.parse('2026-11-24T12:00:00Z');
export const TIMEOUT_MS = 150;
export const MAX_ATTEMPTS = 4;

const LOGIN = { user: 'alerts', pass: 'smtp-secret' };

export const answer =
  (status: number, headers: Record<string, string> = {}): Behaviour =>
  (_call, response) =>
    void response.writeHead(status, headers).end('{"secret":"of the receiver"}');

interface MessageRow {
  readonly id: string;
  readonly state: string;
  readonly attempts: number;
  readonly http_status: number | null;
  readonly error: string | null;
}

/** A dispatcher with a clock that the test moves, and receivers of webhooks and mail on the loopback. */
export class DeliveryFixture {
  readonly box = new SecretBox('test-salt-0123456789abcdef');
  readonly channels: AlertChannelService;
  readonly sender: NoticeSender;
  dispatcher: AlertDispatcher;
  configured: readonly ConfiguredAlertChannel[] = [];
  private readonly client = new UpstreamClient({
    ...{ connectTimeoutMs: 1_000, headersTimeoutMs: 1_000, bodyTimeoutMs: 1_000 },
    ...{ httpProxy: null, httpsProxy: null, noProxy: null },
  });

  private constructor(
    readonly test: FeatureTest,
    readonly receiver: FakeUpstream,
    readonly mail: MailServer,
  ) {
    this.sender = this.senderOf(TIMEOUT_MS);
    this.channels = new AlertChannelService(test.db, this.box, {
      allowsPrivate: () => true,
      hasMail: true,
    });
    this.dispatcher = this.newDispatcher();
  }

  static async start(): Promise<DeliveryFixture> {
    const mail = await startMailServer(LOGIN);
    return new DeliveryFixture(await startFeatureTest(), await startUpstream(answer(200)), mail);
  }

  async close(): Promise<void> {
    await this.client.close();
    await this.receiver.close();
    await this.mail.close();
    await this.test.close();
  }

  /** Back to the start: no alerts, no channels, receivers that take everything. */
  async reset(): Promise<void> {
    await this.test.db.query(
      'TRUNCATE alert_outbox, alerts, alert_deliveries, alert_messages, alert_channels CASCADE',
    );
    this.test.clock.nowMs = START_MS;
    this.receiver.calls.length = 0;
    this.receiver.behave(answer(200));
    this.mail.mails.length = 0;
    this.mail.refuse(null);
    this.configured = [];
    this.dispatcher = this.newDispatcher();
  }

  senderOf(timeoutMs: number): NoticeSender {
    const { host, port } = { host: '127.0.0.1', port: this.mail.port };
    const sender = 'Spend <alerts@example.com>';
    const login = { username: LOGIN.user, password: LOGIN.pass };
    return new NoticeSender({
      client: this.client,
      mailer: new Mailer({ host, port, ...login, sender, requiresTls: false }, 1_000),
      clock: this.test.clock,
      timeoutMs,
      allowsPrivate: () => true,
    });
  }

  /** That of another process. */
  newDispatcher(change: Partial<DispatcherParts> = {}): AlertDispatcher {
    const { db, clock } = this.test;
    return new AlertDispatcher({
      ...{ db, clock, log: silentLog, sender: this.sender },
      destinations: new DestinationBook(db, this.box, configuredSecrets(this.configured)),
      random: () => 1,
      ...{ maxAttempts: MAX_ATTEMPTS, leaseMs: 60_000, intervalMs: 1_000, drainMs: 5_000 },
      ...change,
    });
  }

  /** Starts anew with these channels in the configuration. */
  async configure(channels: readonly ConfiguredAlertChannel[]): Promise<void> {
    this.configured = channels;
    await this.test.db.transaction((manager) => syncConfiguredChannels(manager, channels.map(configuredRow)));
    this.dispatcher = this.newDispatcher();
  }

  async makeChannel(change: Partial<CreateAlertChannel> = {}): Promise<{ id: string; secret: string }> {
    const input = {
      type: 'WEBHOOK' as const,
      name: 'A receiver',
      url: `${this.receiver.url}/hook`,
      ...change,
    };
    const made = valueOf(await this.channels.create(this.test.master, input));
    return { id: made.channel.id, secret: made.secret ?? '' };
  }

  raise(change: Partial<AlertRow> = {}): Promise<string> {
    return raiseAlert(this.test.db, change);
  }

  messages(): Promise<MessageRow[]> {
    return this.test.db.query(
      'SELECT id, state, attempts, http_status, error FROM alert_messages ORDER BY created_at, id',
    );
  }

  /** Lets time pass, and what is due by then be sent. */
  async pass(ms: number): Promise<void> {
    this.test.clock.nowMs += ms;
    await this.dispatcher.deliverDue();
  }
}
