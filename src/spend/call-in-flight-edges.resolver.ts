import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { loadKey } from '../keys/key.loader';
import { VirtualKey } from '../keys/key.type';
import { loadOrganization } from '../organizations/organization.loader';
import { Organization } from '../organizations/organization.type';
import { loadProject } from '../projects/project.loader';
import { Project } from '../projects/project.type';
import { loadTeam } from '../teams/team.loader';
import { Team } from '../teams/team.type';
import { loadUser } from '../users/user.loader';
import { User } from '../users/user.type';
import { CallInFlight } from './call-in-flight.type';

/** What the call was booked to, as it is now; the row itself has the names of the time. */
@Resolver(() => CallInFlight)
export class CallInFlightEdgesResolver {
  @FieldResolver(() => Organization, {
    nullable: true,
    description: 'The organization, as it is now; null when it is not visible to the caller.',
  })
  organization(@Root() call: CallInFlight, @Ctx() ctx: RequestContext): Promise<Organization | null> {
    return loadOrganization(ctx, call.organizationId);
  }

  @FieldResolver(() => Team, {
    nullable: true,
    description: 'The team, as it is now; null when there was none, or when it is not visible to the caller.',
  })
  async team(@Root() call: CallInFlight, @Ctx() ctx: RequestContext): Promise<Team | null> {
    return call.teamId === null ? null : loadTeam(ctx, call.teamId);
  }

  @FieldResolver(() => Project, {
    nullable: true,
    description:
      'The project, as it is now; null when there was none, or when it is not visible to the caller.',
  })
  async project(@Root() call: CallInFlight, @Ctx() ctx: RequestContext): Promise<Project | null> {
    return call.projectId === null ? null : loadProject(ctx, call.projectId);
  }

  @FieldResolver(() => User, {
    nullable: true,
    description: 'The user, as it is now; null when there was none, or when it is not visible to the caller.',
  })
  async user(@Root() call: CallInFlight, @Ctx() ctx: RequestContext): Promise<User | null> {
    return call.userId === null ? null : loadUser(ctx, call.userId);
  }

  @FieldResolver(() => VirtualKey, {
    nullable: true,
    description:
      'The virtual key, as it is now; null when it was another credential, or is not visible to the caller.',
  })
  async key(@Root() call: CallInFlight, @Ctx() ctx: RequestContext): Promise<VirtualKey | null> {
    return call.keyId === null ? null : loadKey(ctx, call.keyId);
  }
}
