import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { loadKey } from '../keys/key.loader';
import { VirtualKey } from '../keys/key.type';
import { loadDeployment } from '../models/deployment.loader';
import { Deployment } from '../models/deployment.type';
import { loadOrganization } from '../organizations/organization.loader';
import { Organization } from '../organizations/organization.type';
import { loadPrice } from '../pricing/price.loader';
import { Price } from '../pricing/price.type';
import { loadProject } from '../projects/project.loader';
import { Project } from '../projects/project.type';
import { loadTeam } from '../teams/team.loader';
import { Team } from '../teams/team.type';
import { loadUser } from '../users/user.loader';
import { User } from '../users/user.type';
import { loadIsJournalled } from './journalled-call.loader';
import { SpendLog } from './spend-log.type';

/** What the call was booked to, as it is now; the row itself has the names of the time. */
@Resolver(() => SpendLog)
export class SpendLogEdgesResolver {
  @FieldResolver(() => Organization, {
    nullable: true,
    description: 'The organization, as it is now; null when it is not visible to the caller.',
  })
  organization(@Root() spend: SpendLog, @Ctx() ctx: RequestContext): Promise<Organization | null> {
    return loadOrganization(ctx, spend.organizationId);
  }

  @FieldResolver(() => Team, {
    nullable: true,
    description: 'The team, as it is now; null when there was none, or when it is not visible to the caller.',
  })
  async team(@Root() spend: SpendLog, @Ctx() ctx: RequestContext): Promise<Team | null> {
    return spend.teamId === null ? null : loadTeam(ctx, spend.teamId);
  }

  @FieldResolver(() => Project, {
    nullable: true,
    description:
      'The project, as it is now; null when there was none, or when it is not visible to the caller.',
  })
  async project(@Root() spend: SpendLog, @Ctx() ctx: RequestContext): Promise<Project | null> {
    return spend.projectId === null ? null : loadProject(ctx, spend.projectId);
  }

  @FieldResolver(() => User, {
    nullable: true,
    description: 'The user, as it is now; null when there was none, or when it is not visible to the caller.',
  })
  async user(@Root() spend: SpendLog, @Ctx() ctx: RequestContext): Promise<User | null> {
    return spend.userId === null ? null : loadUser(ctx, spend.userId);
  }

  @FieldResolver(() => VirtualKey, {
    nullable: true,
    description:
      'The virtual key, as it is now; null when it was another credential, or is not visible to the caller.',
  })
  async key(@Root() spend: SpendLog, @Ctx() ctx: RequestContext): Promise<VirtualKey | null> {
    return spend.keyId === null ? null : loadKey(ctx, spend.keyId);
  }

  @FieldResolver(() => Deployment, {
    nullable: true,
    description:
      'The deployment that served the call, as it is now; null when it is gone or not visible to the caller.',
  })
  async deployment(@Root() spend: SpendLog, @Ctx() ctx: RequestContext): Promise<Deployment | null> {
    return spend.deploymentId === null ? null : loadDeployment(ctx, spend.deploymentId);
  }

  @FieldResolver(() => Price, {
    nullable: true,
    description:
      'The version of the price that the cost was computed with; null when it comes from the built-in catalogue or the provider, or is not visible to the caller.',
  })
  async price(@Root() spend: SpendLog, @Ctx() ctx: RequestContext): Promise<Price | null> {
    return spend.priceId === null ? null : loadPrice(ctx, spend.priceId);
  }

  @FieldResolver(() => Boolean, {
    description:
      'Whether the call was let through while the database was away, and booked from a journal: it asked no limit.',
  })
  async journalled(@Root() spend: SpendLog, @Ctx() ctx: RequestContext): Promise<boolean> {
    return spend.callId !== null && loadIsJournalled(ctx, spend.callId);
  }
}
