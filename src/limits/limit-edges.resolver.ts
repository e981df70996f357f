import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { teamOfMember, userOfMember } from '../domain/limits/team-member-scope';
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
import { Limit } from './limit.type';

/** What a limit is set on. */
@Resolver(() => Limit)
export class LimitEdgesResolver {
  @FieldResolver(() => Organization, {
    nullable: true,
    description: 'The organization that it is set on or inside of; null when it spans organizations.',
  })
  async organization(@Root() limit: Limit, @Ctx() ctx: RequestContext): Promise<Organization | null> {
    return limit.organizationId === null ? null : loadOrganization(ctx, limit.organizationId);
  }

  @FieldResolver(() => Team, {
    nullable: true,
    description: 'The team of a limit on a team or one of its members; else null, as when it is not visible.',
  })
  async team(@Root() limit: Limit, @Ctx() ctx: RequestContext): Promise<Team | null> {
    if (limit.scope === 'TEAM') return loadTeam(ctx, limit.scopeId);
    return limit.scope === 'TEAM_MEMBER' ? loadTeam(ctx, teamOfMember(limit.scopeId)) : null;
  }

  @FieldResolver(() => Project, {
    nullable: true,
    description: 'The project of a limit on a project; else null, as when it is not visible.',
  })
  async project(@Root() limit: Limit, @Ctx() ctx: RequestContext): Promise<Project | null> {
    return limit.scope === 'PROJECT' ? loadProject(ctx, limit.scopeId) : null;
  }

  @FieldResolver(() => User, {
    nullable: true,
    description: 'The user of a limit on a user or a member of a team; else null, as when it is not visible.',
  })
  async user(@Root() limit: Limit, @Ctx() ctx: RequestContext): Promise<User | null> {
    if (limit.scope === 'USER') return loadUser(ctx, limit.scopeId);
    return limit.scope === 'TEAM_MEMBER' ? loadUser(ctx, userOfMember(limit.scopeId)) : null;
  }

  @FieldResolver(() => VirtualKey, {
    nullable: true,
    description: 'The virtual key of a limit on a key; else null, as when it is not visible.',
  })
  async key(@Root() limit: Limit, @Ctx() ctx: RequestContext): Promise<VirtualKey | null> {
    return limit.scope === 'KEY' ? loadKey(ctx, limit.scopeId) : null;
  }
}
