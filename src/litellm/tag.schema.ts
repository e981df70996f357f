import { z } from 'zod';
import { BUDGET_SHAPE } from './budget.schema';
import { names, text } from './fields';
import type { InputMembers } from './members';

const name = text.describe('The tag.');
const IGNORED = ['description', 'model_info'];
const REFUSED = {
  models: 'a tag sends calls nowhere; give the models to the key or team',
  spend: 'spend is what the ledger booked, and cannot be set',
};

export const NEW_TAG = {
  schema: z.object({ ...BUDGET_SHAPE, name }),
  ignored: IGNORED,
  refused: REFUSED,
} satisfies InputMembers;

export const TAG_INFO = {
  schema: z.object({ names: names.max(100, { error: 'can hold at most 100 tags' }).describe('The tags.') }),
  ignored: [],
  refused: {},
} satisfies InputMembers;

export const ONE_TAG = { schema: z.object({ name }), ignored: [], refused: {} } satisfies InputMembers;

export type TagInput = z.output<typeof NEW_TAG.schema>;
