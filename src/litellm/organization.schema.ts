import { z } from 'zod';
import { BUDGET_SHAPE } from './budget.schema';
import { names, record, text } from './fields';
import type { InputMembers } from './members';

const SETTINGS = {
  organization_alias: text.nullish().describe('The name of the organization.'),
  models: names.nullish().describe('Models its teams and keys may use; empty: all of the server.'),
  metadata: record.nullish().describe('A JSON object of your own.'),
};

const REFUSED = {
  object_permission: 'only models can be permitted, by "models"',
  spend: 'spend is what the ledger booked, and cannot be set',
};

export const NEW_ORGANIZATION = {
  schema: z.object({
    ...SETTINGS,
    ...BUDGET_SHAPE,
    organization_id: text.nullish().describe('An id of your own; a random one by default.'),
  }),
  ignored: [],
  refused: REFUSED,
} satisfies InputMembers;

export const UPDATE_ORGANIZATION = {
  schema: z.object({
    ...SETTINGS,
    ...BUDGET_SHAPE,
    organization_id: text.describe('The organization, by id.'),
  }),
  ignored: [],
  refused: REFUSED,
} satisfies InputMembers;

export const ONE_ORGANIZATION = {
  schema: z.object({ organization_id: text.describe('The organization, by id.') }),
  ignored: [],
  refused: {},
} satisfies InputMembers;

export const NO_MEMBERS = { schema: z.object({}), ignored: [], refused: {} } satisfies InputMembers;

export const DELETE_ORGANIZATIONS = {
  schema: z.object({ organization_ids: names.describe('The organizations to delete, by id.') }),
  ignored: [],
  refused: {},
} satisfies InputMembers;

export type NewOrganizationInput = z.output<typeof NEW_ORGANIZATION.schema>;
export type UpdateOrganizationInput = z.output<typeof UPDATE_ORGANIZATION.schema>;
