import { z } from 'zod';
import { text } from './fields';
import type { InputMembers } from './members';
import { queryCount, queryDay, queryNames, queryTimezone } from './query-fields';

const MAX_PAGE = 100_000;

const SPAN = {
  start_date: queryDay.optional().describe('The first day; by default 30 days until end_date.'),
  end_date: queryDay.optional().describe('The last day, which is included; today by default.'),
  timezone: queryTimezone
    .optional()
    .describe("Whose days they are: an IANA name, or JavaScript's minutes behind UTC; UTC by default."),
  model: queryNames.optional().describe('Only calls of these models.'),
  api_key: text.optional().describe('Only calls of this key: the key, its id or its SHA-256.'),
  page: queryCount(MAX_PAGE).optional().describe('Number of the page, from 1.'),
  page_size: queryCount(1_000).optional().describe('Days on a page; 50 by default.'),
};

const rest = { ignored: ['include_current_spend'], refused: {} };

export const USER_ACTIVITY = {
  schema: z.object({ ...SPAN, user_id: queryNames.optional().describe('Only calls of these users.') }),
  ...rest,
} satisfies InputMembers;

export const TEAM_ACTIVITY = {
  schema: z.object({
    ...SPAN,
    team_ids: queryNames.optional().describe('Only calls of these teams, between commas.'),
    exclude_team_ids: queryNames.optional().describe('Without calls of these teams.'),
  }),
  ...rest,
} satisfies InputMembers;

export const ORGANIZATION_ACTIVITY = {
  schema: z.object({
    ...SPAN,
    organization_ids: queryNames.optional().describe('Only calls of these organizations.'),
    exclude_organization_ids: queryNames.optional().describe('Without calls of these organizations.'),
  }),
  ...rest,
} satisfies InputMembers;

export const CUSTOMER_ACTIVITY = {
  schema: z.object({
    ...SPAN,
    end_user_ids: queryNames.optional().describe('Only calls for these customers.'),
    exclude_end_user_ids: queryNames.optional().describe('Without calls for these customers.'),
  }),
  ...rest,
} satisfies InputMembers;

export const TAG_ACTIVITY = {
  schema: z.object({
    ...SPAN,
    tags: queryNames.optional().describe('Only calls with one of these tags.'),
    exclude_tags: queryNames.optional().describe('Without what was booked to these tags.'),
  }),
  ...rest,
} satisfies InputMembers;

export type ActivityInput = Omit<z.output<typeof USER_ACTIVITY.schema>, 'user_id'>;
