import { z } from 'zod';
import { looseRecord, queryDay, queryFlag, text } from './fields';
import type { InputMembers } from './members';
import { messages, tools } from './model.schema';

const nothingElse = { ignored: [], refused: {} };

export const SPEND_LOGS = {
  schema: z.object({
    api_key: text.optional().describe('Only calls of this key: the key, its id or its SHA-256.'),
    team_id: text.optional().describe('Only calls of keys of this team.'),
    user_id: text.optional().describe("Only calls of this user's keys."),
    request_id: text.optional().describe('Only the call of this id, with its corrections.'),
    start_date: queryDay.optional().describe('The first day, in UTC.'),
    end_date: queryDay.optional().describe('The last day, in UTC, which is included.'),
    summarize: queryFlag
      .optional()
      .describe('Whether sums by day are wanted rather than rows: by default when both dates are given.'),
  }),
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
export type CalculateSpendInput = z.output<typeof CALCULATE_SPEND.schema>;
