import type { RequestContext } from '../access/context';
import { newId } from '../domain/ids';
import { ok, type Result } from '../domain/result';
import { assignmentsOn } from '../templates/assignment.repository';
import { findTemplates } from '../templates/template.repository';
import type { TeamEntity } from '../teams/team.entity';
import type { TemplateEntity } from '../templates/template.entity';
import type { BudgetPlan } from './budget-plan';
import { applySteps, limitsOn, planFor } from './budget-writer';
import type { BudgetInput } from './budget.schema';
import { fromIssues, type LitellmFailure } from './failure';
import type { LitellmServices } from './services';
import type { UpdateTeamInput } from './team.schema';

/** LiteLLM's `team_member_…`: a template that each member of the team has by default, also those still to come. */
type DefaultsInput = Pick<
  UpdateTeamInput,
  'team_member_budget' | 'team_member_budget_duration' | 'team_member_tpm_limit' | 'team_member_rpm_limit'
>;

/** What is to be the default of each member; null when nothing was asked. */
export interface MemberDefaultsPlan {
  readonly plan: BudgetPlan;
  readonly template: TemplateEntity | null;
}

const nameFor = (teamId: string): string => `Members of ${teamId}`;

/** Checked before anything is made. */
export async function planMemberDefaults(
  ctx: RequestContext,
  services: LitellmServices,
  teamId: string | null,
  input: DefaultsInput,
): Promise<Result<MemberDefaultsPlan | null, LitellmFailure>> {
  const asked: BudgetInput = {
    max_budget: input.team_member_budget,
    budget_duration: input.team_member_budget_duration,
    tpm_limit: input.team_member_tpm_limit,
    rpm_limit: input.team_member_rpm_limit,
  };
  if (Object.values(asked).every((value) => value === undefined)) return ok(null);
  const template = teamId === null ? null : await memberTemplate(ctx, teamId);
  const present = template === null ? [] : await limitsOn(services.limits, ctx, 'TEMPLATE', template.id);
  const plan = await planFor(ctx, services, asked, present);
  return plan.ok ? ok({ plan: plan.value, template }) : named(plan);
}

/** Sets the default of each member of the team. */
export async function setMemberDefaults(
  ctx: RequestContext,
  services: LitellmServices,
  team: TeamEntity,
  asked: MemberDefaultsPlan | null,
): Promise<Result<null, LitellmFailure>> {
  if (asked === null || asked.plan.steps.length === 0) return ok(null);
  const template = asked.template ?? (await newTemplate(ctx, services, team));
  if ('ok' in template) return template;
  const on = { scope: 'TEMPLATE', scopeId: template.id } as const;
  const limited = await applySteps(services.limits, ctx, on, asked.plan);
  if (!limited.ok) return named(limited);
  const defaultFor = { each: 'TEAM_MEMBER', within: 'TEAM', withinId: team.id } as const;
  const assigned = await services.templateAssignments.assign(ctx, { templateId: template.id, defaultFor });
  return assigned.ok ? ok(null) : fromIssues(assigned.error, {});
}

/** The template that this door gave to the members of a team; one that was given otherwise is not its to change. */
export async function memberTemplate(ctx: RequestContext, teamId: string): Promise<TemplateEntity | null> {
  const { manager } = ctx.db;
  const given = await assignmentsOn(manager, { scope: 'TEAM', scopeId: teamId }, 'DEFAULT');
  const ids = given.filter(({ holderScope }) => holderScope === 'TEAM_MEMBER').map((each) => each.templateId);
  const templates = await findTemplates(manager, ctx.visibility, ids);
  return templates.find(({ name }) => name === nameFor(teamId)) ?? null;
}

async function newTemplate(
  ctx: RequestContext,
  { limitTemplates }: LitellmServices,
  { id: teamId, organizationId }: TeamEntity,
): Promise<TemplateEntity | { readonly ok: false; readonly error: LitellmFailure }> {
  const id = newId('template', ctx.clock.now());
  const made = await limitTemplates.create(ctx, { id, name: nameFor(teamId), organizationId });
  return made.ok ? made.value : fromIssues(made.error, {});
}

const MEMBERS: Readonly<Record<string, string>> = {
  max_budget: 'team_member_budget',
  budget_duration: 'team_member_budget_duration',
  tpm_limit: 'team_member_tpm_limit',
  rpm_limit: 'team_member_rpm_limit',
};

function named<T>(outcome: Result<T, LitellmFailure>): Result<T, LitellmFailure> {
  const param = outcome.ok ? undefined : MEMBERS[outcome.error.param ?? ''];
  if (outcome.ok || param === undefined) return outcome;
  const message = outcome.error.message.replaceAll(outcome.error.param ?? '', param);
  return { ok: false, error: { ...outcome.error, message, param } };
}
