import { z } from 'zod';
import { allPages } from '../all-pages';
import type { Json } from '../lossless';
import { NO_MEMBERS } from '../organization.schema';
import {
  deleteBudget,
  describeBudget,
  describeBudgets,
  findBudget,
  newBudget,
  updateBudget,
  type SharedBudget,
} from '../shared-budget-commands';
import {
  BUDGET_INFO,
  BUDGET_SETTINGS,
  BUDGET_TERMS,
  DELETE_BUDGET,
  NEW_BUDGET,
  UPDATE_BUDGET,
} from '../shared-budget.schema';
import { budgetMembers } from './budget-members';
import { answer, defineRoute, type LitellmRoute } from './route';

/** Budgets that keys, teams, users, customers and others name in `budget_id` to share the terms of. */
export const BUDGET_ROUTES: readonly LitellmRoute[] = [
  defineRoute({
    method: 'POST',
    path: '/budget/new',
    summary: 'Makes a budget to share: whatever names it in budget_id has these limits, each its own spend.',
    members: NEW_BUDGET,
    async handle(ctx, input, services) {
      const done = await newBudget(ctx, services, input);
      if (!done.ok) return done;
      const { template, ignored } = done.value;
      return answer(rowOf(await describeBudget(ctx, template)), { ignored });
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/budget/update',
    summary:
      'Changes a budget, for all that share it at once. Members that are left out stay; null takes away.',
    members: UPDATE_BUDGET,
    async handle(ctx, input, services) {
      const done = await updateBudget(ctx, services, input);
      if (!done.ok) return done;
      const { template, ignored } = done.value;
      return answer(rowOf(await describeBudget(ctx, template)), { ignored });
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/budget/info',
    summary: 'Shows budgets by their ids; one that is not there is left out.',
    members: BUDGET_INFO,
    async handle(ctx, input, services) {
      const found = await Promise.all(input.budgets.map((id) => services.limitTemplates.find(ctx, id)));
      const templates = found.filter((template) => template !== null);
      return answer((await describeBudgets(ctx, templates)).map(rowOf));
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/budget/settings',
    summary: 'Lists what a budget may say, what it means, and what this one says.',
    members: BUDGET_SETTINGS,
    async handle(ctx, input, services) {
      const found = await findBudget(ctx, services, input.budget_id, 'budget_id');
      if (!found.ok) return found;
      const row = rowOf(await describeBudget(ctx, found.value));
      return answer(
        Object.entries(BUDGET_TERMS).map(([name, schema]) => ({
          field_name: name,
          field_type: typeOf(schema),
          field_description: schema.description ?? '',
          field_value: row[name] ?? null,
          stored_in_db: row[name] != null,
          field_default_value: null,
        })),
      );
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/budget/list',
    summary: 'Lists the budgets that the caller sees, oldest first.',
    members: NO_MEMBERS,
    async handle(ctx, _, services) {
      const all = await allPages('budgets', (page) => services.limitTemplates.list(ctx, {}, page));
      return all.ok ? answer((await describeBudgets(ctx, all.value)).map(rowOf)) : all;
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/budget/delete',
    summary: 'Deletes a budget: whatever shared it is no longer held by it.',
    members: DELETE_BUDGET,
    async handle(ctx, input, services) {
      const found = await findBudget(ctx, services, input.id, 'id');
      if (!found.ok) return found;
      const row = rowOf(await describeBudget(ctx, found.value));
      const done = await deleteBudget(ctx, services, input.id);
      return done.ok ? answer(row) : done;
    },
  }),
];

/** The type in JSON of a member that may also be null. */
function typeOf(schema: z.ZodType): string {
  const { type, anyOf } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const types = [type, ...(anyOf ?? []).map((each) => each.type)].flat();
  return types.find((each) => each !== undefined && each !== 'null') ?? 'object';
}

/** A budget as LiteLLM shows its row. It has no spend: whatever shares it has. */
function rowOf({ template, budget }: SharedBudget): Json {
  return {
    budget_id: template.id,
    budget_name: template.name,
    organization_id: template.organizationId,
    ...budgetMembers(budget),
    created_at: template.createdAt.toISOString(),
    created_by: template.createdBy,
    updated_at: template.updatedAt.toISOString(),
    updated_by: null,
  };
}
