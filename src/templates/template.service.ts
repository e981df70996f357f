import type { DataSource, EntityManager } from 'typeorm';
import type { RequestContext } from '../access/context';
import { createOnce } from '../access/idempotency';
import { principalName } from '../access/principal';
import { requireRule, RULES } from '../access/rules';
import { newId } from '../domain/ids';
import { err, ok, type Result } from '../domain/result';
import { reconcileHolders } from '../limits/holder-books.repository';
import { openLimitChange } from '../limits/limit-books.repository';
import { LimitEntity } from '../limits/limit.entity';
import { findOrganizations } from '../organizations/organization.repository';
import { changes } from '../platform/database/changes';
import type { Page, PageRequest } from '../platform/database/keyset';
import { refuseDuplicates } from '../platform/database/unique-violation';
import type { HintBus } from '../platform/events/hint-bus';
import { idIssues, nameIssues } from '../platform/input-checks';
import { issue, type UserIssue } from '../platform/user-issue';
import { AssignmentEntity } from './assignment.entity';
import { TemplateEntity } from './template.entity';
import { findTemplates, listTemplates, type TemplateFilter } from './template.repository';

export interface CreateTemplate {
  readonly id?: string | null | undefined;
  readonly name: string;
  /** Null for a template of the server. */
  readonly organizationId?: string | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

export interface UpdateTemplate {
  readonly templateId: string;
  readonly name?: string | null | undefined;
}

type Outcome = Result<TemplateEntity, UserIssue[]>;

/** Named sets of limits that many things share the terms of. Their limits are set with LimitService, on TEMPLATE. */
export class TemplateService {
  constructor(
    private readonly db: DataSource,
    private readonly hints: Pick<HintBus, 'publish'>,
  ) {}

  async find(ctx: RequestContext, id: string): Promise<TemplateEntity | null> {
    requireRule(ctx.principal, RULES.signedIn);
    const [found] = await findTemplates(this.db.manager, ctx.visibility, [id]);
    return found ?? null;
  }

  async list(ctx: RequestContext, filter: TemplateFilter, page: PageRequest): Promise<Page<TemplateEntity>> {
    requireRule(ctx.principal, RULES.signedIn);
    return listTemplates(this.db.manager, ctx.visibility, filter, page);
  }

  async create(ctx: RequestContext, input: CreateTemplate): Promise<Outcome> {
    requireRule(ctx.principal, RULES.signedIn);
    const organizationId = input.organizationId ?? null;
    if (organizationId !== null) {
      const [organization] = await findOrganizations(this.db.manager, ctx.visibility, [organizationId]);
      if (!organization)
        return issue('NOT_FOUND', 'organizationId', `There is no organization "${organizationId}".`);
    }
    requireRule(ctx.principal, RULES.organizationAdmin, { organizationId });
    const issues = [...idIssues('id', input.id), ...nameIssues('name', input.name)];
    if (issues.length > 0) return err(issues);
    return refuseDuplicates<Outcome>(
      () => this.db.transaction((manager) => this.insert(manager, ctx, input, organizationId)),
      {
        limit_templates_pkey: issue(
          'CONFLICT',
          'id',
          `The id "${String(input.id)}" is in use or was. Choose another.`,
        ),
      },
    );
  }

  async update(ctx: RequestContext, input: UpdateTemplate): Promise<Outcome> {
    const found = await this.permitted(ctx, input.templateId);
    if (!found.ok) return found;
    const issues = nameIssues('name', input.name);
    if (issues.length > 0) return err(issues);
    if (input.name === null) return issue('REQUIRED', 'name', 'A template has a name.');
    const row = { name: input.name?.trim(), updatedAt: new Date(ctx.clock.now()) };
    await this.db.manager.update(TemplateEntity, input.templateId, changes<TemplateEntity>(row));
    return ok(await this.db.manager.findOneByOrFail(TemplateEntity, { id: input.templateId }));
  }

  /** Ends the template, its limits and its assignments. The windows of its holders stay as history. */
  async remove(ctx: RequestContext, templateId: string): Promise<Outcome> {
    const found = await this.permitted(ctx, templateId);
    if (!found.ok) return found;
    const limitIds = await this.db.transaction(async (manager) => {
      const { now, version } = await openLimitChange(manager);
      const ended = { deletedAt: now, version };
      const limits = await manager.findBy(LimitEntity, { scope: 'TEMPLATE', scopeId: templateId });
      const assignments = await manager.findBy(AssignmentEntity, { templateId });
      const live = (rows: readonly { deletedAt: Date | null; id: string }[]): string[] =>
        rows.filter((row) => row.deletedAt === null).map((row) => row.id);
      const touched = { limitIds: live(limits), assignmentIds: live(assignments) };
      for (const id of touched.limitIds) await manager.update(LimitEntity, id, { ...ended, updatedAt: now });
      for (const id of touched.assignmentIds) await manager.update(AssignmentEntity, id, ended);
      await manager.update(TemplateEntity, templateId, { deletedAt: now, updatedAt: now });
      await reconcileHolders(manager, now, touched);
      return touched.limitIds;
    });
    this.hints.publish('limits', limitIds);
    return found;
  }

  private async permitted(ctx: RequestContext, templateId: string): Promise<Outcome> {
    const found = await this.find(ctx, templateId);
    if (!found) return issue('NOT_FOUND', 'templateId', `There is no template "${templateId}".`);
    requireRule(ctx.principal, RULES.organizationAdmin, { organizationId: found.organizationId });
    return ok(found);
  }

  private async insert(
    manager: EntityManager,
    ctx: RequestContext,
    input: CreateTemplate,
    organizationId: string | null,
  ): Promise<Outcome> {
    const request = { key: input.idempotencyKey, operation: 'createLimitTemplate', input };
    const { id } = await createOnce(manager, ctx, request, async () => {
      const id = input.id ?? newId('template', ctx.clock.now());
      const now = new Date(ctx.clock.now());
      const row = { id, organizationId, name: input.name.trim(), createdAt: now, updatedAt: now };
      await manager.insert(TemplateEntity, { ...row, createdBy: principalName(ctx.principal) });
      return id;
    });
    return ok(await manager.findOneByOrFail(TemplateEntity, { id }));
  }
}
