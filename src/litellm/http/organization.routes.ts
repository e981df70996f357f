import type { RequestContext } from '../../access/context';
import { listMembersOfOrganizations } from '../../organizations/organization-member.repository';
import type { OrganizationEntity } from '../../organizations/organization.entity';
import { seesOrganizationSpend } from '../../spend/spend-access';
import { allPages } from '../all-pages';
import { budgetsOfHolders } from '../holder-budget';
import type { Json } from '../lossless';
import {
  deleteOrganizations,
  findOrganization,
  newOrganization,
  updateOrganization,
} from '../organization-commands';
import {
  DELETE_ORGANIZATIONS,
  NEW_ORGANIZATION,
  NO_MEMBERS,
  ONE_ORGANIZATION,
  UPDATE_ORGANIZATION,
} from '../organization.schema';
import { describeTeams } from '../team-rows';
import { organizationMembers } from './holder-members';
import { organizationMembership } from './organization-member.routes';
import { answer, defineRoute, type LitellmRoute } from './route';
import { teamMembers } from './team-members';

const MAX_MEMBERS = 100;

export const ORGANIZATION_ROUTES: readonly LitellmRoute[] = [
  defineRoute({
    method: 'POST',
    path: '/organization/new',
    summary: 'Makes an organization.',
    members: NEW_ORGANIZATION,
    async handle(ctx, input, services) {
      const done = await newOrganization(ctx, services, input);
      if (!done.ok) return done;
      const { organization, ignored } = done.value;
      return answer(await rowOf(ctx, organization), { ignored });
    },
  }),
  defineRoute({
    method: 'PATCH',
    path: '/organization/update',
    summary: 'Changes an organization. Members that are left out stay as they are; null takes away.',
    members: UPDATE_ORGANIZATION,
    async handle(ctx, input, services) {
      const done = await updateOrganization(ctx, services, input);
      if (!done.ok) return done;
      const { organization, ignored } = done.value;
      return answer(await rowOf(ctx, organization), { ignored });
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/organization/info',
    summary: 'Shows an organization with its limits, spend, members and teams.',
    members: ONE_ORGANIZATION,
    async handle(ctx, input, services) {
      const found = await findOrganization(ctx, services, input.organization_id);
      if (!found.ok) return found;
      const filter = { organizationId: found.value.id };
      const teams = await allPages('teams', (page) => services.teams.list(ctx, filter, page));
      if (!teams.ok) return teams;
      const described = await describeTeams(ctx, teams.value);
      const page = { first: MAX_MEMBERS };
      const members = await listMembersOfOrganizations(
        ctx.db.manager,
        ctx.visibility,
        [found.value.id],
        page,
      );
      return answer({
        ...(await rowOf(ctx, found.value)),
        members: (members.get(found.value.id)?.rows ?? []).map(organizationMembership),
        teams: described.map(teamMembers),
      });
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/organization/list',
    summary: 'Lists the organizations that the caller sees, oldest first.',
    members: NO_MEMBERS,
    async handle(ctx, _, services) {
      const all = await allPages('organizations', (page) => services.organizations.list(ctx, {}, page));
      return all.ok ? answer(await rowsOf(ctx, all.value)) : all;
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: '/organization/delete',
    summary: 'Archives organizations: their keys are refused, their spend stays.',
    members: DELETE_ORGANIZATIONS,
    async handle(ctx, input, services) {
      const done = await deleteOrganizations(ctx, services, input.organization_ids);
      return done.ok ? answer(await rowsOf(ctx, done.value)) : done;
    },
  }),
];

async function rowsOf(ctx: RequestContext, organizations: readonly OrganizationEntity[]): Promise<Json[]> {
  const ids = organizations.map(({ id }) => id);
  const sees = (id: string): boolean => seesOrganizationSpend(ctx.visibility, id);
  const budgets = await budgetsOfHolders(ctx, 'ORGANIZATION', ids, sees);
  return organizations.flatMap((organization) => {
    const holding = budgets.get(organization.id);
    return holding ? [organizationMembers(organization, holding)] : [];
  });
}

async function rowOf(ctx: RequestContext, organization: OrganizationEntity): Promise<Json> {
  const [row = {}] = await rowsOf(ctx, [organization]);
  return row;
}
