import { z } from 'zod';
import { text } from './fields';
import type { InputMembers } from './members';
import { queryCount, queryDay, queryNames, queryTimezone } from './query-fields';

const nothingElse = { ignored: [], refused: {} };

export const SPAN_SHAPE = {
  start_date: queryDay.optional().describe('The first day; by default 30 days until end_date.'),
  end_date: queryDay.optional().describe('The last day, which is included; today by default.'),
  timezone: queryTimezone
    .optional()
    .describe("Whose days they are: an IANA name, or JavaScript's minutes behind UTC; UTC by default."),
};

const apiKey = text.optional().describe('Only calls of this key: the key, its id or its SHA-256.');
const limit = queryCount(5_000)
  .optional()
  .describe('How many to list at most, the most expensive first; 100 by default.');

export const SPAN = { schema: z.object(SPAN_SHAPE), ...nothingElse } satisfies InputMembers;

export const SPAN_OF_KEY = {
  schema: z.object({ ...SPAN_SHAPE, api_key: apiKey }),
  ...nothingElse,
} satisfies InputMembers;

export const TOP_OF_SPAN = {
  schema: z.object({ ...SPAN_SHAPE, limit, api_key: apiKey }),
  ...nothingElse,
} satisfies InputMembers;

export const TAGS_OF_SPAN = {
  schema: z.object({
    ...SPAN_SHAPE,
    tags: queryNames.optional().describe('Only these tags, between commas.'),
  }),
  ...nothingElse,
} satisfies InputMembers;

export const MODEL_OF_SPAN = {
  schema: z.object({ ...SPAN_SHAPE, model_group: text.optional().describe('Only calls of this model.') }),
  ...nothingElse,
} satisfies InputMembers;

/** As the body of a POST, where LiteLLM has other names for the dates. */
export const END_USERS = {
  schema: z.object({
    api_key: text.nullish().describe('Only calls of this key: the key, its id or its SHA-256.'),
    startTime: queryDay.nullish().describe('The first day; by default 30 days until endTime.'),
    endTime: queryDay.nullish().describe('The last day, which is included; today by default.'),
  }),
  ...nothingElse,
} satisfies InputMembers;

const GROUPS = ['team', 'customer', 'api_key'] as const;

export const SPEND_REPORT = {
  schema: z.object({
    ...SPAN_SHAPE,
    group_by: z
      .enum(GROUPS, { error: `must be one of ${GROUPS.join(', ')}` })
      .optional()
      .describe(
        'What each day is parted by; team by default. With api_key, the whole span is, by keys and models.',
      ),
    api_key: text.optional().describe('Only calls of this key, parted by models.'),
    internal_user_id: text.optional().describe("Only calls of this user's keys, parted by keys and models."),
    team_id: text.optional().describe('Only calls of this team.'),
    customer_id: text.optional().describe('Only calls for this customer, by days.'),
  }),
  ...nothingElse,
} satisfies InputMembers;

export type SpendReportInput = z.output<typeof SPEND_REPORT.schema>;
