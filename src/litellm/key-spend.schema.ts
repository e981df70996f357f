import { z } from 'zod';
import { amount, names, text } from './fields';
import type { InputMembers } from './members';

const MAX_KEYS = 500;

const reset_to = amount.describe('Dollars that are to count as spent; at most what is spent.');

export const RESET_KEY_SPEND = {
  schema: z.object({ key: text.describe('The key, its id or its SHA-256.'), reset_to }),
  ignored: [],
  refused: {},
} satisfies InputMembers;

export const RESET_MEMBER_SPEND = {
  schema: z.object({
    team_id: text.describe('The team, by id.'),
    user_id: text.describe('The member, by the id of the user.'),
    reset_to,
  }),
  ignored: [],
  refused: {},
} satisfies InputMembers;

export const KEYS_INFO = {
  schema: z.object({
    keys: names
      .max(MAX_KEYS, { error: `can hold at most ${MAX_KEYS} keys` })
      .describe('The keys to show, their ids or their SHA-256.'),
  }),
  ignored: [],
  refused: {},
} satisfies InputMembers;

export const BULK_UPDATE_KEYS = {
  schema: z.object({
    keys: z
      .array(z.record(z.string(), z.unknown()), { error: 'must be a list of changes, each with its "key"' })
      .max(MAX_KEYS, { error: `can hold at most ${MAX_KEYS} keys` })
      .describe('What to change, key by key, with the members of /key/update.'),
  }),
  ignored: [],
  refused: {},
} satisfies InputMembers;
