import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { loadOrganization } from '../organizations/organization.loader';
import { Organization } from '../organizations/organization.type';
import { toConnection, type ConnectionOf } from '../platform/graphql/connection';
import { toPayload } from '../platform/graphql/payload';
import { loadTeam } from '../teams/team.loader';
import { Team } from '../teams/team.type';
import { ProjectsArgs } from './project.args';
import {
  ArchiveProjectInput,
  BlockProjectInput,
  CreateProjectInput,
  UnblockProjectInput,
  UpdateProjectInput,
} from './project.input';
import { loadProject } from './project.loader';
import {
  ArchiveProjectPayload,
  BlockProjectPayload,
  CreateProjectPayload,
  UnblockProjectPayload,
  UpdateProjectPayload,
} from './project.payload';
import { ProjectService } from './project.service';
import { Project, ProjectConnection, toProject } from './project.type';

const payload = (row: Parameters<typeof toProject>[0]) => ({ project: toProject(row) });

@Resolver(() => Project)
export class ProjectResolver {
  constructor(private readonly projects: ProjectService) {}

  @FieldResolver(() => Organization, {
    nullable: true,
    description: 'The organization that it belongs to.',
  })
  organization(@Ctx() ctx: RequestContext, @Root() project: Project): Promise<Organization | null> {
    return loadOrganization(ctx, project.organizationId);
  }

  @FieldResolver(() => Team, { nullable: true, description: 'The team that it belongs to.' })
  team(@Ctx() ctx: RequestContext, @Root() project: Project): Promise<Team | null> {
    return loadTeam(ctx, project.teamId);
  }

  @Query(() => Project, {
    nullable: true,
    description: describe('The project with that id; null when it is absent or not visible.', RULES.signedIn),
  })
  project(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID, { description: 'Id of the project.' }) id: string,
  ): Promise<Project | null> {
    return loadProject(ctx, id);
  }

  @Query(() => ProjectConnection, {
    name: 'projects',
    description: describe('The projects, oldest first.', RULES.signedIn),
  })
  async projectList(
    @Ctx() ctx: RequestContext,
    @Args(() => ProjectsArgs) args: ProjectsArgs,
  ): Promise<ConnectionOf<Project>> {
    return toConnection(await this.projects.list(ctx, args.filter ?? {}, args), toProject);
  }

  @Mutation(() => CreateProjectPayload, {
    description: describe('Makes a project in a team.', RULES.teamAdmin),
  })
  async createProject(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => CreateProjectInput, { description: 'The new project.' }) input: CreateProjectInput,
  ): Promise<CreateProjectPayload> {
    return toPayload(await this.projects.create(ctx, input), payload);
  }

  @Mutation(() => UpdateProjectPayload, { description: describe('Changes a project.', RULES.teamAdmin) })
  async updateProject(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => UpdateProjectInput, { description: 'What to change.' }) input: UpdateProjectInput,
  ): Promise<UpdateProjectPayload> {
    return toPayload(await this.projects.update(ctx, input), payload);
  }

  @Mutation(() => BlockProjectPayload, {
    description: describe(
      'Blocks a project: all calls of its keys are refused until it is unblocked.',
      RULES.teamAdmin,
    ),
  })
  async blockProject(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => BlockProjectInput, { description: 'The project to block.' }) input: BlockProjectInput,
  ): Promise<BlockProjectPayload> {
    return toPayload(await this.projects.block(ctx, input.projectId), payload);
  }

  @Mutation(() => UnblockProjectPayload, {
    description: describe('Ends the blocking of a project.', RULES.teamAdmin),
  })
  async unblockProject(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => UnblockProjectInput, { description: 'The project to unblock.' })
    input: UnblockProjectInput,
  ): Promise<UnblockProjectPayload> {
    return toPayload(await this.projects.unblock(ctx, input.projectId), payload);
  }

  @Mutation(() => ArchiveProjectPayload, {
    description: describe(
      'Archives a project for good: its keys are refused, its records and spend stay.',
      RULES.teamAdmin,
    ),
  })
  async archiveProject(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => ArchiveProjectInput, { description: 'The project to archive.' })
    input: ArchiveProjectInput,
  ): Promise<ArchiveProjectPayload> {
    return toPayload(await this.projects.archive(ctx, input.projectId), payload);
  }
}
