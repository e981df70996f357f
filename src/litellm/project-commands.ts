import type { RequestContext } from '../access/context';
import { requireRule } from '../access/rules';
import { newId } from '../domain/ids';
import { ok, type Result } from '../domain/result';
import { LIMIT_RULES } from '../limits/limit.service';
import type { ProjectEntity } from '../projects/project.entity';
import type { BudgetPlan } from './budget-plan';
import { fromIssues, notFound, type LitellmFailure, type MemberNames } from './failure';
import { limitHolder, planHolder } from './holder-budget';
import { allowedModels } from './key-settings';
import type { NewProjectInput, UpdateProjectInput } from './project.schema';
import type { LitellmServices } from './services';
import { undo } from './undo';

export interface ChangedProject {
  readonly project: ProjectEntity;
  readonly ignored: readonly string[];
}

/** LiteLLM's names of the fields of ProjectService. */
const PROJECT_MEMBERS: MemberNames = {
  id: 'project_id',
  projectId: 'project_id',
  teamId: 'team_id',
  name: 'project_alias',
  description: 'description',
  models: 'models',
  metadata: 'metadata',
};

/** Makes a project with its limits, or nothing: one that cannot be made whole is removed again. */
export async function newProject(
  ctx: RequestContext,
  services: LitellmServices,
  input: NewProjectInput,
): Promise<Result<ChangedProject, LitellmFailure>> {
  const plan = await planHolder(ctx, services, null, input);
  if (!plan.ok) return plan;
  const id = input.project_id ?? newId('project', ctx.clock.now());
  const made = await services.projects.create(ctx, {
    id,
    teamId: input.team_id,
    name: input.project_alias ?? id,
    description: input.description,
    models: allowedModels(input.models),
    metadata: input.metadata,
  });
  if (!made.ok) return fromIssues(made.error, PROJECT_MEMBERS);
  let finished: Result<ProjectEntity, LitellmFailure> | null = null;
  try {
    finished = await finishProject(ctx, services, made.value, plan.value, input.blocked);
  } finally {
    if (finished?.ok !== true) await undo(ctx, services, 'PROJECT', id);
  }
  return finished.ok ? ok({ project: finished.value, ignored: plan.value.ignored }) : finished;
}

export async function updateProject(
  ctx: RequestContext,
  services: LitellmServices,
  input: UpdateProjectInput,
): Promise<Result<ChangedProject, LitellmFailure>> {
  const found = await findProject(ctx, services, input.project_id);
  if (!found.ok) return found;
  const { id: scopeId, teamId, organizationId } = found.value;
  const plan = await planHolder(ctx, services, { scope: 'PROJECT', scopeId }, input);
  if (!plan.ok) return plan;
  // Asked before the first change, so that none is done by halves.
  if (plan.value.steps.length > 0 || plan.value.template !== undefined) {
    requireRule(ctx.principal, LIMIT_RULES.PROJECT, { teamId, organizationId });
  }
  const updated = await services.projects.update(ctx, {
    projectId: scopeId,
    name: input.project_alias ?? undefined,
    description: input.description,
    models: allowedModels(input.models),
    metadata: input.metadata,
  });
  if (!updated.ok) return fromIssues(updated.error, PROJECT_MEMBERS);
  const finished = await finishProject(ctx, services, updated.value, plan.value, input.blocked);
  return finished.ok ? ok({ project: finished.value, ignored: plan.value.ignored }) : finished;
}

/** Archives all of them or, when one is not found, none. */
export async function deleteProjects(
  ctx: RequestContext,
  services: LitellmServices,
  ids: readonly string[],
): Promise<Result<readonly ProjectEntity[], LitellmFailure>> {
  const all: ProjectEntity[] = [];
  for (const id of ids) {
    const found = await findProject(ctx, services, id, 'project_ids');
    if (!found.ok) return found;
    all.push(found.value);
  }
  for (const { id } of all) {
    const archived = await services.projects.archive(ctx, id);
    if (!archived.ok) return fromIssues(archived.error, { projectId: 'project_ids' });
  }
  return ok(all);
}

/** The project if the caller sees it and it was not archived. */
export async function findProject(
  ctx: RequestContext,
  { projects }: Pick<LitellmServices, 'projects'>,
  id: string,
  param = 'project_id',
): Promise<Result<ProjectEntity, LitellmFailure>> {
  const found = await projects.find(ctx, id);
  return found?.archivedAt === null
    ? ok(found)
    : notFound(param, `Project not found: there is no project "${id}".`);
}

async function finishProject(
  ctx: RequestContext,
  services: LitellmServices,
  project: ProjectEntity,
  plan: BudgetPlan,
  blocked: boolean | null | undefined,
): Promise<Result<ProjectEntity, LitellmFailure>> {
  const limited = await limitHolder(ctx, services, { scope: 'PROJECT', scopeId: project.id }, plan);
  if (!limited.ok) return limited;
  if (blocked == null || blocked === project.blocked) return ok(project);
  const { projects } = services;
  const done = await (blocked ? projects.block(ctx, project.id) : projects.unblock(ctx, project.id));
  return done.ok ? done : fromIssues(done.error, PROJECT_MEMBERS);
}
