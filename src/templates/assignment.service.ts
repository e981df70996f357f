import type { DataSource } from 'typeorm';
import type { RequestContext } from '../access/context';
import { principalName } from '../access/principal';
import { requireRule, RULES } from '../access/rules';
import { newId } from '../domain/ids';
import { ok, type Result } from '../domain/result';
import { reconcileHolders } from '../limits/holder-books.repository';
import { openLimitChange } from '../limits/limit-books.repository';
import { findLimitTarget, makeCustomer } from '../limits/limit-target.repository';
import { LIMIT_RULES } from '../limits/limit.service';
import { issue, type UserIssue } from '../platform/user-issue';
import { assigneeOf, type Assignee, type AssignTemplate } from './assign-template';
import { AssignmentEntity } from './assignment.entity';
import { findAssignments } from './assignment.repository';
import { findTemplates } from './template.repository';

type Outcome = Result<AssignmentEntity, UserIssue[]>;

/** Gives templates to things. Each change takes the ledger lock and bumps the version, as changes of limits do. */
export class AssignmentService {
  constructor(private readonly db: DataSource) {}

  /** Gives a template; one that is given already stays as it is. */
  async assign(
    ctx: RequestContext,
    input: AssignTemplate,
    createdBy: string = principalName(ctx.principal),
  ): Promise<Outcome> {
    requireRule(ctx.principal, RULES.signedIn);
    const [template] = await findTemplates(this.db.manager, ctx.visibility, [input.templateId]);
    if (!template) return issue('NOT_FOUND', 'templateId', `There is no template "${input.templateId}".`);
    const assignee = assigneeOf(input);
    if (!assignee.ok) return assignee;
    const { place, field, rule } = assignee.value;
    const target = await findLimitTarget(this.db.manager, ctx.visibility, place.scope, place.scopeId);
    if (!target || (!target.visible && !rule.allows(ctx.principal, target)))
      return issue('NOT_FOUND', field, `There is no ${place.scope} "${place.scopeId}".`);
    requireRule(ctx.principal, rule, target);
    const organizationId = target.organizationId ?? null;
    if (template.organizationId !== null && template.organizationId !== organizationId)
      return issue(
        'INVALID',
        'templateId',
        'The template belongs to another organization than what it is to be given to. Use one of the same, or of the server.',
      );
    return ok(await this.write(ctx, template.id, assignee.value, { organizationId, createdBy }));
  }

  /** Takes a template away again. The windows of its holders stay as history. */
  async unassign(ctx: RequestContext, assignmentId: string): Promise<Outcome> {
    requireRule(ctx.principal, RULES.signedIn);
    const [found] = await findAssignments(this.db.manager, ctx.visibility, [assignmentId]);
    if (!found) return issue('NOT_FOUND', 'assignmentId', `There is no assignment "${assignmentId}".`);
    const { holderScope, holderId, withinScope, withinId } = found;
    const [scope, scopeId] = withinScope === '' ? [holderScope, holderId] : [withinScope, withinId];
    const target = await findLimitTarget(this.db.manager, ctx.visibility, scope, scopeId);
    requireRule(ctx.principal, LIMIT_RULES[holderScope], target ?? { organizationId: found.organizationId });
    await this.db.transaction(async (manager) => {
      const { now, version } = await openLimitChange(manager);
      await manager.update(AssignmentEntity, assignmentId, { deletedAt: now, version });
      await reconcileHolders(manager, now, { assignmentIds: [assignmentId] });
    });
    return ok(found);
  }

  private async write(
    ctx: RequestContext,
    templateId: string,
    { holderScope, holderId, within }: Assignee,
    more: { readonly organizationId: string | null; readonly createdBy: string },
  ): Promise<AssignmentEntity> {
    return this.db.transaction(async (manager) => {
      const { now, version } = await openLimitChange(manager);
      const place = {
        ...{ templateId, holderScope, holderId },
        withinScope: within?.scope ?? ('' as const),
        withinId: within?.scopeId ?? '',
      };
      const same = await manager.findBy(AssignmentEntity, place);
      const [live] = same.filter((each) => each.deletedAt === null);
      if (live) return live;
      if (holderScope === 'CUSTOMER' && holderId !== '')
        await makeCustomer(manager, holderId, ctx.clock.now());
      const id = newId('assignment', ctx.clock.now());
      await manager.insert(AssignmentEntity, { ...place, ...more, id, version, createdAt: now });
      await reconcileHolders(manager, now, { assignmentIds: [id] });
      return manager.findOneByOrFail(AssignmentEntity, { id });
    });
  }
}
