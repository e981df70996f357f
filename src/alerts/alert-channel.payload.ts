import { Field, Int, ObjectType } from 'type-graphql';
import { Payload } from '../platform/graphql/payload';
import { AlertChannel } from './alert-channel.type';
import { AlertDelivery } from './delivery.type';

@ObjectType('CreateAlertChannelPayload', { description: 'The outcome of `createAlertChannel`.' })
export class CreateAlertChannelPayload extends Payload {
  @Field(() => AlertChannel, { nullable: true, description: 'The new channel; null when it was not made.' })
  alertChannel?: AlertChannel | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The secret (`whsec_…`) that signs what is sent to a webhook. Shown this once and never again: keep it now. Null ' +
      'for other types, and when the channel was not made or by an earlier attempt with the same idempotencyKey.',
  })
  secret?: string | null;
}

@ObjectType('UpdateAlertChannelPayload', { description: 'The outcome of `updateAlertChannel`.' })
export class UpdateAlertChannelPayload extends Payload {
  @Field(() => AlertChannel, {
    nullable: true,
    description: 'The changed channel; null when it was not changed.',
  })
  alertChannel?: AlertChannel | null;
}

@ObjectType('DeleteAlertChannelPayload', { description: 'The outcome of `deleteAlertChannel`.' })
export class DeleteAlertChannelPayload extends Payload {
  @Field(() => AlertChannel, {
    nullable: true,
    description: 'The deleted channel; null when it was not deleted.',
  })
  alertChannel?: AlertChannel | null;
}

@ObjectType('RotateAlertChannelSecretPayload', { description: 'The outcome of `rotateAlertChannelSecret`.' })
export class RotateAlertChannelSecretPayload extends Payload {
  @Field(() => AlertChannel, {
    nullable: true,
    description: 'The channel; null when its secret was not changed.',
  })
  alertChannel?: AlertChannel | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The new secret. Shown this once and never again. The one before signs too, for a day. Null when it was not changed.',
  })
  secret?: string | null;
}

@ObjectType('TestAlertChannelPayload', { description: 'The outcome of `testAlertChannel`.' })
export class TestAlertChannelPayload extends Payload {
  @Field(() => AlertChannel, {
    nullable: true,
    description: 'The channel that was tried; null when none was.',
  })
  alertChannel?: AlertChannel | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the receiver took it; null when nothing was sent.',
  })
  delivered?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description: 'HTTP status of the answer; null when none came, and for mail.',
  })
  httpStatus?: number | null;

  @Field(() => Int, { nullable: true, description: 'Milliseconds that it took; null when nothing was sent.' })
  durationMs?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why the receiver did not take it, without secrets; null when it did.',
  })
  error?: string | null;
}

@ObjectType('RedeliverAlertPayload', { description: 'The outcome of `redeliverAlert`.' })
export class RedeliverAlertPayload extends Payload {
  @Field(() => [AlertDelivery], {
    nullable: true,
    description: 'The deliveries that are sent again; null when none is.',
  })
  deliveries?: AlertDelivery[] | null;
}
