import type { DataSource, EntityManager } from 'typeorm';
import type { RequestContext } from '../access/context';
import { createOnce } from '../access/idempotency';
import { requireRule, RULES } from '../access/rules';
import { newId } from '../domain/ids';
import { modelsBeyond } from '../domain/models/model-pattern';
import { err, ok, type Result } from '../domain/result';
import { changes } from '../platform/database/changes';
import type { Page, PageRequest } from '../platform/database/keyset';
import { refuseDuplicates } from '../platform/database/unique-violation';
import type { HintBus } from '../platform/events/hint-bus';
import {
  idIssues,
  metadataIssues,
  nameIssues,
  namesIssues,
  textIssues,
  uniqueNames,
} from '../platform/input-checks';
import { issue, type UserIssue } from '../platform/user-issue';
import type { TeamEntity } from '../teams/team.entity';
import { findTeams, holdTeam } from '../teams/team.repository';
import { ProjectEntity } from './project.entity';
import { findProjects, listProjects, lockProject, type ProjectFilter } from './project.repository';

interface ProjectFields {
  readonly name?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly models?: readonly string[] | null | undefined;
  readonly metadata?: Record<string, unknown> | null | undefined;
}

export interface CreateProject extends ProjectFields {
  readonly id?: string | null | undefined;
  readonly teamId: string;
  readonly name: string;
  readonly idempotencyKey?: string | null | undefined;
}

export interface UpdateProject extends ProjectFields {
  readonly projectId: string;
}

type Outcome = Result<ProjectEntity, UserIssue[]>;
type ProjectValues = Parameters<typeof changes<ProjectEntity>>[0];

export class ProjectService {
  constructor(
    private readonly db: DataSource,
    private readonly hints: Pick<HintBus, 'publish'>,
  ) {}

  async find(ctx: RequestContext, id: string): Promise<ProjectEntity | null> {
    requireRule(ctx.principal, RULES.signedIn);
    const [found] = await findProjects(this.db.manager, ctx.visibility, [id]);
    return found ?? null;
  }

  async list(ctx: RequestContext, filter: ProjectFilter, page: PageRequest): Promise<Page<ProjectEntity>> {
    requireRule(ctx.principal, RULES.signedIn);
    return listProjects(this.db.manager, ctx.visibility, filter, page);
  }

  async create(ctx: RequestContext, input: CreateProject): Promise<Outcome> {
    requireRule(ctx.principal, RULES.signedIn);
    const { teamId } = input;
    const [visible] = await findTeams(this.db.manager, ctx.visibility, [teamId]);
    if (!visible) return issue('NOT_FOUND', 'teamId', `There is no team "${teamId}".`);
    requireRule(ctx.principal, RULES.teamAdmin, { teamId, organizationId: visible.organizationId });
    const issues = [...idIssues('id', input.id), ...fieldIssues(input)];
    if (issues.length > 0) return err(issues);
    return refuseDuplicates<Outcome>(
      () => this.db.transaction((manager) => this.insert(manager, ctx, input)),
      {
        projects_pkey: issue('CONFLICT', 'id', `A project with the id "${String(input.id)}" exists already.`),
      },
    );
  }

  async update(ctx: RequestContext, input: UpdateProject): Promise<Outcome> {
    return this.change(ctx, input.projectId, async (manager, project) => {
      const issues = fieldIssues(input);
      if (issues.length > 0) return err(issues);
      const team = await holdTeam(manager, project.teamId);
      const beyond = modelIssues(team, input.models);
      return beyond.length > 0 ? err(beyond) : ok(columns(input));
    });
  }

  async block(ctx: RequestContext, projectId: string): Promise<Outcome> {
    return this.change(ctx, projectId, () => ok({ blocked: true }));
  }

  async unblock(ctx: RequestContext, projectId: string): Promise<Outcome> {
    return this.change(ctx, projectId, () => ok({ blocked: false }));
  }

  /** Ends its use for good: its keys are refused, its records and spend stay. */
  async archive(ctx: RequestContext, projectId: string): Promise<Outcome> {
    return this.change(ctx, projectId, () => ok({ archivedAt: new Date(ctx.clock.now()) }));
  }

  private async insert(manager: EntityManager, ctx: RequestContext, input: CreateProject): Promise<Outcome> {
    const team = await holdTeam(manager, input.teamId);
    if (team?.archivedAt !== null) return issue('CONFLICT', 'teamId', 'The team was archived.');
    const beyond = modelIssues(team, input.models);
    if (beyond.length > 0) return err(beyond);
    const request = { key: input.idempotencyKey, operation: 'createProject', input };
    const { id } = await createOnce(manager, ctx, request, async () => {
      const id = input.id ?? newId('project', ctx.clock.now());
      const now = new Date(ctx.clock.now());
      const row: ProjectValues = {
        ...columns(input),
        id,
        organizationId: team.organizationId,
        teamId: team.id,
        createdAt: now,
        updatedAt: now,
      };
      await manager.insert(ProjectEntity, changes<ProjectEntity>(row));
      return id;
    });
    return ok(await manager.findOneByOrFail(ProjectEntity, { id }));
  }

  private async change(
    ctx: RequestContext,
    projectId: string,
    decide: (
      manager: EntityManager,
      project: ProjectEntity,
    ) => Result<ProjectValues, UserIssue[]> | Promise<Result<ProjectValues, UserIssue[]>>,
  ): Promise<Outcome> {
    const visible = await this.find(ctx, projectId);
    if (!visible) return issue('NOT_FOUND', 'projectId', `There is no project "${projectId}".`);
    const { teamId, organizationId } = visible;
    requireRule(ctx.principal, RULES.teamAdmin, { teamId, organizationId });
    const outcome = await this.db.transaction(async (manager): Promise<Outcome> => {
      const project = await lockProject(manager, projectId);
      if (project?.archivedAt !== null) return issue('CONFLICT', 'projectId', 'The project was archived.');
      const values = await decide(manager, project);
      if (!values.ok) return values;
      const updatedAt = new Date(ctx.clock.now());
      await manager.update(ProjectEntity, projectId, changes<ProjectEntity>({ ...values.value, updatedAt }));
      return ok(await manager.findOneByOrFail(ProjectEntity, { id: projectId }));
    });
    if (outcome.ok) this.hints.publish('access', [projectId]);
    return outcome;
  }
}

function columns(input: ProjectFields): ProjectValues {
  return {
    name: input.name?.trim(),
    description: input.description,
    models: input.models === null ? [] : input.models && uniqueNames(input.models),
    metadata: input.metadata === null ? {} : input.metadata,
  };
}

function fieldIssues(input: ProjectFields): UserIssue[] {
  return [
    ...nameIssues('name', input.name),
    ...textIssues('description', input.description),
    ...namesIssues('models', input.models),
    ...metadataIssues('metadata', input.metadata),
  ];
}

function modelIssues(team: TeamEntity | null, models: readonly string[] | null | undefined): UserIssue[] {
  const beyond = modelsBeyond(team?.models ?? [], uniqueNames(models ?? []));
  if (beyond.length === 0) return [];
  const message = `The team may not use ${beyond.join(', ')}. Ask for those first, or leave them out.`;
  return [{ code: 'INVALID', message, field: ['input', 'models'] }];
}
