import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { loadOrganization } from '../organizations/organization.loader';
import { Organization } from '../organizations/organization.type';
import { toConnection, type ConnectionOf } from '../platform/graphql/connection';
import { toPayload } from '../platform/graphql/payload';
import { TeamsArgs } from './team.args';
import {
  ArchiveTeamInput,
  BlockTeamInput,
  CreateTeamInput,
  UnblockTeamInput,
  UpdateTeamInput,
} from './team.input';
import { loadTeam } from './team.loader';
import {
  ArchiveTeamPayload,
  BlockTeamPayload,
  CreateTeamPayload,
  UnblockTeamPayload,
  UpdateTeamPayload,
} from './team.payload';
import { TeamService } from './team.service';
import { Team, TeamConnection, toTeam } from './team.type';

const payload = (row: Parameters<typeof toTeam>[0]) => ({ team: toTeam(row) });

@Resolver(() => Team)
export class TeamResolver {
  constructor(private readonly teams: TeamService) {}

  @FieldResolver(() => Organization, {
    nullable: true,
    description: 'The organization that it belongs to.',
  })
  organization(@Ctx() ctx: RequestContext, @Root() team: Team): Promise<Organization | null> {
    return loadOrganization(ctx, team.organizationId);
  }

  @Query(() => Team, {
    nullable: true,
    description: describe('The team with that id; null when it is absent or not visible.', RULES.signedIn),
  })
  team(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID, { description: 'Id of the team.' }) id: string,
  ): Promise<Team | null> {
    return loadTeam(ctx, id);
  }

  @Query(() => TeamConnection, {
    name: 'teams',
    description: describe('The teams, oldest first.', RULES.signedIn),
  })
  async teamList(
    @Ctx() ctx: RequestContext,
    @Args(() => TeamsArgs) args: TeamsArgs,
  ): Promise<ConnectionOf<Team>> {
    return toConnection(await this.teams.list(ctx, args.filter ?? {}, args), toTeam);
  }

  @Mutation(() => CreateTeamPayload, {
    description: describe('Makes a team in an organization.', RULES.organizationAdmin),
  })
  async createTeam(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => CreateTeamInput, { description: 'The new team.' }) input: CreateTeamInput,
  ): Promise<CreateTeamPayload> {
    return toPayload(await this.teams.create(ctx, input), payload);
  }

  @Mutation(() => UpdateTeamPayload, { description: describe('Changes a team.', RULES.teamAdmin) })
  async updateTeam(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => UpdateTeamInput, { description: 'What to change.' }) input: UpdateTeamInput,
  ): Promise<UpdateTeamPayload> {
    return toPayload(await this.teams.update(ctx, input), payload);
  }

  @Mutation(() => BlockTeamPayload, {
    description: describe(
      'Blocks a team: all calls of its keys are refused until it is unblocked.',
      RULES.organizationAdmin,
    ),
  })
  async blockTeam(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => BlockTeamInput, { description: 'The team to block.' }) input: BlockTeamInput,
  ): Promise<BlockTeamPayload> {
    return toPayload(await this.teams.block(ctx, input.teamId), payload);
  }

  @Mutation(() => UnblockTeamPayload, {
    description: describe('Ends the blocking of a team.', RULES.organizationAdmin),
  })
  async unblockTeam(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => UnblockTeamInput, { description: 'The team to unblock.' }) input: UnblockTeamInput,
  ): Promise<UnblockTeamPayload> {
    return toPayload(await this.teams.unblock(ctx, input.teamId), payload);
  }

  @Mutation(() => ArchiveTeamPayload, {
    description: describe(
      'Archives a team for good: its keys are refused, its records and spend stay.',
      RULES.organizationAdmin,
    ),
  })
  async archiveTeam(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => ArchiveTeamInput, { description: 'The team to archive.' }) input: ArchiveTeamInput,
  ): Promise<ArchiveTeamPayload> {
    return toPayload(await this.teams.archive(ctx, input.teamId), payload);
  }
}
