import { Field, ID, ObjectType } from 'type-graphql';
import type { AlertSeverity } from '../domain/alerts/alert-message';
import type { ChannelType } from '../domain/alerts/channel';
import { LimitScopeEnum } from '../limits/limit.enum';
import { connectionType } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node.type';
import { DateTimeScalar } from '../platform/graphql/scalars';
import { AlertChannelSourceEnum, AlertChannelTypeEnum } from './alert-channel.enum';
import type { AlertChannelEntity } from './alert-channel.entity';
import { AlertKindEnum, AlertSeverityEnum } from './alert.enum';

@ObjectType('AlertChannel', {
  implements: Node,
  description:
    'Where alerts are sent. Its address and secrets are encrypted and never returned, since whoever has them can write to it.',
})
export class AlertChannel implements Node {
  @Field(() => ID, { description: 'Opaque id, prefixed `chan_`.' })
  id: string;

  @Field(() => String, { description: 'Name for people.' })
  name: string;

  @Field(() => AlertChannelTypeEnum, { description: 'How it is told.' })
  type: ChannelType;

  @Field(() => AlertChannelSourceEnum, { description: 'Where it comes from.' })
  source: 'API' | 'CONFIG';

  @Field(() => String, {
    nullable: true,
    description: 'Scheme and host of the receiver, such as `https://hooks.slack.com`; null for mail.',
  })
  target: string | null;

  @Field(() => [String], { description: 'The addresses that get its mail; none for other types.' })
  recipients: string[];

  @Field(() => Boolean, { description: 'Whether alerts are sent to it. What waits meanwhile is sent later.' })
  enabled: boolean;

  @Field(() => [AlertKindEnum], {
    nullable: true,
    description: 'Kinds of alerts that it is told; null for all.',
  })
  kinds: string[] | null;

  @Field(() => AlertSeverityEnum, { description: 'The least severity of alerts that it is told.' })
  minimumSeverity: AlertSeverity;

  @Field(() => [LimitScopeEnum], {
    nullable: true,
    description: 'Scopes whose alerts it is told; null for all.',
  })
  scopes: string[] | null;

  @Field(() => String, { description: 'Who made it: the id of a user, `master`, or `configuration`.' })
  createdBy: string;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt: Date;

  @Field(() => DateTimeScalar, { description: 'When it was last changed.' })
  updatedAt: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was deleted; null while it is not.' })
  deletedAt: Date | null;

  /** For the fields that are loaded; not in the schema. */
  organizationId: string | null;
  teamId: string | null;
}

export const AlertChannelConnection = connectionType(AlertChannel, 'AlertChannel');

export function toAlertChannel(row: AlertChannelEntity): AlertChannel {
  const { id, name, type, source, target, recipients, enabled, kinds, minimumSeverity, scopes } = row;
  const { createdBy, createdAt, updatedAt, deletedAt, organizationId, teamId } = row;
  return {
    ...{ id, name, type, source, target, recipients, enabled, kinds, minimumSeverity, scopes },
    ...{ createdBy, createdAt, updatedAt, deletedAt, organizationId, teamId },
  };
}
