import { ArgsType, Field, ID, InputType } from 'type-graphql';
import type { AlertSeverity } from '../domain/alerts/alert-message';
import type { AlertKind } from '../domain/alerts/kinds';
import { PageArgs } from '../platform/graphql/page.args';
import { DateTimeScalar } from '../platform/graphql/scalars';
import { AlertKindEnum, AlertSeverityEnum } from './alert.enum';
import type { AlertScope } from './alert-feed';
import type { AlertFilter } from './alert.repository';
import type { AcknowledgeAlert } from './alert.service';

@InputType('AlertFilter', { description: 'Which alerts to list. All conditions must hold.' })
export class AlertFilterInput implements AlertFilter {
  @Field(() => AlertKindEnum, { nullable: true, description: 'Only those of this kind.' })
  kind?: AlertKind | null;

  @Field(() => AlertSeverityEnum, { nullable: true, description: 'Only those of this severity.' })
  severity?: AlertSeverity | null;

  @Field(() => Boolean, { nullable: true, description: 'Only those that are, or are not, acknowledged.' })
  acknowledged?: boolean | null;

  @Field(() => ID, { nullable: true, description: 'Only those of this organization.' })
  organizationId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those of this team.' })
  teamId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those of this virtual key.' })
  keyId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those of this limit.' })
  limitId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those that this rule raised.' })
  ruleId?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Only those raised then or later.' })
  from?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Only those raised before.' })
  to?: Date | null;
}

@ArgsType()
export class AlertsArgs extends PageArgs {
  @Field(() => AlertFilterInput, { nullable: true, description: 'Which alerts to list; all by default.' })
  filter?: AlertFilterInput | null;
}

@InputType('AlertScopeInput', { description: 'Whose alerts to follow. All conditions must hold.' })
export class AlertScopeInput implements AlertScope {
  @Field(() => ID, { nullable: true, description: 'Only those of this organization.' })
  organizationId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those of this team.' })
  teamId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those of this virtual key.' })
  keyId?: string | null;
}

@InputType('AcknowledgeAlertInput', { description: 'An alert that somebody sees to.' })
export class AcknowledgeAlertInput implements AcknowledgeAlert {
  @Field(() => ID, { description: 'The alert.' })
  alertId: string;

  @Field(() => String, { nullable: true, description: 'What is done about it, for people.' })
  note?: string | null;
}
