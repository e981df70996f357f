import { z } from 'zod';
import { BUDGET_SHAPE } from './budget.schema';
import { flag, names, record, text } from './fields';
import type { InputMembers } from './members';

const SETTINGS = {
  project_alias: text.nullish().describe('The name of the project.'),
  description: text.nullish().describe('What it is for.'),
  models: names.nullish().describe('Models its keys may use; empty: all that the team may use.'),
  metadata: record.nullish().describe('A JSON object of your own.'),
  blocked: flag.nullish().describe('Keys of a blocked project are refused.'),
};

const REFUSED = {
  tags: 'give the tags to the team or the key',
  object_permission: 'only models can be permitted, by "models"',
  spend: 'spend is what the ledger booked, and cannot be set',
};

const project_id = text.describe('The project, by id.');

export const NEW_PROJECT = {
  schema: z.object({
    ...SETTINGS,
    ...BUDGET_SHAPE,
    project_id: text.nullish().describe('An id of your own; a random one by default.'),
    team_id: text.describe('The team that the project belongs to.'),
  }),
  ignored: [],
  refused: REFUSED,
} satisfies InputMembers;

export const UPDATE_PROJECT = {
  schema: z.object({ ...SETTINGS, ...BUDGET_SHAPE, project_id }),
  ignored: [],
  refused: { ...REFUSED, team_id: 'a project stays in its team' },
} satisfies InputMembers;

export const ONE_PROJECT = {
  schema: z.object({ project_id }),
  ignored: [],
  refused: {},
} satisfies InputMembers;

export const PROJECT_LIST = {
  schema: z.object({
    team_id: text.optional().describe('Only projects of this team.'),
    organization_id: text.optional().describe('Only projects of this organization.'),
  }),
  ignored: [],
  refused: {},
} satisfies InputMembers;

export const DELETE_PROJECTS = {
  schema: z.object({ project_ids: names.describe('The projects to delete, by id.') }),
  ignored: [],
  refused: {},
} satisfies InputMembers;

export type NewProjectInput = z.output<typeof NEW_PROJECT.schema>;
export type UpdateProjectInput = z.output<typeof UPDATE_PROJECT.schema>;
