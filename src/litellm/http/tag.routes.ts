import type { RequestContext } from '../../access/context';
import type { Json } from '../lossless';
import { NO_MEMBERS } from '../organization.schema';
import type { LitellmServices } from '../services';
import { deleteTag, describeTags, newTag, updateTag, type Tag } from '../tag-commands';
import { NEW_TAG, ONE_TAG, TAG_INFO } from '../tag.schema';
import { budgetMembers, budgetTable, spendMembers } from './budget-members';
import { answer, defineRoute, type LitellmRoute } from './route';

/** Tags are the server's, and so are their budgets. */
export const TAG_ROUTES: readonly LitellmRoute[] = [
  defineRoute({
    method: 'POST',
    path: '/tag/new',
    summary: 'Gives a tag a budget. A tag needs no record to be used.',
    members: NEW_TAG,
    async handle(ctx, input, services) {
      const done = await newTag(ctx, services, input);
      return done.ok ? answer(await rowOf(ctx, services, input.name), { ignored: done.value }) : done;
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/tag/update',
    summary: 'Changes the budget of a tag. Members that are left out stay as they are; null takes away.',
    members: NEW_TAG,
    async handle(ctx, input, services) {
      const done = await updateTag(ctx, services, input);
      return done.ok ? answer(await rowOf(ctx, services, input.name), { ignored: done.value }) : done;
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/tag/info',
    summary: 'Shows tags by their names; one that was never used and has no budget is left out.',
    members: TAG_INFO,
    async handle(ctx, input, services) {
      const tags = await describeTags(ctx, services, input.names);
      return answer(Object.fromEntries(tags.map((tag) => [tag.name, tagMembers(tag)])));
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/tag/list',
    summary: 'Lists the tags that were used or have a budget, by name.',
    members: NO_MEMBERS,
    async handle(ctx, _, services) {
      return answer((await describeTags(ctx, services)).map(tagMembers));
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/tag/delete',
    summary: 'Takes the budget off a tag. What was spent with it stays.',
    members: ONE_TAG,
    async handle(ctx, input, services) {
      const done = await deleteTag(ctx, services, input.name);
      return done.ok ? answer({ message: `Tag ${input.name} deleted successfully`, name: input.name }) : done;
    },
  }),
];

async function rowOf(
  ctx: RequestContext,
  services: Pick<LitellmServices, 'spendReports'>,
  name: string,
): Promise<Json> {
  const [tag] = await describeTags(ctx, services, [name]);
  return tag ? tagMembers(tag) : { name, spend: 0, max_budget: null };
}

function tagMembers({ name, budget, totalSpend }: Tag): Json {
  return {
    name,
    description: null,
    models: [],
    model_info: null,
    budget_id: budget.budgetId,
    ...spendMembers(budget, totalSpend),
    ...budgetMembers(budget),
    litellm_budget_table: budgetTable(budget),
  };
}
