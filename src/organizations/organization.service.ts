import type { DataSource } from 'typeorm';
import type { RequestContext } from '../access/context';
import { createOnce } from '../access/idempotency';
import { requireRule, RULES } from '../access/rules';
import { newId } from '../domain/ids';
import { ok, type Result } from '../domain/result';
import { changes } from '../platform/database/changes';
import type { Page, PageRequest } from '../platform/database/keyset';
import { issue, type UserIssue } from '../platform/user-issue';
import { OrganizationEntity } from './organization.entity';
import { findOrganizations, listOrganizations, type OrganizationFilter } from './organization.repository';

export interface CreateOrganization {
  readonly id?: string | null | undefined;
  readonly name: string;
  readonly models?: readonly string[] | null | undefined;
  readonly metadata?: Record<string, unknown> | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

export interface UpdateOrganization {
  readonly organizationId: string;
  readonly name?: string | null | undefined;
  readonly models?: readonly string[] | null | undefined;
  readonly metadata?: Record<string, unknown> | null | undefined;
  readonly blocked?: boolean | null | undefined;
}

type Outcome = Result<OrganizationEntity, UserIssue[]>;

export class OrganizationService {
  constructor(private readonly db: DataSource) {}

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
    if (input.name.trim() === '') return issue('REQUIRED', 'name', 'Give the organization a name.');
    return this.db.transaction(async (manager) => {
      const taken = input.id != null && (await manager.existsBy(OrganizationEntity, { id: input.id }));
      if (taken) return issue('CONFLICT', 'id', `An organization with the id "${input.id}" exists already.`);
      const request = { key: input.idempotencyKey, operation: 'createOrganization', input };
      const { id } = await createOnce(manager, ctx, request, async () => {
        const id = input.id ?? newId('organization', ctx.clock.now());
        const { name, models, metadata } = input;
        await manager.insert(
          OrganizationEntity,
          changes<OrganizationEntity>({
            id,
            name: name.trim(),
            models: [...(models ?? [])],
            metadata: metadata ?? {},
          }),
        );
        return id;
      });
      return ok(await manager.findOneByOrFail(OrganizationEntity, { id }));
    });
  }

  async update(ctx: RequestContext, input: UpdateOrganization): Promise<Outcome> {
    const id = input.organizationId;
    const current = await this.find(ctx, id);
    if (!current) return issue('NOT_FOUND', 'organizationId', `There is no organization "${id}".`);
    requireRule(ctx.principal, RULES.organizationAdmin, { organizationId: id });
    if (input.name?.trim() === '') return issue('REQUIRED', 'name', 'The name cannot be empty.');
    // Blocking an organization, or opening it to more models, is not for those whom it would hold.
    if (input.blocked != null || input.models !== undefined) requireRule(ctx.principal, RULES.serverAdmin);
    return this.db.transaction(async (manager) => {
      await manager.update(
        OrganizationEntity,
        id,
        changes<OrganizationEntity>({
          name: input.name?.trim(),
          models: input.models === undefined ? undefined : [...(input.models ?? [])],
          metadata: input.metadata === undefined ? undefined : (input.metadata ?? {}),
          blocked: input.blocked ?? undefined,
          updatedAt: new Date(ctx.clock.now()),
        }),
      );
      return ok(await manager.findOneByOrFail(OrganizationEntity, { id }));
    });
  }
}
