import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { AlertSeverity } from '../domain/alerts/alert-message';
import type { AlertKind } from '../domain/alerts/kinds';
import { completeSettings, type Digest, type ReportPeriod, type RuleScope } from '../domain/alerts/rule';
import type { LimitUnit } from '../domain/limits/scope';
import { LimitUnitEnum } from '../limits/limit.enum';
import { connectionType } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node.type';
import { DateTimeScalar, DecimalScalar } from '../platform/graphql/scalars';
import { AlertDigestEnum, AlertRuleScopeEnum, ReportPeriodEnum } from './alert-rule.enum';
import type { AlertRuleEntity } from './alert-rule.entity';
import { AlertKindEnum, AlertSeverityEnum } from './alert.enum';

@ObjectType('AlertRule', {
  implements: Node,
  description:
    'What is watched in a place, and how those who watch are told. The rules of the nearest place that has any of a kind ' +
    'count: limit, key, project, team, organization, server. One that is switched off there silences those of wider places.',
})
export class AlertRule implements Node {
  @Field(() => ID, { description: 'Opaque id, prefixed `rule_`.' })
  id: string;

  @Field(() => AlertKindEnum, { description: 'What it watches.' })
  kind: AlertKind;

  @Field(() => AlertRuleScopeEnum, { description: 'Where it holds.' })
  scope: RuleScope;

  @Field(() => ID, { description: 'The limit, key, project, team or organization; `server` for SERVER.' })
  scopeId: string;

  @Field(() => String, { description: 'Name for people.' })
  name: string;

  @Field(() => Boolean, { description: 'Whether it raises alerts.' })
  enabled: boolean;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'It raises none before; null when it is not muted.',
  })
  mutedUntil: Date | null;

  @Field(() => AlertSeverityEnum, {
    nullable: true,
    description: 'What its alerts are worth; null when that goes by what happened.',
  })
  severity: AlertSeverity | null;

  @Field(() => [DecimalScalar], {
    nullable: true,
    description: 'Percentages of a limit. Null, with null `amounts`: the `alertThresholds` of each limit.',
  })
  thresholds: string[] | null;

  @Field(() => [DecimalScalar], { nullable: true, description: 'Amounts of `unit`; null for none.' })
  amounts: string[] | null;

  @Field(() => LimitUnitEnum, { nullable: true, description: 'Only limits of this unit; null for all.' })
  unit: LimitUnit | null;

  @Field(() => Int, {
    description:
      'For how many minutes the same is not told again: the same threshold of a limit whose windows are short, the same ' +
      'provider, the same model.',
  })
  cooldownMinutes: number;

  @Field(() => String, {
    nullable: true,
    description:
      'Local time of day from which alerts are held back, such as "22:00"; null for no quiet hours.',
  })
  quietFrom: string | null;

  @Field(() => String, { nullable: true, description: 'Local time of day at which they are told.' })
  quietUntil: string | null;

  @Field(() => String, { description: 'Time zone of quiet hours, digests, days and reports.' })
  timezone: string;

  @Field(() => AlertDigestEnum, { description: 'How its alerts are gathered.' })
  digest: Digest;

  @Field(() => Int, { nullable: true, description: 'KEY_EXPIRING: days before the end; else null.' })
  daysBefore: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'PROVIDER_FAILING: percentage of failed calls in half an hour; else null.',
  })
  failurePercent: number | null;

  @Field(() => Int, { nullable: true, description: 'PROVIDER_FAILING: from how many calls; else null.' })
  minimumCalls: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'SPEND_ANOMALY: days that a day is compared with; else null.',
  })
  baselineDays: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'SPEND_ANOMALY: standard deviations above the mean of those days; else null.',
  })
  deviations: number | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'SPEND_ANOMALY: USD below which no day is unusual; else null.',
  })
  minimumUsd: string | null;

  @Field(() => ReportPeriodEnum, { nullable: true, description: 'SPEND_REPORT: how often; else null.' })
  period: ReportPeriod | null;

  @Field(() => String, {
    description: 'Who made it: the id of a user, `master`, or `spendgraph` for what every server has.',
  })
  createdBy: string;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt: Date;

  @Field(() => DateTimeScalar, { description: 'When it was last changed.' })
  updatedAt: Date;

  /** For the edges. */
  readonly organizationId: string | null;
  readonly channelIds: readonly string[] | null;
}

export const AlertRuleConnection = connectionType(AlertRule, 'AlertRule');

export function toAlertRule(row: AlertRuleEntity): AlertRule {
  const { id, kind, scope, scopeId, name, enabled, mutedUntil, severity, organizationId, channelIds } = row;
  const { thresholds, amounts, unit, cooldownMinutes, timezone, digest, createdBy, createdAt, updatedAt } =
    row;
  const settings = completeSettings(row.settings);
  const of = <T>(owner: AlertKind, value: T): T | null => (kind === owner ? value : null);
  return {
    ...{ id, kind, scope, scopeId, name, enabled, mutedUntil, severity, organizationId, channelIds },
    ...{ thresholds, amounts, unit, cooldownMinutes, timezone, digest, createdBy, createdAt, updatedAt },
    quietFrom: timeOfDay(row.quietFromMinutes),
    quietUntil: timeOfDay(row.quietUntilMinutes),
    daysBefore: of('KEY_EXPIRING', settings.daysBefore),
    failurePercent: of('PROVIDER_FAILING', settings.failurePercent),
    minimumCalls: of('PROVIDER_FAILING', settings.minimumCalls),
    baselineDays: of('SPEND_ANOMALY', settings.baselineDays),
    deviations: of('SPEND_ANOMALY', settings.deviations),
    minimumUsd: of('SPEND_ANOMALY', settings.minimumUsd),
    period: of('SPEND_REPORT', settings.period),
  };
}

function timeOfDay(minutes: number | null): string | null {
  if (minutes === null) return null;
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
