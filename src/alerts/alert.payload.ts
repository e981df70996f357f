import { Field, ObjectType } from 'type-graphql';
import { Payload } from '../platform/graphql/payload';
import { AlertRule } from './alert-rule.type';
import { Alert } from './alert.type';

@ObjectType('AcknowledgeAlertPayload', { description: 'The outcome of `acknowledgeAlert`.' })
export class AcknowledgeAlertPayload extends Payload {
  @Field(() => Alert, { nullable: true, description: 'The alert; null when it was not acknowledged.' })
  alert?: Alert | null;
}

@ObjectType('CreateAlertRulePayload', { description: 'The outcome of `createAlertRule`.' })
export class CreateAlertRulePayload extends Payload {
  @Field(() => AlertRule, { nullable: true, description: 'The new rule; null when it was not made.' })
  alertRule?: AlertRule | null;
}

@ObjectType('UpdateAlertRulePayload', { description: 'The outcome of `updateAlertRule`.' })
export class UpdateAlertRulePayload extends Payload {
  @Field(() => AlertRule, {
    nullable: true,
    description: 'The rule as it is now; null when it was not changed.',
  })
  alertRule?: AlertRule | null;
}

@ObjectType('DeleteAlertRulePayload', { description: 'The outcome of `deleteAlertRule`.' })
export class DeleteAlertRulePayload extends Payload {
  @Field(() => AlertRule, {
    nullable: true,
    description: 'The rule as it was; null when it was not deleted.',
  })
  alertRule?: AlertRule | null;
}
