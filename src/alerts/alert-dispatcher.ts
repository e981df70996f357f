import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { AlertMessage, Notice } from '../domain/alerts/alert-message';
import { retryDelayMs } from '../domain/alerts/retry-delay';
import { newId } from '../domain/ids';
import type { Clock } from '../platform/clock';
import type { Log } from '../platform/logger';
import type { AlertMessageEntity } from './alert-message.entity';
import type { DestinationBook } from './destination-book';
import { fanOut } from './fan-out';
import { claimMessages, insertResolutions, recordAttempt, releaseMessage } from './message.repository';
import type { NoticeSender, SendOutcome } from './notice-sender';
import { alertsOfMessages } from './outbox.repository';

export interface DispatcherParts {
  readonly db: DataSource;
  readonly clock: Clock;
  readonly log: Log;
  readonly sender: Pick<NoticeSender, 'send'>;
  readonly destinations: DestinationBook;
  /** From 0 to 1, for the part of a pause that is by chance. */
  readonly random: () => number;
  readonly maxAttempts: number;
  /** Longer than any attempt takes. */
  readonly leaseMs: number;
  readonly intervalMs: number;
  /** How long attempts under way may take once the server stops. */
  readonly drainMs: number;
}

const MAX_PARALLEL = 16;
const MAX_PER_CHANNEL = 2;
/** For what is given up to be given back. */
const GIVE_UP_MS = 1_000;

/**
 * Sends what is due, in the background of the calls: it has its own connections to receivers, and a bounded number of
 * attempts is under way at once. Any number of processes may do so at the same time.
 */
export class AlertDispatcher {
  /** Attempts that were taken, that failed and are tried again, and messages that were given up. */
  readonly counts = { delivered: 0, failed: 0, dead: 0 };
  private readonly active = new Map<Promise<void>, string>();
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | null = null;
  private pumping: Promise<void> | null = null;
  private isAskedAgain = false;
  private isStopped = false;
  private isFailing = false;

  constructor(private readonly parts: DispatcherParts) {}

  start(): void {
    this.timer = setInterval(() => this.wake(), this.parts.intervalMs);
    this.wake();
  }

  /** Looks for what is due, soon. */
  wake(): void {
    if (this.timer === null) return;
    this.isAskedAgain = true;
    this.pumping ??= this.pump().finally(() => (this.pumping = null));
  }

  /** Sends everything that is due and waits until it was sent. */
  async deliverDue(): Promise<void> {
    do {
      await this.fillUp();
      await Promise.all(this.active.keys());
    } while (await this.fillUp());
  }

  /** Takes nothing new, and gives up what is not done by the deadline: another process sends that once more. */
  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
    this.isStopped = true;
    const drained = (async () => {
      await this.pumping;
      await Promise.all(this.active.keys());
    })();
    const waiting = new AbortController();
    const late = async (): Promise<void> => {
      await delay(this.parts.drainMs, undefined, { signal: waiting.signal });
      this.stopping.abort();
      // A mail cannot be given up; its lease ends by itself.
      await delay(GIVE_UP_MS, undefined, { signal: waiting.signal });
    };
    await Promise.race([drained, late().catch(() => undefined)]);
    waiting.abort();
    this.stopping.abort();
  }

  private async pump(): Promise<void> {
    while (this.isAskedAgain && this.timer !== null) {
      this.isAskedAgain = false;
      try {
        await this.fillUp();
        this.isFailing = false;
      } catch (error) {
        // Told once: while the database is away every round fails alike.
        if (!this.isFailing)
          this.parts.log.warn({ err: error }, 'Alerts could not be delivered; further rounds try again.');
        this.isFailing = true;
      }
    }
  }

  /** Begins as many attempts as there is room for. Returns whether it began any. */
  private async fillUp(): Promise<boolean> {
    const { db, clock, maxAttempts, leaseMs, destinations } = this.parts;
    if (this.isStopped) return false;
    await fanOut(db, clock, maxAttempts);
    const now = new Date(clock.now());
    const nextId = (): string => newId('alertMessage', now.getTime());
    await db.transaction((manager) => insertResolutions(manager, nextId, maxAttempts, now));
    const limit = MAX_PARALLEL - this.active.size;
    if (limit <= 0) return false;
    const messages = await claimMessages(db.manager, {
      ...{ now, limit },
      leaseUntil: new Date(now.getTime() + leaseMs),
      perChannel: MAX_PER_CHANNEL,
      busyChannelIds: this.busyChannels(),
      configuredIds: destinations.configuredIds,
    });
    // The alerts of a resolution are those of the message whose incident it ends.
    const alerts = await alertsOfMessages(
      db.manager,
      messages.map((each) => each.resolvesId ?? each.id),
    );
    for (const message of messages) this.begin(message, alerts.get(message.resolvesId ?? message.id) ?? []);
    return messages.length > 0;
  }

  private begin(message: AlertMessageEntity, alerts: readonly AlertMessage[]): void {
    const attempt = this.attempt(message, alerts)
      .catch((error: unknown) => {
        this.parts.log.warn(
          { err: error, messageId: message.id },
          'An attempt to deliver an alert broke off.',
        );
      })
      .finally(() => {
        this.active.delete(attempt);
        this.wake();
      });
    this.active.set(attempt, message.channelId);
  }

  private async attempt(message: AlertMessageEntity, alerts: readonly AlertMessage[]): Promise<void> {
    const { db, sender, destinations } = this.parts;
    const destination = await destinations.find(message);
    const action = message.resolvesId === null ? 'trigger' : 'resolve';
    const { signal } = this.stopping;
    const outcome = destination.ok
      ? await sender.send(noticeOf(message, alerts), destination.value, action, signal)
      : { error: destination.error, httpStatus: null, durationMs: 0, askedMs: null, isFinal: false };
    if (signal.aborted && outcome.error !== null) await releaseMessage(db.manager, message);
    else await this.record(message, outcome);
  }

  private async record(message: AlertMessageEntity, outcome: SendOutcome): Promise<void> {
    const { db, clock, random, log, maxAttempts } = this.parts;
    const now = new Date(clock.now());
    const { error, httpStatus, durationMs } = outcome;
    const isDead = error !== null && (outcome.isFinal || message.triesLeft <= 0);
    const state = error === null ? 'DELIVERED' : isDead ? 'DEAD' : 'PENDING';
    const pauseMs = retryDelayMs(maxAttempts - message.triesLeft, random(), outcome.askedMs);
    const recorded = await recordAttempt(db.manager, message, {
      ...{ state, error, httpStatus, durationMs },
      deliveredAt: error === null ? now : null,
      nextAttemptAt: new Date(now.getTime() + pauseMs),
    });
    if (!recorded) return;
    if (state === 'DELIVERED') this.counts.delivered += 1;
    if (error !== null) this.counts.failed += 1;
    if (state !== 'DEAD') return;
    this.counts.dead += 1;
    const { id: messageId, channelId, attempts } = message;
    log.warn(
      { messageId, channelId, attempts, error },
      'An alert was given up: its channel does not take it.',
    );
  }

  private busyChannels(): string[] {
    const counts = new Map<string, number>();
    for (const channelId of this.active.values()) counts.set(channelId, (counts.get(channelId) ?? 0) + 1);
    return [...counts].filter(([, count]) => count >= MAX_PER_CHANNEL).map(([channelId]) => channelId);
  }
}

function noticeOf(message: AlertMessageEntity, alerts: readonly AlertMessage[]): Notice {
  return { eventId: message.id, alerts, createdAt: message.createdAt.toISOString(), isTest: false };
}
