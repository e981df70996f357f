import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import type { AlertSeverity } from '../domain/alerts/alert-message';
import type { AlertKind } from '../domain/alerts/kinds';
import type { Digest, ReportPeriod, RuleScope } from '../domain/alerts/rule';
import type { LimitUnit } from '../domain/limits/scope';
import { LimitUnitEnum } from '../limits/limit.enum';
import { PageArgs } from '../platform/graphql/page.args';
import { DateTimeScalar, DecimalScalar } from '../platform/graphql/scalars';
import { AlertDigestEnum, AlertRuleScopeEnum, ReportPeriodEnum } from './alert-rule.enum';
import type { AlertRuleTerms, CreateAlertRule, UpdateAlertRule } from './alert-rule-input';
import type { AlertRuleFilter } from './alert-rule.repository';
import { AlertKindEnum, AlertSeverityEnum } from './alert.enum';

@InputType('AlertRuleFilter', { description: 'Which alert rules to list. All conditions must hold.' })
export class AlertRuleFilterInput implements AlertRuleFilter {
  @Field(() => AlertKindEnum, { nullable: true, description: 'Only those that watch this.' })
  kind?: AlertKind | null;

  @Field(() => AlertRuleScopeEnum, { nullable: true, description: 'Only those of this scope.' })
  scope?: RuleScope | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Only those of this limit, key, project, team or organization.',
  })
  scopeId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those inside this organization.' })
  organizationId?: string | null;
}

@ArgsType()
export class AlertRulesArgs extends PageArgs {
  @Field(() => AlertRuleFilterInput, { nullable: true, description: 'Which rules to list; all by default.' })
  filter?: AlertRuleFilterInput | null;
}

/** What can be said of a new rule, and of one that is there. */
@InputType({ description: 'The terms of an alert rule.' })
abstract class AlertRuleTermsInput implements AlertRuleTerms {
  @Field(() => String, { nullable: true, description: 'Name for people.' })
  name?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it raises alerts. Switched off, it silences those of wider places where it holds.',
  })
  enabled?: boolean | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'It raises none before; null to unmute it.' })
  mutedUntil?: Date | null;

  @Field(() => AlertSeverityEnum, {
    nullable: true,
    description: 'What its alerts are worth; null to go by what happened.',
  })
  severity?: AlertSeverity | null;

  @Field(() => [DecimalScalar], {
    nullable: true,
    description:
      'THRESHOLD: percentages of limits, such as ["60", "90", "120"]; null for those of each limit.',
  })
  thresholds?: string[] | null;

  @Field(() => [DecimalScalar], { nullable: true, description: 'THRESHOLD: amounts of `unit`.' })
  amounts?: string[] | null;

  @Field(() => LimitUnitEnum, {
    nullable: true,
    description: 'Only limits of this unit; needed with `amounts`.',
  })
  unit?: LimitUnit | null;

  @Field(() => Int, {
    nullable: true,
    description: 'For how many minutes the same is not told again; 60 by default.',
  })
  cooldownMinutes?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Local time of day from which alerts are held back, such as "22:00"; null for no quiet hours.',
  })
  quietFrom?: string | null;

  @Field(() => String, { nullable: true, description: 'Local time of day at which they are told.' })
  quietUntil?: string | null;

  @Field(() => String, { nullable: true, description: 'Time zone of all of its times; UTC by default.' })
  timezone?: string | null;

  @Field(() => AlertDigestEnum, {
    nullable: true,
    description: 'How its alerts are gathered; NONE by default.',
  })
  digest?: Digest | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Channels that are told; null for all that hear of the place, none for an empty list.',
  })
  channelIds?: string[] | null;

  @Field(() => Int, { nullable: true, description: 'KEY_EXPIRING: days before the end; 7 by default.' })
  daysBefore?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'PROVIDER_FAILING: percentage of failed calls; 50 by default.',
  })
  failurePercent?: number | null;

  @Field(() => Int, { nullable: true, description: 'PROVIDER_FAILING: from how many calls; 20 by default.' })
  minimumCalls?: number | null;

  @Field(() => Int, { nullable: true, description: 'SPEND_ANOMALY: days to compare with; 14 by default.' })
  baselineDays?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'SPEND_ANOMALY: standard deviations above their mean; 3 by default.',
  })
  deviations?: number | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'SPEND_ANOMALY: USD below which no day is unusual; 10 by default.',
  })
  minimumUsd?: string | null;

  @Field(() => ReportPeriodEnum, {
    nullable: true,
    description: 'SPEND_REPORT: how often; WEEKLY by default.',
  })
  period?: ReportPeriod | null;
}

@InputType('CreateAlertRuleInput', { description: 'A new alert rule.' })
export class CreateAlertRuleInput extends AlertRuleTermsInput implements CreateAlertRule {
  @Field(() => AlertKindEnum, { description: 'What it watches.' })
  kind: AlertKind;

  @Field(() => AlertRuleScopeEnum, { description: 'Where it holds.' })
  scope: RuleScope;

  @Field(() => ID, {
    nullable: true,
    description: 'The limit, key, project, team or organization; none for SERVER.',
  })
  scopeId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Makes a retry safe: the same key and input give the same rule.',
  })
  idempotencyKey?: string | null;
}

@InputType('UpdateAlertRuleInput', { description: 'New terms of a rule. What is left out stays as it is.' })
export class UpdateAlertRuleInput extends AlertRuleTermsInput implements UpdateAlertRule {
  @Field(() => ID, { description: 'The rule.' })
  alertRuleId: string;
}

@InputType('DeleteAlertRuleInput', { description: 'The rule to delete.' })
export class DeleteAlertRuleInput {
  @Field(() => ID, { description: 'The rule.' })
  alertRuleId: string;
}
