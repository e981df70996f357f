import { z } from 'zod';
import { amount, looseRecord, text } from './fields';
import type { InputMembers } from './members';
import { messages, tools } from './model.schema';
import { queryCount, queryDay, queryEnd, queryFlag, queryStart } from './query-fields';

const nothingElse = { ignored: [], refused: {} };

const STATUSES = ['success', 'failure'] as const;
export type StatusFilter = (typeof STATUSES)[number];

const statusFilter = z
  .enum(STATUSES, { error: 'must be success or failure' })
  .optional()
  .describe('Only calls that ended so: failure is also what was cancelled or expired.');

export const SPEND_LOGS = {
  schema: z.object({
    api_key: text.optional().describe('Only calls of this key: the key, its id or its SHA-256.'),
    team_id: text.optional().describe('Only calls of keys of this team.'),
    user_id: text.optional().describe("Only calls of this user's keys."),
    end_user: text.optional().describe('Only calls for this customer.'),
    model: text.optional().describe('Only calls of this model.'),
    status_filter: statusFilter,
    request_id: text.optional().describe('Only the call of this id, with its corrections.'),
    start_date: queryDay.optional().describe('The first day, in UTC.'),
    end_date: queryDay.optional().describe('The last day, in UTC, which is included.'),
    summarize: queryFlag
      .optional()
      .describe('Whether sums by day are wanted rather than rows: by default when both dates are given.'),
  }),
  ...nothingElse,
} satisfies InputMembers;

const MAX_PAGE = 1_000_000;

export const SPEND_LOG_PAGE = {
  schema: z.object({
    start_date: queryStart.optional().describe('Calls admitted at this instant of UTC or later.'),
    end_date: queryEnd.optional().describe('Calls admitted until this second of UTC, or this day.'),
    page: queryCount(MAX_PAGE).optional().describe('Number of the page, from 1.'),
    page_size: queryCount(1_000).optional().describe('Rows on a page; 50 by default.'),
    api_key: text.optional().describe('Only calls of this key: the key, its id or its SHA-256.'),
    key_alias: text.optional().describe('Only calls of keys that had this alias when they called.'),
    user_id: text.optional().describe("Only calls of this user's keys."),
    team_id: text.optional().describe('Only calls of keys of this team.'),
    end_user: text.optional().describe('Only calls for this customer.'),
    model: text.optional().describe('Only calls of this model.'),
    model_id: text.optional().describe('Only calls that this deployment served.'),
    status_filter: statusFilter,
    min_spend: amount.optional().describe('Only calls that cost at least this, in dollars.'),
    max_spend: amount.optional().describe('Only calls that cost at most this, in dollars.'),
    request_id: text.optional().describe('Only the call of this id, with its corrections.'),
  }),
  ignored: ['sort_by', 'sort_order'],
  refused: { group_by_session: 'calls are not grouped by sessions; leave it out' },
} satisfies InputMembers;

export const ONE_SPEND_LOG = {
  schema: z.object({
    request_id: text.describe('The call, by its id.'),
    start_date: queryStart.optional().describe('Not needed.'),
    end_date: queryEnd.optional().describe('Not needed.'),
  }),
  ...nothingElse,
} satisfies InputMembers;

export const SPEND_KEYS = {
  schema: z.object({
    limit: queryCount(1_000).optional().describe('How many to list at most; 100 by default.'),
  }),
  ...nothingElse,
} satisfies InputMembers;

export const SPEND_USERS = {
  schema: z.object({ user_id: text.optional().describe('Only this user.') }),
  ...nothingElse,
} satisfies InputMembers;

export const NOTHING = { schema: z.object({}), ...nothingElse } satisfies InputMembers;

export const CALCULATE_SPEND = {
  schema: z.object({
    model: text.nullish().describe('The model; by default that of completion_response.'),
    messages,
    tools,
    completion_response: looseRecord.nullish().describe("A provider's answer, with its model and usage."),
  }),
  ...nothingElse,
} satisfies InputMembers;

export type SpendLogsInput = z.output<typeof SPEND_LOGS.schema>;
export type SpendLogPageInput = z.output<typeof SPEND_LOG_PAGE.schema>;
export type CalculateSpendInput = z.output<typeof CALCULATE_SPEND.schema>;
