import { Arg, Args, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { toConnection, type ConnectionOf } from '../platform/graphql/connection';
import { AuditLogArgs } from './audit-entry.input';
import { loadAuditEntry } from './audit-entry.loader';
import { AuditEntry, AuditEntryConnection, toAuditEntry } from './audit-entry.type';
import { AuditService } from './audit.service';

@Resolver()
export class AuditLogResolver {
  constructor(private readonly audit: AuditService) {}

  @Query(() => AuditEntry, {
    nullable: true,
    description: describe('The entry with that id; null when it is absent or not visible.', RULES.signedIn),
  })
  auditEntry(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID, { description: 'Id of the entry.' }) id: string,
  ): Promise<AuditEntry | null> {
    return loadAuditEntry(ctx, id);
  }

  @Query(() => AuditEntryConnection, {
    description: describe(
      'Who changed what, newest first: everything for server administrators and viewers, what belongs to the organization ' +
        'for its administrators and viewers.',
      RULES.signedIn,
    ),
  })
  async auditLog(
    @Ctx() ctx: RequestContext,
    @Args(() => AuditLogArgs) args: AuditLogArgs,
  ): Promise<ConnectionOf<AuditEntry>> {
    return toConnection(await this.audit.list(ctx, args.filter ?? {}, args), toAuditEntry);
  }
}
