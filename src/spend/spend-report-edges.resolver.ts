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
import { SpendReportRow } from './spend-report.type';

const orInvisible = 'as it is now; null as its id is, and when it is gone or not visible to the caller.';

/** What a group is of, as it is now. */
@Resolver(() => SpendReportRow)
export class SpendReportEdgesResolver {
  @FieldResolver(() => Organization, { nullable: true, description: `The organization, ${orInvisible}` })
  async organization(
    @Root() group: SpendReportRow,
    @Ctx() ctx: RequestContext,
  ): Promise<Organization | null> {
    return group.organizationId === null ? null : loadOrganization(ctx, group.organizationId);
  }

  @FieldResolver(() => Team, { nullable: true, description: `The team, ${orInvisible}` })
  async team(@Root() group: SpendReportRow, @Ctx() ctx: RequestContext): Promise<Team | null> {
    return group.teamId === null ? null : loadTeam(ctx, group.teamId);
  }

  @FieldResolver(() => Project, { nullable: true, description: `The project, ${orInvisible}` })
  async project(@Root() group: SpendReportRow, @Ctx() ctx: RequestContext): Promise<Project | null> {
    return group.projectId === null ? null : loadProject(ctx, group.projectId);
  }

  @FieldResolver(() => User, { nullable: true, description: `The user, ${orInvisible}` })
  async user(@Root() group: SpendReportRow, @Ctx() ctx: RequestContext): Promise<User | null> {
    return group.userId === null ? null : loadUser(ctx, group.userId);
  }

  @FieldResolver(() => VirtualKey, { nullable: true, description: `The virtual key, ${orInvisible}` })
  async key(@Root() group: SpendReportRow, @Ctx() ctx: RequestContext): Promise<VirtualKey | null> {
    return group.keyId === null ? null : loadKey(ctx, group.keyId);
  }
}
