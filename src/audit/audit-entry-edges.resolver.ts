import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { loadKey } from '../keys/key.loader';
import { VirtualKey } from '../keys/key.type';
import { loadOrganization } from '../organizations/organization.loader';
import { Organization } from '../organizations/organization.type';
import { loadServiceAccount } from '../service-accounts/service-account.loader';
import { ServiceAccount } from '../service-accounts/service-account.type';
import { loadUser } from '../users/user.loader';
import { User } from '../users/user.type';
import { AuditEntry } from './audit-entry.type';

/** Who and where, as they are now. */
@Resolver(() => AuditEntry)
export class AuditEntryEdgesResolver {
  @FieldResolver(() => Organization, {
    nullable: true,
    description: 'The organization that the subject belongs to; null for none, or when it is gone.',
  })
  async organization(
    @Root() { organizationId }: AuditEntry,
    @Ctx() ctx: RequestContext,
  ): Promise<Organization | null> {
    return organizationId === null ? null : loadOrganization(ctx, organizationId);
  }

  @FieldResolver(() => User, {
    nullable: true,
    description: 'The user who did it; null for another actor, or when it is not visible to the caller.',
  })
  async actorUser(@Root() entry: AuditEntry, @Ctx() ctx: RequestContext): Promise<User | null> {
    return entry.actorKind === 'USER' && entry.actorId !== null ? loadUser(ctx, entry.actorId) : null;
  }

  @FieldResolver(() => VirtualKey, {
    nullable: true,
    description: 'The virtual key that did it; null for another actor, or when it is not visible.',
  })
  async actorKey(@Root() entry: AuditEntry, @Ctx() ctx: RequestContext): Promise<VirtualKey | null> {
    return entry.actorKind === 'KEY' && entry.actorId !== null ? loadKey(ctx, entry.actorId) : null;
  }

  @FieldResolver(() => ServiceAccount, {
    nullable: true,
    description: 'The service account that did it; null for another actor, or when it is not visible.',
  })
  async actorServiceAccount(
    @Root() entry: AuditEntry,
    @Ctx() ctx: RequestContext,
  ): Promise<ServiceAccount | null> {
    return entry.actorKind === 'SERVICE_ACCOUNT' && entry.actorId !== null
      ? loadServiceAccount(ctx, entry.actorId)
      : null;
  }
}
