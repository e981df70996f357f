import type { RequestContext } from '../../access/context';
import { DEFAULT_ORGANIZATION_ID } from '../../organizations/organization.entity';
import type { ProjectEntity } from '../../projects/project.entity';
import { seesTeamSpend } from '../../spend/spend-access';
import { allPages } from '../all-pages';
import { budgetsOfHolders } from '../holder-budget';
import type { Json } from '../lossless';
import { deleteProjects, findProject, newProject, updateProject } from '../project-commands';
import { DELETE_PROJECTS, NEW_PROJECT, ONE_PROJECT, PROJECT_LIST, UPDATE_PROJECT } from '../project.schema';
import { projectMembers } from './holder-members';
import { answer, defineRoute, type LitellmRoute } from './route';

export const PROJECT_ROUTES: readonly LitellmRoute[] = [
  defineRoute({
    method: 'POST',
    path: '/project/new',
    summary: 'Makes a project of a team.',
    members: NEW_PROJECT,
    async handle(ctx, input, services) {
      const done = await newProject(ctx, services, input);
      if (!done.ok) return done;
      const { project, ignored } = done.value;
      return answer(await rowOf(ctx, project), { ignored });
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/project/update',
    summary: 'Changes a project. Members that are left out stay as they are; null takes away.',
    members: UPDATE_PROJECT,
    async handle(ctx, input, services) {
      const done = await updateProject(ctx, services, input);
      if (!done.ok) return done;
      const { project, ignored } = done.value;
      return answer(await rowOf(ctx, project), { ignored });
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/project/info',
    summary: 'Shows a project with its limits and spend.',
    members: ONE_PROJECT,
    async handle(ctx, input, services) {
      const found = await findProject(ctx, services, input.project_id);
      return found.ok ? answer(await rowOf(ctx, found.value)) : found;
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/project/list',
    summary: 'Lists the projects that the caller sees, oldest first.',
    members: PROJECT_LIST,
    async handle(ctx, input, services) {
      const filter = { teamId: input.team_id, organizationId: input.organization_id };
      const all = await allPages('projects', (page) => services.projects.list(ctx, filter, page));
      return all.ok ? answer(await rowsOf(ctx, all.value)) : all;
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: '/project/delete',
    summary: 'Archives projects: their keys are refused, their spend stays.',
    members: DELETE_PROJECTS,
    async handle(ctx, input, services) {
      const done = await deleteProjects(ctx, services, input.project_ids);
      return done.ok ? answer(await rowsOf(ctx, done.value)) : done;
    },
  }),
];

async function rowsOf(ctx: RequestContext, projects: readonly ProjectEntity[]): Promise<Json[]> {
  const byId = new Map(projects.map((project) => [project.id, project]));
  const sees = (id: string): boolean => {
    const { organizationId = DEFAULT_ORGANIZATION_ID, teamId = '' } = byId.get(id) ?? {};
    return seesTeamSpend(ctx.visibility, organizationId, teamId);
  };
  const budgets = await budgetsOfHolders(ctx, 'PROJECT', [...byId.keys()], sees);
  return projects.flatMap((project) => {
    const holding = budgets.get(project.id);
    return holding ? [projectMembers(project, holding)] : [];
  });
}

async function rowOf(ctx: RequestContext, project: ProjectEntity): Promise<Json> {
  const [row = {}] = await rowsOf(ctx, [project]);
  return row;
}
