import type { DataSource } from 'typeorm';
import type { RequestContext } from '../access/context';
import { requireRule, RULES } from '../access/rules';
import { newId } from '../domain/ids';
import { customerScopeId } from '../domain/limits/customer-scope';
import { err, ok, type Result } from '../domain/result';
import { closeWindows, openLimitChange } from '../limits/limit-books.repository';
import { reconcileHolders } from '../limits/holder-books.repository';
import { LimitEntity } from '../limits/limit.entity';
import { DEFAULT_ORGANIZATION_ID } from '../organizations/organization.entity';
import { findOrganizations } from '../organizations/organization.repository';
import { changes } from '../platform/database/changes';
import type { Page, PageRequest } from '../platform/database/keyset';
import type { HintBus } from '../platform/events/hint-bus';
import { idIssues, metadataIssues, nameIssues } from '../platform/input-checks';
import { issue, type UserIssue } from '../platform/user-issue';
import { CustomerEntity } from './customer.entity';
import { findCustomers, listCustomers, type CustomerFilter } from './customer.repository';

interface CustomerFields {
  readonly alias?: string | null | undefined;
  readonly metadata?: Record<string, unknown> | null | undefined;
}

export interface CreateCustomer extends CustomerFields {
  /** The id that applications send for it. */
  readonly externalId: string;
  /** The default organization by default. */
  readonly organizationId?: string | null | undefined;
  readonly blocked?: boolean | null | undefined;
}

export interface UpdateCustomer extends CustomerFields {
  readonly customerId: string;
}

type Outcome = Result<CustomerEntity, UserIssue[]>;

/** The topic that tells every process which customers were deleted, so that their next call makes them anew. */
export const CUSTOMERS_TOPIC = 'customers';

export class CustomerService {
  constructor(
    private readonly db: DataSource,
    private readonly hints: Pick<HintBus, 'publish'>,
  ) {}

  async find(ctx: RequestContext, id: string): Promise<CustomerEntity | null> {
    requireRule(ctx.principal, RULES.signedIn);
    const [found] = await findCustomers(this.db.manager, ctx.visibility, [id]);
    return found ?? null;
  }

  async list(ctx: RequestContext, filter: CustomerFilter, page: PageRequest): Promise<Page<CustomerEntity>> {
    requireRule(ctx.principal, RULES.signedIn);
    return listCustomers(this.db.manager, ctx.visibility, filter, page);
  }

  /** Makes the record of a customer before its first call, which would make it too. */
  async create(ctx: RequestContext, input: CreateCustomer): Promise<Outcome> {
    requireRule(ctx.principal, RULES.signedIn);
    const organizationId = input.organizationId ?? DEFAULT_ORGANIZATION_ID;
    const [organization] = await findOrganizations(this.db.manager, ctx.visibility, [organizationId]);
    if (!organization)
      return issue('NOT_FOUND', 'organizationId', `There is no organization "${organizationId}".`);
    requireRule(ctx.principal, RULES.organizationAdmin, { organizationId });
    const issues = [...idIssues('externalId', input.externalId), ...fieldIssues(input)];
    if (issues.length > 0) return err(issues);
    const made: { id: string }[] = await this.db.manager.query(
      `INSERT INTO customers (id, organization_id, external_id, alias, metadata) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (organization_id, external_id) DO UPDATE
         SET deleted_at = NULL, blocked = FALSE, alias = excluded.alias, metadata = excluded.metadata,
             created_at = now(), updated_at = now()
         WHERE customers.deleted_at IS NOT NULL
       RETURNING id`,
      [
        newId('customer', ctx.clock.now()),
        organizationId,
        input.externalId,
        input.alias?.trim() ?? null,
        JSON.stringify(input.metadata ?? {}),
      ],
    );
    const [row] = made;
    if (!row)
      return issue(
        'CONFLICT',
        'externalId',
        `The organization has a customer "${input.externalId}" already.`,
      );
    if (input.blocked === true) return this.setBlocked(ctx, row.id, true);
    return ok(await this.read(row.id));
  }

  async update(ctx: RequestContext, input: UpdateCustomer): Promise<Outcome> {
    const found = await this.permitted(ctx, input.customerId);
    if (!found.ok) return found;
    const issues = fieldIssues(input);
    if (issues.length > 0) return err(issues);
    const row = {
      alias: input.alias?.trim() ?? input.alias,
      metadata: input.metadata === null ? {} : input.metadata,
      updatedAt: new Date(ctx.clock.now()),
    };
    await this.db.manager.update(CustomerEntity, input.customerId, changes<CustomerEntity>(row));
    return ok(await this.read(input.customerId));
  }

  /** From now on every call for the customer is refused, on every process. */
  async block(ctx: RequestContext, customerId: string): Promise<Outcome> {
    return this.setBlocked(ctx, customerId, true);
  }

  async unblock(ctx: RequestContext, customerId: string): Promise<Outcome> {
    return this.setBlocked(ctx, customerId, false);
  }

  /** Ends the record and the limits that are set on the customer. Its spend stays; another call makes it anew. */
  async remove(ctx: RequestContext, customerId: string): Promise<Outcome> {
    const found = await this.permitted(ctx, customerId);
    if (!found.ok) return found;
    const { organizationId, externalId } = found.value;
    const holder = { scope: 'CUSTOMER', scopeId: customerScopeId(organizationId, externalId) } as const;
    await this.db.transaction(async (manager) => {
      const { now, version } = await openLimitChange(manager);
      const ended = { deletedAt: now, updatedAt: now, version };
      for (const limit of await manager.findBy(LimitEntity, holder)) {
        if (limit.deletedAt !== null) continue;
        await manager.update(LimitEntity, limit.id, ended);
        await closeWindows(manager, limit.id, now);
      }
      await manager.query(
        `UPDATE template_assignments SET deleted_at = $3, version = $4
          WHERE holder_scope = $1 AND holder_id = $2 AND deleted_at IS NULL`,
        [holder.scope, holder.scopeId, now, version],
      );
      await manager.update(CustomerEntity, customerId, { ...ended, blocked: false });
      await reconcileHolders(manager, now, { holders: [holder] });
    });
    this.hints.publish(CUSTOMERS_TOPIC, [customerId]);
    return found;
  }

  private async setBlocked(ctx: RequestContext, customerId: string, blocked: boolean): Promise<Outcome> {
    const found = await this.permitted(ctx, customerId);
    if (!found.ok || found.value.blocked === blocked) return found;
    await this.db.transaction(async (manager) => {
      // As a change of limits, so that no reservation is made that does not know of it.
      const { now, version } = await openLimitChange(manager);
      await manager.update(CustomerEntity, customerId, { blocked, version, updatedAt: now });
    });
    return ok(await this.read(customerId));
  }

  private async permitted(ctx: RequestContext, customerId: string): Promise<Outcome> {
    const found = await this.find(ctx, customerId);
    if (!found) return issue('NOT_FOUND', 'customerId', `There is no customer "${customerId}".`);
    requireRule(ctx.principal, RULES.organizationAdmin, { organizationId: found.organizationId });
    return ok(found);
  }

  private read(id: string): Promise<CustomerEntity> {
    return this.db.manager.findOneByOrFail(CustomerEntity, { id });
  }
}

function fieldIssues(input: CustomerFields): UserIssue[] {
  return [...nameIssues('alias', input.alias), ...metadataIssues('metadata', input.metadata)];
}
