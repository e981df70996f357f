import { z } from 'zod';
import { BUDGET_SHAPE } from './budget.schema';
import { names, text } from './fields';
import type { InputMembers } from './members';

const {
  budget_id: _shared,
  budget_limits,
  model_rpm_limit,
  model_tpm_limit,
  tpd_limit,
  ...TERMS
} = BUDGET_SHAPE;

const SHAPE = { ...TERMS, budget_limits, model_rpm_limit, model_tpm_limit, tpd_limit };
const budget_id = text.describe('The budget, by id.');

const REFUSED = {
  budget_reset_at: 'a budget starts afresh by its budget_duration',
  allowed_models: 'write the models into those of the key, team or organization',
  spend: 'spend is what the ledger booked, and cannot be set',
};

export const NEW_BUDGET = {
  schema: z.object({
    ...SHAPE,
    budget_id: text.nullish().describe('An id of your own; a random one by default.'),
  }),
  ignored: [],
  refused: REFUSED,
} satisfies InputMembers;

export const UPDATE_BUDGET = {
  schema: z.object({ ...SHAPE, budget_id }),
  ignored: [],
  refused: REFUSED,
} satisfies InputMembers;

export const BUDGET_INFO = {
  schema: z.object({
    budgets: names.max(100, { error: 'can hold at most 100 budgets' }).describe('The budgets, by id.'),
  }),
  ignored: [],
  refused: {},
} satisfies InputMembers;

export const BUDGET_SETTINGS = {
  schema: z.object({ budget_id }),
  ignored: [],
  refused: {},
} satisfies InputMembers;

export const DELETE_BUDGET = {
  schema: z.object({ id: budget_id }),
  ignored: [],
  refused: {},
} satisfies InputMembers;

export type NewBudgetInput = z.output<typeof NEW_BUDGET.schema>;
export type UpdateBudgetInput = z.output<typeof UPDATE_BUDGET.schema>;

/** What a budget may say, with what it means: the members of its terms. */
export const BUDGET_TERMS = SHAPE;
