import type { RequestContext } from '../access/context';
import { requireRule } from '../access/rules';
import { newId } from '../domain/ids';
import { ok, type Result } from '../domain/result';
import { LIMIT_RULES } from '../limits/limit.service';
import type { TeamEntity } from '../teams/team.entity';
import type { BudgetPlan } from './budget-plan';
import { budgetOf } from './budget.schema';
import { applyPlan, limitsOn, planFor } from './budget-writer';
import { fromIssues, notFound, type LitellmFailure, type MemberNames } from './failure';
import { allowedModels, tagsOf } from './key-settings';
import { planMemberDefaults, setMemberDefaults, type MemberDefaultsPlan } from './member-defaults';
import type { LitellmServices } from './services';
import type { NewTeamInput, UpdateTeamInput } from './team.schema';
import { undo } from './undo';

export interface ChangedTeam {
  readonly team: TeamEntity;
  readonly ignored: readonly string[];
}

/** LiteLLM's names of the fields of TeamService. */
const TEAM_MEMBERS: MemberNames = {
  id: 'team_id',
  teamId: 'team_id',
  organizationId: 'organization_id',
  name: 'team_alias',
  models: 'models',
  tags: 'tags',
  metadata: 'metadata',
};

/** Makes a team with its limits and members, or nothing: one that cannot be made whole is removed again. */
export async function newTeam(
  ctx: RequestContext,
  services: LitellmServices,
  input: NewTeamInput,
): Promise<Result<ChangedTeam, LitellmFailure>> {
  const plan = await planFor(ctx, services, budgetOf(input), [], input.metadata);
  if (!plan.ok) return plan;
  const defaults = await planMemberDefaults(ctx, services, null, input);
  if (!defaults.ok) return defaults;
  const id = input.team_id ?? newId('team', ctx.clock.now());
  const created = await services.teams.create(ctx, {
    id,
    organizationId: input.organization_id,
    // LiteLLM lets a team go without a name.
    name: input.team_alias ?? id,
    models: allowedModels(input.models),
    tags: tagsOf(input.tags, input.metadata),
    metadata: input.metadata,
  });
  if (!created.ok) return fromIssues(created.error, TEAM_MEMBERS);
  let finished: Result<TeamEntity, LitellmFailure> | null = null;
  try {
    finished = await finishTeam(
      ctx,
      services,
      created.value,
      { plan: plan.value, defaults: defaults.value },
      input,
    );
  } finally {
    if (finished?.ok !== true) await undo(ctx, services, 'TEAM', id);
  }
  return finished.ok ? ok({ team: finished.value, ignored: plan.value.ignored }) : finished;
}

export async function updateTeam(
  ctx: RequestContext,
  services: LitellmServices,
  input: UpdateTeamInput,
): Promise<Result<ChangedTeam, LitellmFailure>> {
  const found = await findTeam(ctx, services, input.team_id);
  if (!found.ok) return found;
  const present = await limitsOn(services.limits, ctx, 'TEAM', input.team_id);
  const plan = await planFor(ctx, services, budgetOf(input), present, input.metadata);
  if (!plan.ok) return plan;
  const defaults = await planMemberDefaults(ctx, services, input.team_id, input);
  if (!defaults.ok) return defaults;
  const blocks = input.blocked != null && input.blocked !== found.value.blocked;
  // Asked before the first change: whoever may change the record may not change what holds the team.
  if (plan.value.steps.length > 0 || plan.value.template !== undefined || blocks) {
    requireRule(ctx.principal, LIMIT_RULES.TEAM, { organizationId: found.value.organizationId });
  }
  const updated = await services.teams.update(ctx, {
    teamId: input.team_id,
    name: input.team_alias ?? undefined,
    models: allowedModels(input.models),
    tags: tagsOf(input.tags, input.metadata),
    metadata: input.metadata,
  });
  if (!updated.ok) return fromIssues(updated.error, TEAM_MEMBERS);
  const finished = await finishTeam(
    ctx,
    services,
    updated.value,
    { plan: plan.value, defaults: defaults.value },
    input,
  );
  return finished.ok ? ok({ team: finished.value, ignored: plan.value.ignored }) : finished;
}

export async function setTeamBlocked(
  ctx: RequestContext,
  { teams }: Pick<LitellmServices, 'teams'>,
  teamId: string,
  blocked: boolean,
): Promise<Result<TeamEntity, LitellmFailure>> {
  const found = await findTeam(ctx, { teams }, teamId);
  if (!found.ok) return found;
  const done = await (blocked ? teams.block(ctx, teamId) : teams.unblock(ctx, teamId));
  return done.ok ? done : fromIssues(done.error, TEAM_MEMBERS);
}

/** The team if the caller sees it and it was not archived. */
export async function findTeam(
  ctx: RequestContext,
  { teams }: Pick<LitellmServices, 'teams'>,
  teamId: string,
): Promise<Result<TeamEntity, LitellmFailure>> {
  const team = await teams.find(ctx, teamId);
  return team?.archivedAt === null
    ? ok(team)
    : notFound('team_id', `Team not found in database: there is no team "${teamId}".`);
}

async function finishTeam(
  ctx: RequestContext,
  services: LitellmServices,
  team: TeamEntity,
  { plan, defaults }: { readonly plan: BudgetPlan; readonly defaults: MemberDefaultsPlan | null },
  input: Pick<NewTeamInput, 'blocked' | 'members_with_roles'>,
): Promise<Result<TeamEntity, LitellmFailure>> {
  for (const { user_id: userId, role } of input.members_with_roles ?? []) {
    const member = { teamId: team.id, userId, role: role === 'admin' ? 'ADMIN' : 'MEMBER' } as const;
    const added = await services.teamMembers.add(ctx, member);
    if (!added.ok) return fromIssues(added.error, { userId: 'members_with_roles' });
  }
  const applied = await applyPlan(services, ctx, { scope: 'TEAM', scopeId: team.id }, plan);
  if (!applied.ok) return applied;
  const forMembers = await setMemberDefaults(ctx, services, team, defaults);
  if (!forMembers.ok) return forMembers;
  if (input.blocked == null || input.blocked === team.blocked) return ok(team);
  return setTeamBlocked(ctx, services, team.id, input.blocked);
}
