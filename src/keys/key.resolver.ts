import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { loadOrganization } from '../organizations/organization.loader';
import { Organization } from '../organizations/organization.type';
import { toConnection, type ConnectionOf } from '../platform/graphql/connection';
import { loadProject } from '../projects/project.loader';
import { Project } from '../projects/project.type';
import { loadServiceAccount } from '../service-accounts/service-account.loader';
import { ServiceAccount } from '../service-accounts/service-account.type';
import { loadTeam } from '../teams/team.loader';
import { Team } from '../teams/team.type';
import { loadUser } from '../users/user.loader';
import { User } from '../users/user.type';
import { KeysArgs, toKeyList } from './key.input';
import { loadKey } from './key.loader';
import { KeyService } from './key.service';
import { toVirtualKey, VirtualKey, VirtualKeyConnection } from './key.type';

@Resolver(() => VirtualKey)
export class KeyResolver {
  constructor(private readonly service: KeyService) {}

  @Query(() => VirtualKey, {
    nullable: true,
    description: describe(
      'The virtual key with that id; null when it is absent or not visible.',
      RULES.signedIn,
    ),
  })
  key(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID, { description: 'Id of the key.' }) id: string,
  ): Promise<VirtualKey | null> {
    return loadKey(ctx, id);
  }

  @Query(() => VirtualKeyConnection, {
    description: describe('The virtual keys that are visible to the caller.', RULES.signedIn),
  })
  async keys(
    @Ctx() ctx: RequestContext,
    @Args(() => KeysArgs) args: KeysArgs,
  ): Promise<ConnectionOf<VirtualKey>> {
    const page = await this.service.list(ctx, toKeyList(args));
    return toConnection(page, (row) => toVirtualKey(row, ctx.clock.now()));
  }

  @FieldResolver(() => Organization, {
    nullable: true,
    description: 'The organization it belongs to; null when that is not visible to the caller.',
  })
  organization(@Root() key: VirtualKey, @Ctx() ctx: RequestContext): Promise<Organization | null> {
    return loadOrganization(ctx, key.organizationId);
  }

  @FieldResolver(() => Team, {
    nullable: true,
    description: 'The team it belongs to; null when it has none, or when that is not visible to the caller.',
  })
  async team(@Root() key: VirtualKey, @Ctx() ctx: RequestContext): Promise<Team | null> {
    return key.teamId === null ? null : loadTeam(ctx, key.teamId);
  }

  @FieldResolver(() => Project, {
    nullable: true,
    description:
      'The project it belongs to; null when it has none, or when that is not visible to the caller.',
  })
  async project(@Root() key: VirtualKey, @Ctx() ctx: RequestContext): Promise<Project | null> {
    return key.projectId === null ? null : loadProject(ctx, key.projectId);
  }

  @FieldResolver(() => User, {
    nullable: true,
    description:
      'The user whose key it is; null for a key of no user, or when the user is not visible to the caller.',
  })
  async owner(@Root() key: VirtualKey, @Ctx() ctx: RequestContext): Promise<User | null> {
    return key.userId === null ? null : loadUser(ctx, key.userId);
  }

  @FieldResolver(() => ServiceAccount, {
    nullable: true,
    description: 'The service account whose key it is; null for a key of none, or when it is not visible.',
  })
  async serviceAccount(@Root() key: VirtualKey, @Ctx() ctx: RequestContext): Promise<ServiceAccount | null> {
    return key.serviceAccountId === null ? null : loadServiceAccount(ctx, key.serviceAccountId);
  }
}
