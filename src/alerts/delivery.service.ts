import type { DataSource } from 'typeorm';
import type { RequestContext } from '../access/context';
import { requireRule, RULES } from '../access/rules';
import { recordEvent } from '../audit/audit-entry.repository';
import { NO_OWNER, type Notice } from '../domain/alerts/alert-message';
import { newId } from '../domain/ids';
import { ok, type Result } from '../domain/result';
import { issue, type UserIssue } from '../platform/user-issue';
import type { AlertChannelService } from './alert-channel.service';
import type { AlertChannelEntity } from './alert-channel.entity';
import { deliveriesToRepeat, findDeliveries, type DeliveryRow } from './delivery.repository';
import type { DestinationBook } from './destination-book';
import { sendAgain } from './message.repository';
import type { NoticeSender, SendOutcome } from './notice-sender';

export interface RedeliverAlert {
  readonly alertId: string;
  readonly alertChannelId?: string | null | undefined;
}

/** What came of trying a channel. */
export interface ChannelTest extends Pick<SendOutcome, 'error' | 'httpStatus' | 'durationMs'> {
  readonly channel: AlertChannelEntity;
}

export interface AlertDeliveryParts {
  readonly db: DataSource;
  readonly channels: Pick<AlertChannelService, 'administered'>;
  readonly destinations: DestinationBook;
  readonly sender: Pick<NoticeSender, 'send'>;
  readonly maxAttempts: number;
  /** Lets what is due be looked for. */
  readonly wake: () => void;
}

/** Tries channels, and repeats deliveries. */
export class AlertDeliveryService {
  constructor(private readonly parts: AlertDeliveryParts) {}

  /** Sends a test now, once, and tells what came of it. It is no delivery: nothing is kept of it. */
  async test(ctx: RequestContext, alertChannelId: string): Promise<Result<ChannelTest, UserIssue[]>> {
    const { channels, destinations, sender } = this.parts;
    const found = await channels.administered(ctx, alertChannelId);
    if (!found.ok) return found;
    const channel = found.value;
    const destination = await destinations.find({ channelId: channel.id, recipients: null });
    if (!destination.ok) return issue('CONFLICT', 'alertChannelId', destination.error);
    const outcome = await sender.send(testNotice(channel, ctx.clock.now()), destination.value);
    await recordEvent(this.parts.db.manager, {
      ...{ subjectType: 'AlertChannel', subjectId: channel.id, organizationId: channel.organizationId },
      after: { test_error: outcome.error, test_http_status: outcome.httpStatus },
    });
    return ok({ channel, ...outcome });
  }

  /** Sends an alert again, under the id that its message has, to the channels that it went to. */
  async redeliver(ctx: RequestContext, input: RedeliverAlert): Promise<Result<DeliveryRow[], UserIssue[]>> {
    requireRule(ctx.principal, RULES.signedIn);
    const { db, channels, maxAttempts } = this.parts;
    const { alertId } = input;
    const channelId = input.alertChannelId ?? null;
    const found = await deliveriesToRepeat(db.manager, ctx.visibility, alertId, channelId);
    if (found.length === 0)
      return issue('NOT_FOUND', 'alertId', `There is no alert "${alertId}" that went to such a channel.`);
    const channelIds = [...new Set(found.map((each) => each.channelId))];
    let organizationId: string | null = null;
    for (const id of channelIds) {
      const administered = await channels.administered(ctx, id);
      if (!administered.ok) return administered;
      organizationId = administered.value.organizationId;
    }
    const now = new Date(ctx.clock.now());
    await db.transaction(async (manager) => {
      for (const id of new Set(found.map((each) => each.messageId))) {
        await sendAgain(manager, id, maxAttempts, now);
      }
      const after = { redelivered_to: channelIds };
      await recordEvent(manager, { subjectType: 'Alert', subjectId: alertId, organizationId, after });
    });
    this.parts.wake();
    return ok(
      await findDeliveries(
        db.manager,
        ctx.visibility,
        found.map(({ id }) => id),
      ),
    );
  }
}

export function testNotice(
  { id, name, organizationId, teamId }: Pick<AlertChannelEntity, 'id' | 'name' | 'organizationId' | 'teamId'>,
  nowMs: number,
): Notice {
  const at = new Date(nowMs).toISOString();
  const eventId = newId('alertMessage', nowMs);
  return {
    eventId,
    createdAt: at,
    isTest: true,
    alerts: [
      {
        id: eventId,
        kind: 'TEST',
        severity: 'INFO',
        organizationId,
        scope: teamId !== null ? 'TEAM' : organizationId !== null ? 'ORGANIZATION' : 'SERVER',
        scopeId: teamId ?? organizationId ?? 'server',
        limitId: null,
        windowStart: null,
        windowEnd: null,
        threshold: null,
        subject: name,
        title: `The alert channel "${name}" works`,
        message: 'Somebody tried this channel. Nothing has happened, and nothing is to be done.',
        details: { channel: id },
        dedupeKey: `test ${eventId}`,
        raisedAt: at,
        owner: NO_OWNER,
      },
    ],
  };
}
