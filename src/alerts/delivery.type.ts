import { Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionType } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node.type';
import { DateTimeScalar } from '../platform/graphql/scalars';
import { AlertDeliveryStateEnum } from './alert-channel.enum';
import type { MessageState } from './alert-message.entity';
import type { DeliveryRow } from './delivery.repository';

@ObjectType('AlertDelivery', {
  implements: Node,
  description: 'An alert that goes to a channel, and how that went. There is one for each alert and channel.',
})
export class AlertDelivery implements Node {
  @Field(() => ID, { description: 'Opaque id, prefixed `dlv_`.' })
  id: string;

  @Field(() => ID, {
    description:
      'Id of the message, the same at every attempt; webhooks get it as `webhook-id`. Alerts that were gathered share one.',
  })
  eventId: string;

  @Field(() => AlertDeliveryStateEnum, { description: 'How it stands.' })
  state: MessageState;

  @Field(() => Int, { description: 'How often it was sent.' })
  attempts: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it is sent next, at the earliest; null when it is not.',
  })
  nextAttemptAt: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was last sent; null before.' })
  lastAttemptAt: Date | null;

  @Field(() => Int, {
    nullable: true,
    description: 'HTTP status of the last answer; null when none came, and for mail.',
  })
  httpStatus: number | null;

  @Field(() => Int, { nullable: true, description: 'Milliseconds that the last attempt took; null before.' })
  durationMs: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why the last attempt failed, without secrets; null when it was taken.',
  })
  error: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the receiver took it; null before.' })
  deliveredAt: Date | null;

  @Field(() => DateTimeScalar, { description: 'When it was known that the alert goes to the channel.' })
  createdAt: Date;

  /** For the fields that are loaded; not in the schema. */
  alertId: string;
  channelId: string;
}

export const AlertDeliveryConnection = connectionType(AlertDelivery, 'AlertDelivery');

export function toAlertDelivery({ id, alertId, channelId, createdAt, message }: DeliveryRow): AlertDelivery {
  const { state, attempts, nextAttemptAt, lastAttemptAt, httpStatus, durationMs, error, deliveredAt } =
    message;
  return {
    ...{ id, alertId, channelId, createdAt, eventId: message.id },
    ...{ state, attempts, lastAttemptAt, httpStatus, durationMs, error, deliveredAt },
    nextAttemptAt: state === 'PENDING' ? nextAttemptAt : null,
  };
}
