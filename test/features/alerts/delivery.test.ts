import { createHmac } from 'node:crypto';
import { AlertDeliveryService } from '../../../src/alerts/delivery.service';
import { DestinationBook } from '../../../src/alerts/destination-book';
import { answer, DeliveryFixture, MAX_ATTEMPTS, START_MS, TIMEOUT_MS } from '../../support/delivery';
import { valueOf } from '../../support/feature';
import { startUpstream, type Behaviour } from '../../support/upstream';

describe('the delivery of alerts', () => {
  let d: DeliveryFixture;

  beforeAll(async () => {
    d = await DeliveryFixture.start();
  });
  afterAll(() => d.close());
  beforeEach(() => d.reset());

  it('signs what it sends, so that an independent computation agrees', async () => {
    const { secret } = await d.makeChannel();
    const alertId = await d.raise();
    await d.dispatcher.deliverDue();
    const [call] = d.receiver.calls;
    const id = String(call?.headers['webhook-id']);
    const timestamp = String(call?.headers['webhook-timestamp']);
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    expect(key).toHaveLength(32);
    const expected = createHmac('sha256', key)
      .update(`${id}.${timestamp}.${call?.text ?? ''}`)
      .digest('base64');
    expect(call?.headers['webhook-signature']).toBe(`v1,${expected}`);
    expect(timestamp).toBe(String(START_MS / 1_000));
    expect(call?.body).toMatchObject({
      type: 'alert.raised',
      id,
      data: { id: alertId, details: { spent: '80' } },
    });
    expect(await d.messages()).toMatchObject([
      { id, state: 'DELIVERED', attempts: 1, http_status: 200, error: null },
    ]);
  });

  it('signs with the secret before as well, for a day after it was changed', async () => {
    const { id } = await d.makeChannel();
    valueOf(await d.channels.rotateSecret(d.test.master, id));
    await d.raise();
    await d.dispatcher.deliverDue();
    d.test.clock.nowMs += 25 * 3_600_000;
    await d.raise();
    await d.dispatcher.deliverDue();
    const signatures = d.receiver.calls.map(
      (call) => String(call.headers['webhook-signature']).split(' ').length,
    );
    expect(signatures).toEqual([2, 1]);
  });

  it('tells each channel that hears of the alert once, and others nothing', async () => {
    await d.makeChannel({ url: `${d.receiver.url}/all` });
    await d.makeChannel({ url: `${d.receiver.url}/organization`, organizationId: 'org_default' });
    await d.makeChannel({ url: `${d.receiver.url}/reports`, kinds: ['SPEND_REPORT'] });
    await d.makeChannel({ url: `${d.receiver.url}/grave`, minimumSeverity: 'CRITICAL' });
    await d.makeChannel({ url: `${d.receiver.url}/off`, enabled: false });
    await d.raise();
    await d.raise({ organization_id: null, scope: 'SERVER', scope_id: 'server', severity: 'CRITICAL' });
    await d.dispatcher.deliverDue();
    await d.dispatcher.deliverDue();
    expect(d.receiver.calls.map(({ path }) => path).sort()).toEqual([
      '/all',
      '/all',
      '/grave',
      '/organization',
    ]);
    expect(await d.test.db.query('SELECT * FROM alert_outbox')).toEqual([]);
  });

  it.each<[string, Behaviour, string, number | null]>([
    ['refuses', answer(500), 'The receiver answered 500.', 500],
    [
      'redirects',
      answer(302, { location: 'http://169.254.169.254/latest' }),
      'The receiver answered 302. Redirects are not followed: give the address that it leads to.',
      302,
    ],
    ['hangs', () => undefined, `The receiver did not answer within ${TIMEOUT_MS} ms.`, null],
    ['breaks off', (_call, response) => void response.destroy(), 'The receiver cannot be reached', null],
  ])(
    'goes to a receiver that %s again, with the same id, after growing pauses',
    async (_what, bad, error, status) => {
      await d.makeChannel();
      await d.raise();
      d.receiver.behave(bad);
      await d.dispatcher.deliverDue();
      expect(await d.messages()).toMatchObject([{ state: 'PENDING', attempts: 1, http_status: status }]);
      expect((await d.messages())[0]?.error).toContain(error);
      await d.pass(4_999);
      expect(d.receiver.calls).toHaveLength(1);
      await d.pass(1);
      expect(d.receiver.calls).toHaveLength(2);
      d.receiver.behave(answer(204));
      await d.pass(19_999);
      expect(d.receiver.calls).toHaveLength(2);
      await d.pass(1);
      expect(await d.messages()).toMatchObject([
        { state: 'DELIVERED', attempts: 3, http_status: 204, error: null },
      ]);
      expect(new Set(d.receiver.calls.map((call) => call.headers['webhook-id'])).size).toBe(1);
      expect(new Set(d.receiver.calls.map((call) => call.text)).size).toBe(1);
    },
  );

  it('reaches a receiver that took it and answered too late again under an id that it can know', async () => {
    await d.makeChannel();
    await d.raise();
    const seen = new Set<unknown>();
    d.receiver.behave((call, response) => {
      if (seen.has(call.headers['webhook-id'])) void answer(200)(call, response);
      seen.add(call.headers['webhook-id']);
    });
    await d.dispatcher.deliverDue();
    await d.pass(5_000);
    expect(d.receiver.calls).toHaveLength(2);
    expect(seen.size).toBe(1);
  });

  it('waits as long as the receiver asks', async () => {
    await d.makeChannel();
    await d.raise();
    d.receiver.behave(answer(429, { 'retry-after': '600' }));
    await d.dispatcher.deliverDue();
    await d.pass(599_999);
    expect(d.receiver.calls).toHaveLength(1);
    await d.pass(1);
    expect(d.receiver.calls).toHaveLength(2);
  });

  it('is given up after the last attempt, and at once by one that is gone; a person may begin again', async () => {
    const { id } = await d.makeChannel();
    const alertId = await d.raise();
    d.receiver.behave(answer(500));
    for (let attempt = 0; attempt < MAX_ATTEMPTS + 2; attempt++) await d.pass(24 * 3_600_000);
    expect(d.receiver.calls).toHaveLength(MAX_ATTEMPTS);
    expect(await d.messages()).toMatchObject([{ state: 'DEAD', attempts: MAX_ATTEMPTS }]);
    expect(d.dispatcher.counts).toEqual({ delivered: 0, failed: MAX_ATTEMPTS, dead: 1 });
    const deliveries = new AlertDeliveryService({
      ...{
        db: d.test.db,
        channels: d.channels,
        sender: d.sender,
        maxAttempts: MAX_ATTEMPTS,
        wake: () => undefined,
      },
      destinations: new DestinationBook(d.test.db, d.box, new Map()),
    });
    d.receiver.behave(answer(410));
    valueOf(await deliveries.redeliver(d.test.master, { alertId, alertChannelId: id }));
    await d.pass(0);
    expect(await d.messages()).toMatchObject([{ state: 'DEAD', http_status: 410 }]);
    d.receiver.behave(answer(200));
    const again = valueOf(await deliveries.redeliver(d.test.master, { alertId }));
    expect(again).toMatchObject([{ alertId, channelId: id, message: { state: 'PENDING' } }]);
    await d.pass(0);
    expect(await d.messages()).toMatchObject([{ state: 'DELIVERED', http_status: 200 }]);
    expect(new Set(d.receiver.calls.map((call) => call.headers['webhook-id'])).size).toBe(1);
  });

  it('is made once by two processes at the same time', async () => {
    await d.makeChannel();
    for (let count = 0; count < 40; count++) await d.raise();
    const other = d.newDispatcher();
    await Promise.all([
      d.dispatcher.deliverDue(),
      other.deliverDue(),
      d.dispatcher.deliverDue(),
      other.deliverDue(),
    ]);
    await d.dispatcher.deliverDue();
    const ids = d.receiver.calls.map((call) => call.headers['webhook-id']);
    expect(new Set(ids).size).toBe(40);
    expect(ids).toHaveLength(40);
    const deliveries: { n: number }[] = await d.test.db.query(
      'SELECT count(*)::int AS n FROM alert_deliveries',
    );
    expect(deliveries).toEqual([{ n: 40 }]);
  });

  it('that a process died over is made by another once its lease has ended', async () => {
    await d.makeChannel();
    await d.raise();
    // What a killed process leaves: a message that it claimed, and no word of how it went.
    d.receiver.behave(() => undefined);
    const never = d.newDispatcher({ sender: { send: () => Promise.reject(new Error('killed')) } });
    await never.deliverDue();
    const [claimed] = await d.messages();
    expect(claimed).toMatchObject({ state: 'PENDING', attempts: 1 });
    d.receiver.behave(answer(200));
    await d.pass(59_999);
    expect(d.receiver.calls).toHaveLength(0);
    await d.pass(1);
    expect(d.receiver.calls.map((call) => call.headers['webhook-id'])).toEqual([claimed?.id]);
  });

  it('that a stopping server could not end is given back to the others at once', async () => {
    await d.makeChannel();
    await d.raise();
    const stops: Promise<void>[] = [];
    const stopping = d.newDispatcher({
      drainMs: 20,
      sender: d.senderOf(10_000),
    });
    d.receiver.behave(() => void stops.push(stopping.stop()));
    await stopping.deliverDue();
    await Promise.all(stops);
    expect(await d.messages()).toMatchObject([{ state: 'PENDING', attempts: 1 }]);
    d.receiver.behave(answer(200));
    await d.dispatcher.deliverDue();
    expect(new Set(d.receiver.calls.map((call) => call.headers['webhook-id'])).size).toBe(1);
    expect(await d.messages()).toMatchObject([{ state: 'DELIVERED', attempts: 2 }]);
  });

  it('to one channel is not held up by another that hangs', async () => {
    const hung = await startUpstream(() => undefined);
    const hungChannel = await d.makeChannel({ url: hung.url, kinds: ['UNPRICED_MODEL'] });
    await d.makeChannel({ kinds: ['THRESHOLD'] });
    for (let count = 0; count < 30; count++) await d.raise({ kind: 'UNPRICED_MODEL' });
    await d.raise();
    const slow = d.newDispatcher({
      sender: d.senderOf(1_000),
    });
    const delivered = new Promise<void>((resolve) => {
      d.receiver.behave((call, response) => {
        void answer(200)(call, response);
        resolve();
      });
    });
    slow.start();
    await delivered;
    const open: { n: number }[] = await d.test.db.query(
      `SELECT count(*)::int AS n FROM alert_messages WHERE channel_id = $1 AND lease_until IS NOT NULL`,
      [hungChannel.id],
    );
    expect(open).toEqual([{ n: 2 }]);
    await slow.stop();
    await hung.close();
  });
});
