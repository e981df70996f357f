import type { DataSource, EntityManager } from 'typeorm';
import type { RequestContext } from '../access/context';
import { createOnce } from '../access/idempotency';
import { principalName, type MemberRole } from '../access/principal';
import { requireRule, RULES } from '../access/rules';
import { newId } from '../domain/ids';
import { err, ok, type Result } from '../domain/result';
import { changes } from '../platform/database/changes';
import type { Page, PageRequest } from '../platform/database/keyset';
import { refuseDuplicates } from '../platform/database/unique-violation';
import type { HintBus } from '../platform/events/hint-bus';
import { metadataIssues, nameIssues, textIssues } from '../platform/input-checks';
import { issue, type UserIssue } from '../platform/user-issue';
import { ServiceAccountEntity } from './service-account.entity';
import { findPlace, type Place } from './service-account-place';
import {
  findServiceAccounts,
  listServiceAccounts,
  lockServiceAccount,
  outdateKeysOf,
  revokeTokensOf,
  type ServiceAccountFilter,
} from './service-account.repository';

interface ServiceAccountFields {
  readonly name?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly role?: MemberRole | null | undefined;
  readonly metadata?: Record<string, unknown> | null | undefined;
}

export interface CreateServiceAccount extends ServiceAccountFields {
  /** Not needed with a team; the default organization without either. */
  readonly organizationId?: string | null | undefined;
  readonly teamId?: string | null | undefined;
  readonly name: string;
  readonly role: MemberRole;
  readonly idempotencyKey?: string | null | undefined;
}

export interface UpdateServiceAccount extends ServiceAccountFields {
  readonly serviceAccountId: string;
}

type Outcome = Result<ServiceAccountEntity, UserIssue[]>;
type Values = Parameters<typeof changes<ServiceAccountEntity>>[0];

export class ServiceAccountService {
  constructor(
    private readonly db: DataSource,
    private readonly hints: Pick<HintBus, 'publish'>,
  ) {}

  async list(
    ctx: RequestContext,
    filter: ServiceAccountFilter,
    page: PageRequest,
  ): Promise<Page<ServiceAccountEntity>> {
    requireRule(ctx.principal, RULES.signedIn);
    return listServiceAccounts(this.db.manager, ctx.visibility, filter, page);
  }

  async create(ctx: RequestContext, input: CreateServiceAccount): Promise<Outcome> {
    requireRule(ctx.principal, RULES.signedIn);
    return refusingTaken(() =>
      this.db.transaction(async (manager) => {
        const place = await findPlace(manager, ctx, input);
        if (!place.ok) return place;
        const issues = fieldIssues(input);
        if (issues.length > 0) return err(issues);
        const request = { key: input.idempotencyKey, operation: 'createServiceAccount', input };
        const { id } = await createOnce(manager, ctx, request, () =>
          insert(manager, ctx, input, place.value),
        );
        return ok(await manager.findOneByOrFail(ServiceAccountEntity, { id }));
      }),
    );
  }

  async update(ctx: RequestContext, input: UpdateServiceAccount): Promise<Outcome> {
    const issues = fieldIssues(input);
    if (issues.length > 0) return err(issues);
    return refusingTaken(() => this.change(ctx, input.serviceAccountId, columns(input)));
  }

  /** Its tokens and its keys are refused until it is unblocked. */
  async block(ctx: RequestContext, id: string): Promise<Outcome> {
    return this.change(ctx, id, { blocked: true });
  }

  async unblock(ctx: RequestContext, id: string): Promise<Outcome> {
    return this.change(ctx, id, { blocked: false });
  }

  /** Ends it for good: tokens are revoked, keys refused, its name is free again. The record stays. */
  async remove(ctx: RequestContext, id: string): Promise<Outcome> {
    return this.change(ctx, id, { deletedAt: new Date(ctx.clock.now()) });
  }

  private async change(ctx: RequestContext, id: string, values: Values): Promise<Outcome> {
    requireRule(ctx.principal, RULES.signedIn);
    const [visible] = await findServiceAccounts(this.db.manager, ctx.visibility, [id]);
    const absent = issue('NOT_FOUND', 'serviceAccountId', `There is no service account "${id}".`);
    if (!visible) return absent;
    requireRule(ctx.principal, RULES.serviceAccountAdmin, visible);
    const now = new Date(ctx.clock.now());
    const changed = await this.db.transaction(async (manager) => {
      if (!(await lockServiceAccount(manager, id))) return absent;
      await manager.update(
        ServiceAccountEntity,
        id,
        changes<ServiceAccountEntity>({ ...values, updatedAt: now }),
      );
      if (values.deletedAt != null) await revokeTokensOf(manager, id, now);
      const decides = values.deletedAt != null || values.blocked !== undefined;
      const keyIds = decides ? await outdateKeysOf(manager, id) : [];
      return ok({ keyIds, account: await manager.findOneByOrFail(ServiceAccountEntity, { id }) });
    });
    if (!changed.ok) return changed;
    this.hints.publish('access', [id]);
    this.hints.publish('keys', changed.value.keyIds);
    return ok(changed.value.account);
  }
}

async function insert(
  manager: EntityManager,
  ctx: RequestContext,
  input: CreateServiceAccount,
  place: Place,
): Promise<string> {
  const id = newId('serviceAccount', ctx.clock.now());
  const now = new Date(ctx.clock.now());
  const createdBy = principalName(ctx.principal);
  const row = { ...columns(input), ...place, id, createdBy, createdAt: now, updatedAt: now };
  await manager.insert(ServiceAccountEntity, changes<ServiceAccountEntity>(row));
  return id;
}

function columns(input: ServiceAccountFields): Values {
  return {
    name: input.name?.trim(),
    description: input.description,
    role: input.role ?? undefined,
    metadata: input.metadata === null ? {} : input.metadata,
  };
}

function fieldIssues(input: ServiceAccountFields): UserIssue[] {
  return [
    ...nameIssues('name', input.name),
    ...textIssues('description', input.description),
    ...metadataIssues('metadata', input.metadata),
  ];
}

function refusingTaken(work: () => Promise<Outcome>): Promise<Outcome> {
  return refuseDuplicates<Outcome>(work, {
    service_accounts_name: issue('CONFLICT', 'name', 'Another service account there has this name.'),
  });
}
