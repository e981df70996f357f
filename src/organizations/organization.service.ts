import type { DataSource } from 'typeorm';
import type { RequestContext } from '../access/context';
import { createOnce } from '../access/idempotency';
import { requireRule, RULES } from '../access/rules';
import { newId } from '../domain/ids';
import { err, ok, type Result } from '../domain/result';
import { changes } from '../platform/database/changes';
import type { Page, PageRequest } from '../platform/database/keyset';
import { refuseDuplicates } from '../platform/database/unique-violation';
import type { HintBus } from '../platform/events/hint-bus';
import { idIssues, metadataIssues, nameIssues, namesIssues, uniqueNames } from '../platform/input-checks';
import { issue, type UserIssue } from '../platform/user-issue';
import { DEFAULT_ORGANIZATION_ID, OrganizationEntity } from './organization.entity';
import { findOrganizations, listOrganizations, type OrganizationFilter } from './organization.repository';

export interface CreateOrganization {
  readonly id?: string | null | undefined;
  readonly name: string;
  readonly models?: readonly string[] | null | undefined;
  readonly metadata?: Record<string, unknown> | null | undefined;
  readonly hidesAmounts?: boolean | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

export interface UpdateOrganization {
  readonly organizationId: string;
  readonly name?: string | null | undefined;
  readonly models?: readonly string[] | null | undefined;
  readonly metadata?: Record<string, unknown> | null | undefined;
  readonly hidesAmounts?: boolean | null | undefined;
  readonly blocked?: boolean | null | undefined;
}

type Outcome = Result<OrganizationEntity, UserIssue[]>;
type OrganizationValues = Parameters<typeof changes<OrganizationEntity>>[0];

export class OrganizationService {
  constructor(
    private readonly db: DataSource,
    private readonly hints: Pick<HintBus, 'publish'>,
  ) {}

  async find(ctx: RequestContext, id: string): Promise<OrganizationEntity | null> {
    requireRule(ctx.principal, RULES.signedIn);
    const [found] = await findOrganizations(this.db.manager, ctx.visibility, [id]);
    return found ?? null;
  }

  async list(
    ctx: RequestContext,
    filter: OrganizationFilter,
    page: PageRequest,
  ): Promise<Page<OrganizationEntity>> {
    requireRule(ctx.principal, RULES.signedIn);
    return listOrganizations(this.db.manager, ctx.visibility, filter, page);
  }

  async create(ctx: RequestContext, input: CreateOrganization): Promise<Outcome> {
    requireRule(ctx.principal, RULES.serverAdmin);
    const issues = [...idIssues('id', input.id), ...fieldIssues(input)];
    if (issues.length > 0) return err(issues);
    const now = new Date(ctx.clock.now());
    return refuseDuplicates<Outcome>(
      () =>
        this.db.transaction(async (manager) => {
          const request = { key: input.idempotencyKey, operation: 'createOrganization', input };
          const { id } = await createOnce(manager, ctx, request, async () => {
            const id = input.id ?? newId('organization', ctx.clock.now());
            const row = { ...columns(input), id, createdAt: now, updatedAt: now };
            await manager.insert(OrganizationEntity, changes<OrganizationEntity>(row));
            return id;
          });
          return ok(await manager.findOneByOrFail(OrganizationEntity, { id }));
        }),
      {
        organizations_pkey: issue(
          'CONFLICT',
          'id',
          `An organization with the id "${String(input.id)}" exists already. The id of an archived one is not given out again, because its spend stays.`,
        ),
      },
    );
  }

  async update(ctx: RequestContext, input: UpdateOrganization): Promise<Outcome> {
    const id = input.organizationId;
    const current = await this.find(ctx, id);
    if (!current) return issue('NOT_FOUND', 'organizationId', `There is no organization "${id}".`);
    requireRule(ctx.principal, RULES.organizationAdmin, { organizationId: id });
    // Blocking an organization, or opening it to more models, is not for those whom it would hold.
    if (input.blocked != null || input.models !== undefined) requireRule(ctx.principal, RULES.serverAdmin);
    const issues = fieldIssues(input);
    if (issues.length > 0) return err(issues);
    return this.write(ctx, id, { ...columns(input), blocked: input.blocked ?? undefined });
  }

  /** Ends its use for good: its keys are refused, its records and spend stay. */
  async archive(ctx: RequestContext, organizationId: string): Promise<Outcome> {
    const current = await this.find(ctx, organizationId);
    if (!current)
      return issue('NOT_FOUND', 'organizationId', `There is no organization "${organizationId}".`);
    requireRule(ctx.principal, RULES.serverAdmin);
    if (organizationId === DEFAULT_ORGANIZATION_ID)
      return issue('CONFLICT', 'organizationId', 'The default organization cannot be archived.');
    if (current.archivedAt !== null) return ok(current);
    return this.write(ctx, organizationId, { archivedAt: new Date(ctx.clock.now()) });
  }

  private async write(ctx: RequestContext, id: string, values: OrganizationValues): Promise<Outcome> {
    const updatedAt = new Date(ctx.clock.now());
    const written = await this.db.transaction(async (manager) => {
      await manager.update(OrganizationEntity, id, changes<OrganizationEntity>({ ...values, updatedAt }));
      return manager.findOneByOrFail(OrganizationEntity, { id });
    });
    this.hints.publish('access', [id]);
    return ok(written);
  }
}

type OrganizationFields = Pick<UpdateOrganization, 'name' | 'models' | 'metadata' | 'hidesAmounts'>;

function columns(input: OrganizationFields): OrganizationValues {
  return {
    name: input.name?.trim(),
    models: input.models === null ? [] : input.models && uniqueNames(input.models),
    metadata: input.metadata === null ? {} : input.metadata,
    hidesAmounts: input.hidesAmounts === null ? false : input.hidesAmounts,
  };
}

function fieldIssues(input: OrganizationFields): UserIssue[] {
  return [
    ...nameIssues('name', input.name),
    ...namesIssues('models', input.models),
    ...metadataIssues('metadata', input.metadata),
  ];
}
