import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { type Enforcement, type LimitScope, type LimitUnit } from '../domain/limits/scope';
import { customerScopeId } from '../domain/limits/customer-scope';
import type { StoreFailurePolicy } from '../domain/limits/store-failure';
import { teamMemberScopeId } from '../domain/limits/team-member-scope';
import type { WindowAlignment, WindowPeriod } from '../domain/limits/window-spec';
import { DEFAULT_ORGANIZATION_ID } from '../organizations/organization.entity';
import { PageArgs } from '../platform/graphql/page.args';
import { DateTimeScalar, DecimalScalar } from '../platform/graphql/scalars';
import type { LimitTerms, SetLimit, UpdateLimit, WindowInput } from './limit-input';
import { LimitPolicyInput } from './limit-policy.input';
import {
  LimitEnforcementEnum,
  LimitScopeEnum,
  LimitUnitEnum,
  StoreFailurePolicyEnum,
  WindowAlignmentEnum,
  WindowPeriodEnum,
} from './limit.enum';
import type { LimitFilter } from './limit.repository';

@InputType('LimitFilter', { description: 'Which limits to list. All conditions must hold.' })
export class LimitFilterInput {
  @Field(() => LimitScopeEnum, { nullable: true, description: 'Only those on this kind of thing.' })
  scope?: LimitScope | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Only those on this one: its id, or the name of a tag, model or provider. The team for TEAM_MEMBER, and for ' +
      'CUSTOMER the id that applications send, of the organization named or else of the default one.',
  })
  scopeId?: string | null;

  @Field(() => ID, { nullable: true, description: 'With TEAM_MEMBER and `scopeId`: the member.' })
  memberId?: string | null;

  @Field(() => LimitUnitEnum, { nullable: true, description: 'Only those that count this.' })
  unit?: LimitUnit | null;

  @Field(() => ID, { nullable: true, description: 'Only those inside this organization.' })
  organizationId?: string | null;
}

@ArgsType()
export class LimitsArgs extends PageArgs {
  @Field(() => LimitFilterInput, {
    nullable: true,
    description: 'Which limits to list; all visible ones by default.',
  })
  filter?: LimitFilterInput | null;
}

@InputType('LimitWindowInput', {
  description:
    'How to cut time into windows. What is left out: one period, by the calendar, in the time zone of the server.',
})
export class LimitWindowInput implements WindowInput {
  @Field(() => WindowPeriodEnum, { description: 'What the windows are made of.' })
  period: WindowPeriod;

  @Field(() => Int, { nullable: true, description: 'Periods per window; 1 by default.' })
  count?: number | null;

  @Field(() => WindowAlignmentEnum, {
    nullable: true,
    description: 'Where the windows begin; by the calendar by default, at the anchor when one is given.',
  })
  alignment?: WindowAlignment | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Where rolling windows begin.' })
  anchorAt?: Date | null;

  @Field(() => String, { nullable: true, description: 'IANA time zone, such as "Europe/Berlin".' })
  timezone?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'When a day begins, in minutes after midnight; 0 by default.',
  })
  startOfDayMinutes?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Day on which a week begins: 1 is Monday (default), 7 Sunday.',
  })
  firstDayOfWeek?: number | null;

  @Field(() => Int, { nullable: true, description: 'Month in which a year begins, 1 (default) to 12.' })
  fiscalStartMonth?: number | null;
}

@InputType({ description: 'The terms of a limit.' })
abstract class LimitTermsInput extends LimitPolicyInput implements LimitTerms {
  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Amount from which alerts are raised but nothing is refused; null for none.',
  })
  softAmount?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The window in LiteLLM\'s words, such as "30d", "1mo" or "monthly". Not together with `window`.',
  })
  duration?: string | null;

  @Field(() => LimitWindowInput, {
    nullable: true,
    description: 'The window. Without it and `duration` a new limit has one window that never ends.',
  })
  window?: LimitWindowInput | null;

  @Field(() => LimitEnforcementEnum, {
    nullable: true,
    description: 'What happens to a call that does not fit; HARD by default.',
  })
  enforcement?: Enforcement | null;

  @Field(() => StoreFailurePolicyEnum, {
    nullable: true,
    description: 'What happens to a call while the database cannot be reached; REFUSE by default.',
  })
  onStoreFailure?: StoreFailurePolicy | null;

  @Field(() => [DecimalScalar], {
    nullable: true,
    description:
      'Percentages of the amount at which alerts are raised, such as ["80", "95"]; 50, 80, 95 and 100 by default.',
  })
  alertThresholds?: string[] | null;
}

@InputType('SetLimitInput', {
  description:
    'A limit. One with the same scope, unit, window and models gets the new terms; else a new one is made.',
})
export class SetLimitInput extends LimitTermsInput implements SetLimit {
  @Field(() => LimitScopeEnum, { description: 'What kind of thing to set it on.' })
  scope: LimitScope;

  @Field(() => ID, {
    nullable: true,
    description:
      'What to set it on: an id, or the name of a tag, model or provider. The team for TEAM_MEMBER, the id that ' +
      'applications send for CUSTOMER; left out for SERVER.',
  })
  scopeId?: string | null;

  @Field(() => ID, { nullable: true, description: 'With TEAM_MEMBER: the member, by the id of the user.' })
  memberId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'With CUSTOMER: the organization whose customer it is; the default one by default.',
  })
  organizationId?: string | null;

  @Field(() => LimitUnitEnum, { description: 'What to count.' })
  unit: LimitUnit;

  @Field(() => DecimalScalar, {
    description: 'How much each window may hold: US dollars for USD, else a whole number.',
  })
  amount: string;

  @Field(() => [String], {
    nullable: true,
    description: 'Models to count, as names or patterns with `*`; all by default.',
  })
  models?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Makes a retry safe: the same key and input give the same limit.',
  })
  idempotencyKey?: string | null;
}

@InputType('UpdateLimitInput', { description: 'New terms of a limit. What is absent stays; null clears.' })
export class UpdateLimitInput extends LimitTermsInput implements UpdateLimit {
  @Field(() => ID, { description: 'The limit to change.' })
  limitId: string;

  @Field(() => DecimalScalar, { nullable: true, description: 'How much each window may hold.' })
  amount?: string | null;
}

@InputType('DeleteLimitInput', { description: 'The limit to delete.' })
export class DeleteLimitInput {
  @Field(() => ID, { description: 'The limit to delete.' })
  limitId: string;
}

export function toLimitFilter(filter: LimitFilterInput | null | undefined): LimitFilter {
  if (!filter) return {};
  const { memberId, ...rest } = filter;
  return { ...rest, scopeId: scopeIdOf(filter, memberId) };
}

function scopeIdOf(
  { scope, scopeId, organizationId }: Pick<LimitFilterInput, 'scope' | 'scopeId' | 'organizationId'>,
  memberId: string | null | undefined,
): string | null | undefined {
  if (scope === 'CUSTOMER' && scopeId != null)
    return customerScopeId(organizationId ?? DEFAULT_ORGANIZATION_ID, scopeId);
  if (scope !== 'TEAM_MEMBER' || scopeId == null || memberId == null) return scopeId;
  return teamMemberScopeId(scopeId, memberId);
}
