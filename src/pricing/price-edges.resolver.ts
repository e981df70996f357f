import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { loadKey } from '../keys/key.loader';
import { VirtualKey } from '../keys/key.type';
import { loadDeployment } from '../models/deployment.loader';
import { Deployment } from '../models/deployment.type';
import { loadOrganization } from '../organizations/organization.loader';
import { Organization } from '../organizations/organization.type';
import { loadTeam } from '../teams/team.loader';
import { Team } from '../teams/team.type';
import { Price } from './price.type';

@Resolver(() => Price)
export class PriceEdgesResolver {
  @FieldResolver(() => VirtualKey, {
    nullable: true,
    description: 'The virtual key that it is for; null for another scope, or when it is not visible.',
  })
  async key(@Root() price: Price, @Ctx() ctx: RequestContext): Promise<VirtualKey | null> {
    return price.scope === 'KEY' && price.scopeId !== null ? loadKey(ctx, price.scopeId) : null;
  }

  @FieldResolver(() => Team, {
    nullable: true,
    description: 'The team that it is for; null for another scope, or when it is not visible.',
  })
  async team(@Root() price: Price, @Ctx() ctx: RequestContext): Promise<Team | null> {
    return price.scope === 'TEAM' && price.scopeId !== null ? loadTeam(ctx, price.scopeId) : null;
  }

  @FieldResolver(() => Organization, {
    nullable: true,
    description: 'The organization that it is for; null for another scope, or when it is not visible.',
  })
  async organization(@Root() price: Price, @Ctx() ctx: RequestContext): Promise<Organization | null> {
    return price.scope === 'ORGANIZATION' && price.scopeId !== null
      ? loadOrganization(ctx, price.scopeId)
      : null;
  }

  @FieldResolver(() => Deployment, {
    nullable: true,
    description: 'The deployment that it is for; null for another scope, or when it is not visible.',
  })
  async deployment(@Root() price: Price, @Ctx() ctx: RequestContext): Promise<Deployment | null> {
    return price.scope === 'DEPLOYMENT' && price.scopeId !== null ? loadDeployment(ctx, price.scopeId) : null;
  }
}
