import { z } from 'zod';
import { names, text } from './fields';
import type { InputMembers } from './members';
import { queryCount } from './query-fields';

const team_id = text.describe('The team, by id.');

export const TEAM_MODELS = {
  schema: z.object({ team_id, models: names.describe('Models, as names or patterns.') }),
  ignored: [],
  refused: {},
} satisfies InputMembers;

export const TEAM_PERMISSIONS = {
  schema: z.object({ team_id, team_member_permissions: names.describe('Routes that a member may call.') }),
  ignored: [],
  refused: {},
} satisfies InputMembers;

export const TEAM_PAGE = {
  schema: z.object({
    organization_id: text.optional().describe('Only teams of this organization.'),
    user_id: text.optional().describe('Only teams that this user is a member of.'),
    team_id: text.optional().describe('Only this team.'),
    team_alias: text.optional().describe('Only teams whose name contains this text.'),
    page: queryCount(1_000_000).optional().describe('Number of the page, from 1.'),
    page_size: queryCount(100).optional().describe('Teams on a page; 10 by default.'),
  }),
  ignored: ['sort_by', 'sort_order'],
  refused: { status: 'archived teams are listed in the GraphQL API, by the filter includeArchived' },
} satisfies InputMembers;
