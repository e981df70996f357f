import type { DataSource, EntityManager } from 'typeorm';
import type { RequestContext } from '../access/context';
import { createOnce } from '../access/idempotency';
import { requireRule, RULES, type Rule } from '../access/rules';
import { newId } from '../domain/ids';
import { modelsBeyond } from '../domain/models/model-pattern';
import { err, ok, type Result } from '../domain/result';
import { DEFAULT_ORGANIZATION_ID } from '../organizations/organization.entity';
import { findOrganizations, holdOrganization } from '../organizations/organization.repository';
import { changes } from '../platform/database/changes';
import type { Page, PageRequest } from '../platform/database/keyset';
import { refuseDuplicates } from '../platform/database/unique-violation';
import type { HintBus } from '../platform/events/hint-bus';
import { idIssues, metadataIssues, nameIssues, namesIssues, uniqueNames } from '../platform/input-checks';
import { issue, type UserIssue } from '../platform/user-issue';
import { TeamEntity } from './team.entity';
import { findTeams, listTeams, lockTeam, type TeamFilter } from './team.repository';

interface TeamFields {
  readonly name?: string | null | undefined;
  readonly models?: readonly string[] | null | undefined;
  readonly tags?: readonly string[] | null | undefined;
  readonly metadata?: Record<string, unknown> | null | undefined;
}

export interface CreateTeam extends TeamFields {
  readonly id?: string | null | undefined;
  /** The default organization by default. */
  readonly organizationId?: string | null | undefined;
  readonly name: string;
  readonly idempotencyKey?: string | null | undefined;
}

export interface UpdateTeam extends TeamFields {
  readonly teamId: string;
}

type Outcome = Result<TeamEntity, UserIssue[]>;
type TeamValues = Parameters<typeof changes<TeamEntity>>[0];

export class TeamService {
  constructor(
    private readonly db: DataSource,
    private readonly hints: Pick<HintBus, 'publish'>,
  ) {}

  async find(ctx: RequestContext, id: string): Promise<TeamEntity | null> {
    requireRule(ctx.principal, RULES.signedIn);
    const [found] = await findTeams(this.db.manager, ctx.visibility, [id]);
    return found ?? null;
  }

  async list(ctx: RequestContext, filter: TeamFilter, page: PageRequest): Promise<Page<TeamEntity>> {
    requireRule(ctx.principal, RULES.signedIn);
    return listTeams(this.db.manager, ctx.visibility, filter, page);
  }

  async create(ctx: RequestContext, input: CreateTeam): Promise<Outcome> {
    requireRule(ctx.principal, RULES.signedIn);
    const organizationId = input.organizationId ?? DEFAULT_ORGANIZATION_ID;
    const [organization] = await findOrganizations(this.db.manager, ctx.visibility, [organizationId]);
    if (!organization)
      return issue('NOT_FOUND', 'organizationId', `There is no organization "${organizationId}".`);
    requireRule(ctx.principal, RULES.organizationAdmin, { organizationId });
    const issues = [...idIssues('id', input.id), ...fieldIssues(input)];
    if (issues.length > 0) return err(issues);
    return refuseDuplicates<Outcome>(
      () => this.db.transaction((manager) => this.insert(manager, ctx, { ...input, organizationId })),
      { teams_pkey: issue('CONFLICT', 'id', `A team with the id "${String(input.id)}" exists already.`) },
    );
  }

  async update(ctx: RequestContext, input: UpdateTeam): Promise<Outcome> {
    // Opening a team to more models is not for those whom its list would hold.
    const rule = input.models === undefined ? RULES.teamAdmin : RULES.organizationAdmin;
    return this.change(ctx, input.teamId, rule, async (manager, team) => {
      const issues = fieldIssues(input);
      if (issues.length > 0) return err(issues);
      const beyond = await modelIssues(manager, team.organizationId, input.models);
      return beyond.length > 0 ? err(beyond) : ok(columns(input));
    });
  }

  async block(ctx: RequestContext, teamId: string): Promise<Outcome> {
    return this.change(ctx, teamId, RULES.organizationAdmin, () => ok({ blocked: true }));
  }

  async unblock(ctx: RequestContext, teamId: string): Promise<Outcome> {
    return this.change(ctx, teamId, RULES.organizationAdmin, () => ok({ blocked: false }));
  }

  /** Ends its use for good: its keys are refused, its records and spend stay. */
  async archive(ctx: RequestContext, teamId: string): Promise<Outcome> {
    return this.change(ctx, teamId, RULES.organizationAdmin, () =>
      ok({ archivedAt: new Date(ctx.clock.now()) }),
    );
  }

  private async insert(
    manager: EntityManager,
    ctx: RequestContext,
    input: CreateTeam & { organizationId: string },
  ): Promise<Outcome> {
    const { organizationId } = input;
    const organization = await holdOrganization(manager, organizationId);
    if (organization?.archivedAt !== null)
      return issue('CONFLICT', 'organizationId', 'The organization was archived.');
    const beyond = await modelIssues(manager, organizationId, input.models);
    if (beyond.length > 0) return err(beyond);
    const request = { key: input.idempotencyKey, operation: 'createTeam', input };
    const { id } = await createOnce(manager, ctx, request, async () => {
      const id = input.id ?? newId('team', ctx.clock.now());
      const now = new Date(ctx.clock.now());
      const row = { ...columns(input), id, organizationId, createdAt: now, updatedAt: now };
      await manager.insert(TeamEntity, changes<TeamEntity>(row));
      return id;
    });
    return ok(await manager.findOneByOrFail(TeamEntity, { id }));
  }

  private async change(
    ctx: RequestContext,
    teamId: string,
    rule: Rule,
    decide: (
      manager: EntityManager,
      team: TeamEntity,
    ) => Result<TeamValues, UserIssue[]> | Promise<Result<TeamValues, UserIssue[]>>,
  ): Promise<Outcome> {
    const visible = await this.find(ctx, teamId);
    if (!visible) return issue('NOT_FOUND', 'teamId', `There is no team "${teamId}".`);
    requireRule(ctx.principal, rule, { teamId, organizationId: visible.organizationId });
    const outcome = await this.db.transaction(async (manager): Promise<Outcome> => {
      const team = await lockTeam(manager, teamId);
      if (team?.archivedAt !== null) return issue('CONFLICT', 'teamId', 'The team was archived.');
      const values = await decide(manager, team);
      if (!values.ok) return values;
      const updatedAt = new Date(ctx.clock.now());
      await manager.update(TeamEntity, teamId, changes<TeamEntity>({ ...values.value, updatedAt }));
      return ok(await manager.findOneByOrFail(TeamEntity, { id: teamId }));
    });
    if (outcome.ok) this.hints.publish('access', [teamId]);
    return outcome;
  }
}

function columns(input: TeamFields): TeamValues {
  return {
    name: input.name?.trim(),
    models: input.models === null ? [] : input.models && uniqueNames(input.models),
    tags: input.tags === null ? [] : input.tags && uniqueNames(input.tags),
    metadata: input.metadata === null ? {} : input.metadata,
  };
}

function fieldIssues(input: TeamFields): UserIssue[] {
  return [
    ...nameIssues('name', input.name),
    ...namesIssues('models', input.models),
    ...namesIssues('tags', input.tags),
    ...metadataIssues('metadata', input.metadata),
  ];
}

/** Holds the organization, so that its list of models stays what the team's was compared with. */
async function modelIssues(
  manager: EntityManager,
  organizationId: string,
  models: readonly string[] | null | undefined,
): Promise<UserIssue[]> {
  if (models == null || models.length === 0) return [];
  const organization = await holdOrganization(manager, organizationId);
  const beyond = modelsBeyond(organization?.models ?? [], uniqueNames(models));
  if (beyond.length === 0) return [];
  const message = `The organization may not use ${beyond.join(', ')}. Ask for those first, or leave them out.`;
  return [{ code: 'INVALID', message, field: ['input', 'models'] }];
}
