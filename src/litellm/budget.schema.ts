import { z } from 'zod';
import { amount, duration, text, whole } from './fields';

const window = z.object({
  budget_duration: duration.describe('How long the window is, such as "24h" or "30d".'),
  max_budget: amount.describe('Dollars that may be spent in each window.'),
});

const modelBudget = z.object({
  budget_limit: amount.nullish().describe('Dollars that may be spent on the model in each period.'),
  max_budget: amount.nullish().describe('Another name of budget_limit.'),
  time_period: duration
    .nullish()
    .describe('How long a period is; without one the budget never starts afresh.'),
  budget_duration: duration.nullish().describe('Another name of time_period.'),
  tpm_limit: whole.nullish().describe('Tokens per minute.'),
  rpm_limit: whole.nullish().describe('Calls per minute.'),
  models: z
    .array(text)
    .nullish()
    .describe('The models of a group; by default the one that the entry is named for.'),
});

const MAX_WINDOWS = 20;
const MAX_MODELS = 100;

/** Each entry is a limit, and each limit that is set holds the ledger for a moment. */
function perModel<Entry extends z.ZodType>(entry: Entry, error: string) {
  return z
    .record(z.string(), entry, { error })
    .refine((entries) => Object.keys(entries).length <= MAX_MODELS, {
      error: `can name at most ${MAX_MODELS} models`,
    });
}

/** What LiteLLM calls the budget of a key, team or other thing: the members that limit what it may use. */
export const BUDGET_SHAPE = {
  budget_id: text
    .nullish()
    .describe('A budget of /budget/new to share the terms of; what is given beside it wins. Null: none.'),
  max_budget: amount
    .nullish()
    .describe('Dollars that may be spent, in each budget_duration if there is one. Null: no bound.'),
  soft_budget: amount.nullish().describe('Dollars from which alerts are raised; nothing is refused.'),
  budget_duration: duration
    .nullish()
    .describe('When max_budget starts afresh: "24h", "7d", "30d", "monthly", …. Null: never.'),
  budget_limits: z
    .array(window, { error: 'must be a list of windows' })
    .max(MAX_WINDOWS, { error: `can hold at most ${MAX_WINDOWS} windows` })
    .nullish()
    .describe('Budgets of several windows, which all hold at once.'),
  tpm_limit: whole.nullish().describe('Tokens per minute.'),
  rpm_limit: whole.nullish().describe('Calls per minute.'),
  tpd_limit: whole.nullish().describe('Tokens per day.'),
  max_parallel_requests: whole.nullish().describe('Calls in flight at one moment.'),
  model_max_budget: perModel(modelBudget, 'must be an object with an entry per model')
    .nullish()
    .describe('Budgets of single models, by name.'),
  model_rpm_limit: perModel(whole, 'must be an object with a number per model')
    .nullish()
    .describe('Calls per minute of single models, by name.'),
  model_tpm_limit: perModel(whole, 'must be an object with a number per model')
    .nullish()
    .describe('Tokens per minute of single models, by name.'),
};

export type BudgetInput = z.output<z.ZodObject<typeof BUDGET_SHAPE>>;

/** The same members of an input that has others too. */
export function budgetOf(input: BudgetInput): BudgetInput {
  const names = Object.keys(BUDGET_SHAPE) as (keyof BudgetInput)[];
  return Object.fromEntries(names.map((name) => [name, input[name]]));
}
