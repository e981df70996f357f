import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { loadKey } from '../keys/key.loader';
import { VirtualKey } from '../keys/key.type';
import { loadOrganization } from '../organizations/organization.loader';
import { Organization } from '../organizations/organization.type';
import { loadTeam } from '../teams/team.loader';
import { Team } from '../teams/team.type';
import { PriceAdjustment } from './price-adjustment.type';

@Resolver(() => PriceAdjustment)
export class PriceAdjustmentEdgesResolver {
  @FieldResolver(() => VirtualKey, {
    nullable: true,
    description: 'The virtual key that it is for; null for another scope, or when the key is gone.',
  })
  async key(
    @Root() { scope, scopeId }: PriceAdjustment,
    @Ctx() ctx: RequestContext,
  ): Promise<VirtualKey | null> {
    return scope === 'KEY' && scopeId !== null ? loadKey(ctx, scopeId) : null;
  }

  @FieldResolver(() => Team, {
    nullable: true,
    description: 'The team that it is for; null for another scope.',
  })
  async team(@Root() { scope, scopeId }: PriceAdjustment, @Ctx() ctx: RequestContext): Promise<Team | null> {
    return scope === 'TEAM' && scopeId !== null ? loadTeam(ctx, scopeId) : null;
  }

  @FieldResolver(() => Organization, {
    nullable: true,
    description: 'The organization that it is for; null for another scope.',
  })
  async organization(
    @Root() { scope, scopeId }: PriceAdjustment,
    @Ctx() ctx: RequestContext,
  ): Promise<Organization | null> {
    return scope === 'ORGANIZATION' && scopeId !== null ? loadOrganization(ctx, scopeId) : null;
  }
}
