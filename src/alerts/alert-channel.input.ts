import { ArgsType, Field, ID, InputType } from 'type-graphql';
import type { AlertSeverity } from '../domain/alerts/alert-message';
import type { ChannelType } from '../domain/alerts/channel';
import { LimitScopeEnum } from '../limits/limit.enum';
import { PageArgs } from '../platform/graphql/page.args';
import { AlertChannelTypeEnum } from './alert-channel.enum';
import type { AlertChannelFilter } from './alert-channel.repository';
import { AlertKindEnum, AlertSeverityEnum } from './alert.enum';
import type { CreateAlertChannel, UpdateAlertChannel } from './channel-input';
import type { RedeliverAlert } from './delivery.service';

@InputType('AlertChannelFilter', { description: 'Which channels to list. All conditions must hold.' })
export class AlertChannelFilterInput implements AlertChannelFilter {
  @Field(() => ID, { nullable: true, description: 'Only those of this organization and its teams.' })
  organizationId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those of this team.' })
  teamId?: string | null;

  @Field(() => AlertChannelTypeEnum, { nullable: true, description: 'Only those of this type.' })
  type?: ChannelType | null;
}

@ArgsType()
export class AlertChannelsArgs extends PageArgs {
  @Field(() => AlertChannelFilterInput, {
    nullable: true,
    description: 'Which channels to list; all that are not deleted by default.',
  })
  filter?: AlertChannelFilterInput | null;
}

@InputType('CreateAlertChannelInput', { description: 'A new channel for alerts.' })
export class CreateAlertChannelInput implements CreateAlertChannel {
  @Field(() => ID, {
    nullable: true,
    description:
      'The organization whose alerts it is told; without it and a team, those of the whole server.',
  })
  organizationId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The team whose alerts it is told.' })
  teamId?: string | null;

  @Field(() => AlertChannelTypeEnum, { description: 'How it is told.' })
  type: ChannelType;

  @Field(() => String, { description: 'Name for people.' })
  name: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Address of the receiver, https. It is never returned. PAGERDUTY has one by default, and EMAIL none.',
  })
  url?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Integration key of PagerDuty, for PAGERDUTY alone. It is never returned.',
  })
  routingKey?: string | null;

  @Field(() => [String], { nullable: true, description: 'Addresses that get the mail, for EMAIL alone.' })
  recipients?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether alerts are sent to it; true by default.' })
  enabled?: boolean | null;

  @Field(() => [AlertKindEnum], {
    nullable: true,
    description: 'Kinds of alerts that it is told; all by default.',
  })
  kinds?: string[] | null;

  @Field(() => AlertSeverityEnum, {
    nullable: true,
    description: 'The least severity of alerts that it is told; INFO by default.',
  })
  minimumSeverity?: AlertSeverity | null;

  @Field(() => [LimitScopeEnum], {
    nullable: true,
    description: 'Scopes whose alerts it is told; all by default.',
  })
  scopes?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Makes a retry safe: the same key and input give the same channel.',
  })
  idempotencyKey?: string | null;
}

@InputType('UpdateAlertChannelInput', { description: 'Changes to a channel. What is absent stays.' })
export class UpdateAlertChannelInput implements UpdateAlertChannel {
  @Field(() => ID, { description: 'The channel to change.' })
  alertChannelId: string;

  @Field(() => String, { nullable: true, description: 'New name.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'New address of the receiver. It is never returned.' })
  url?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'New integration key of PagerDuty. It is never returned.',
  })
  routingKey?: string | null;

  @Field(() => [String], { nullable: true, description: 'New addresses that get the mail.' })
  recipients?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether alerts are sent to it.' })
  enabled?: boolean | null;

  @Field(() => [AlertKindEnum], {
    nullable: true,
    description: 'Kinds of alerts that it is told; null for all.',
  })
  kinds?: string[] | null;

  @Field(() => AlertSeverityEnum, {
    nullable: true,
    description: 'The least severity of alerts that it is told.',
  })
  minimumSeverity?: AlertSeverity | null;

  @Field(() => [LimitScopeEnum], {
    nullable: true,
    description: 'Scopes whose alerts it is told; null for all.',
  })
  scopes?: string[] | null;
}

@InputType('DeleteAlertChannelInput', { description: 'The channel to delete.' })
export class DeleteAlertChannelInput {
  @Field(() => ID, {
    description: 'The channel to delete. What waits to be sent to it is not sent any more.',
  })
  alertChannelId: string;
}

@InputType('RotateAlertChannelSecretInput', { description: 'The channel that gets a new secret.' })
export class RotateAlertChannelSecretInput {
  @Field(() => ID, { description: 'The channel, of type WEBHOOK or LITELLM_WEBHOOK.' })
  alertChannelId: string;
}

@InputType('TestAlertChannelInput', { description: 'The channel to try.' })
export class TestAlertChannelInput {
  @Field(() => ID, { description: 'The channel to try.' })
  alertChannelId: string;
}

@InputType('RedeliverAlertInput', { description: 'An alert to send again.' })
export class RedeliverAlertInput implements RedeliverAlert {
  @Field(() => ID, { description: 'The alert to send again.' })
  alertId: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The channel to send it to; by default all channels that it went to and the caller sees.',
  })
  alertChannelId?: string | null;
}
