import { z } from 'zod';
import { BUDGET_SHAPE } from './budget.schema';
import { flag, names, text } from './fields';
import type { InputMembers } from './members';

const SETTINGS = {
  alias: text.nullish().describe('A name for people.'),
  blocked: flag.nullish().describe('Calls for a blocked customer are refused.'),
};

const REFUSED = {
  allowed_model_region: 'choose the deployments by their names',
  default_model: 'name the model in the call',
  spend: 'spend is what the ledger booked, and cannot be set',
};

const user_id = text.describe('The id that applications send for the customer.');

export const NEW_CUSTOMER = {
  schema: z.object({ ...SETTINGS, ...BUDGET_SHAPE, user_id }),
  ignored: [],
  refused: REFUSED,
} satisfies InputMembers;

export const UPDATE_CUSTOMER = NEW_CUSTOMER;

export const CUSTOMER_INFO = {
  schema: z.object({ end_user_id: user_id }),
  ignored: [],
  refused: {},
} satisfies InputMembers;

export const SOME_CUSTOMERS = {
  schema: z.object({ user_ids: names.describe('The customers, by the ids that applications send.') }),
  ignored: [],
  refused: {},
} satisfies InputMembers;

export type CustomerInput = z.output<typeof NEW_CUSTOMER.schema>;
