import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { loadKey } from '../keys/key.loader';
import { VirtualKey } from '../keys/key.type';
import { loadLimit } from '../limits/limit.loader';
import { Limit } from '../limits/limit.type';
import { loadOrganization } from '../organizations/organization.loader';
import { Organization } from '../organizations/organization.type';
import { loadTeam } from '../teams/team.loader';
import { Team } from '../teams/team.type';
import { AlertRule } from './alert-rule.type';
import { loadAlertRule } from './alert.loader';
import { Alert } from './alert.type';

/** What an alert concerns, as it is now. */
@Resolver(() => Alert)
export class AlertEdgesResolver {
  @FieldResolver(() => AlertRule, {
    nullable: true,
    description: 'The rule that raised it; null when it was deleted, or is not visible to the caller.',
  })
  async rule(@Root() { ruleId }: Alert, @Ctx() ctx: RequestContext): Promise<AlertRule | null> {
    return loadAlertRule(ctx, ruleId);
  }

  @FieldResolver(() => Organization, {
    nullable: true,
    description: 'The organization that it happened in; null when it spans organizations, or is not visible.',
  })
  async organization(
    @Root() { organizationId }: Alert,
    @Ctx() ctx: RequestContext,
  ): Promise<Organization | null> {
    return organizationId === null ? null : loadOrganization(ctx, organizationId);
  }

  @FieldResolver(() => Team, {
    nullable: true,
    description: 'The team that it happened in; null when there was none, or it is not visible.',
  })
  async team(@Root() { teamId }: Alert, @Ctx() ctx: RequestContext): Promise<Team | null> {
    return teamId === null ? null : loadTeam(ctx, teamId);
  }

  @FieldResolver(() => VirtualKey, {
    nullable: true,
    description: 'The virtual key that it concerns; null for another scope, or when it is not visible.',
  })
  async key(@Root() { keyId }: Alert, @Ctx() ctx: RequestContext): Promise<VirtualKey | null> {
    return keyId === null ? null : loadKey(ctx, keyId);
  }

  @FieldResolver(() => Limit, {
    nullable: true,
    description: 'The limit that it concerns; null when none, or it is gone or not visible.',
  })
  async limit(@Root() { limitId }: Alert, @Ctx() ctx: RequestContext): Promise<Limit | null> {
    return limitId === null ? null : loadLimit(ctx, limitId);
  }
}
