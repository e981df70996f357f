import { alertMail } from '../domain/alerts/alert-mail';
import type { Notice } from '../domain/alerts/alert-message';
import type { ChannelType } from '../domain/alerts/channel';
import { litellmEvent } from '../domain/alerts/litellm-event';
import { pagerdutyEvent, type PagerdutyAction } from '../domain/alerts/pagerduty-event';
import { retryAfterMs } from '../domain/alerts/retry-delay';
import { slackMessage } from '../domain/alerts/slack-message';
import { teamsMessage } from '../domain/alerts/teams-message';
import { webhookPayload } from '../domain/alerts/webhook-payload';
import type { Clock } from '../platform/clock';
import { UpstreamError, type UpstreamClient } from '../platform/http/upstream-client';
import { mailFault, type Mailer } from '../platform/mail/mailer';
import { signedHeaders } from '../platform/webhook-signature';
import { signingSecrets, type ChannelSecrets } from './channel-secrets';

/** Where a notice goes. */
export interface Destination {
  readonly type: ChannelType;
  readonly recipients: readonly string[];
  readonly secrets: ChannelSecrets;
}

/** What came of one attempt. `error` tells people why it failed, without secrets; null when it was taken. */
export interface SendOutcome {
  readonly error: string | null;
  readonly httpStatus: number | null;
  readonly durationMs: number;
  /** How long the receiver asks to be left alone. */
  readonly askedMs: number | null;
  /** It would never be taken. */
  readonly isFinal: boolean;
}

type Attempt = Omit<SendOutcome, 'durationMs'>;

export interface NoticeSenderParts {
  readonly client: Pick<UpstreamClient, 'send'>;
  /** Null: no mail can be sent. */
  readonly mailer: Mailer | null;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly allowsPrivate: (url: URL) => boolean;
}

const GONE = 410;
const TAKEN: Attempt = { error: null, httpStatus: null, askedMs: null, isFinal: false };

/**
 * Sends one notice, once. Redirects are not followed, and nothing of an answer but its status is told: what stands in it
 * might be a secret, or a page of the network that the receiver's name leads to.
 */
export class NoticeSender {
  constructor(private readonly parts: NoticeSenderParts) {}

  get hasMail(): boolean {
    return this.parts.mailer !== null;
  }

  /** `stop` gives the attempt up. */
  async send(
    notice: Notice,
    destination: Destination,
    action: PagerdutyAction = 'trigger',
    stop: AbortSignal | null = null,
  ): Promise<SendOutcome> {
    const startMs = this.parts.clock.now();
    const attempt =
      destination.type === 'EMAIL'
        ? await this.mail(notice, destination)
        : await this.post(
            bodyOf(destination.type, notice, action, destination.secrets),
            notice.eventId,
            destination,
            stop,
          );
    return { ...attempt, durationMs: Math.max(0, this.parts.clock.now() - startMs) };
  }

  private async post(
    body: string,
    eventId: string,
    { type, secrets }: Destination,
    stop: AbortSignal | null,
  ): Promise<Attempt> {
    const { client, clock, timeoutMs, allowsPrivate } = this.parts;
    const { url } = secrets;
    if (url === null) return { ...TAKEN, error: 'The channel has no address any more.', isFinal: true };
    const signed = type === 'WEBHOOK' || type === 'LITELLM_WEBHOOK';
    const atMs = clock.now();
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'spendgraph',
      ...(signed ? signedHeaders({ id: eventId, atMs, body }, signingSecrets(secrets, atMs)) : {}),
    };
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = stop === null ? timeout : AbortSignal.any([timeout, stop]);
    const allowPrivate = allowsPrivate(new URL(url));
    try {
      const response = await client.send({ url, method: 'POST', headers, body, signal, allowPrivate });
      // What is not read would hold the connection; ending it is told as an error that nobody needs.
      response.body.on('error', () => undefined).destroy();
      return judge(response.status, headerOf(response.headers['retry-after']), clock.now());
    } catch (error) {
      return { ...TAKEN, error: faultOf(error, timeout.aborted, timeoutMs) };
    }
  }

  private async mail(notice: Notice, { recipients }: Destination): Promise<Attempt> {
    const { mailer } = this.parts;
    if (mailer === null) return { ...TAKEN, error: 'SMTP_HOST and SMTP_SENDER_EMAIL are not set.' };
    if (recipients.length === 0) return { ...TAKEN, error: 'It has no recipients.', isFinal: true };
    try {
      await mailer.send({ id: notice.eventId, to: recipients, ...alertMail(notice) });
      return TAKEN;
    } catch (error) {
      return { ...TAKEN, error: `The mail was not taken (${mailFault(error)}).` };
    }
  }
}

function bodyOf(
  type: Exclude<ChannelType, 'EMAIL'>,
  notice: Notice,
  action: PagerdutyAction,
  { routingKey }: ChannelSecrets,
): string {
  switch (type) {
    case 'WEBHOOK':
      return JSON.stringify(webhookPayload(notice));
    case 'LITELLM_WEBHOOK':
      return litellmEvent(notice);
    case 'SLACK':
      return JSON.stringify(slackMessage(notice));
    case 'TEAMS':
      return JSON.stringify(teamsMessage(notice));
    case 'PAGERDUTY':
      return JSON.stringify(pagerdutyEvent(notice, action, routingKey ?? ''));
  }
}

function judge(httpStatus: number, retryAfter: string | null, nowMs: number): Attempt {
  if (httpStatus >= 200 && httpStatus < 300) return { ...TAKEN, httpStatus };
  const error =
    httpStatus >= 300 && httpStatus < 400
      ? `The receiver answered ${httpStatus}. Redirects are not followed: give the address that it leads to.`
      : `The receiver answered ${httpStatus}.`;
  return { error, httpStatus, askedMs: retryAfterMs(retryAfter, nowMs), isFinal: httpStatus === GONE };
}

function headerOf(value: string | string[] | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function faultOf(error: unknown, isLate: boolean, timeoutMs: number): string {
  if (isLate) return `The receiver did not answer within ${timeoutMs} ms.`;
  if (error instanceof UpstreamError) return `The receiver cannot be reached (${error.message}).`;
  throw error;
}
