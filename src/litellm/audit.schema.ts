import { z } from 'zod';
import { text } from './fields';
import type { InputMembers } from './members';
import { queryCount, queryEnd, queryStart } from './query-fields';

export const AUDIT_ACTIONS = ['created', 'updated', 'deleted'] as const;
const ORDERS = ['asc', 'desc'] as const;

export const AUDIT_PAGE = {
  schema: z.object({
    page: queryCount(1_000_000).optional().describe('Number of the page, from 1.'),
    page_size: queryCount(100).optional().describe('Entries on a page; 10 by default.'),
    changed_by: text.optional().describe('Only changes by this user, by the id.'),
    changed_by_api_key: text.optional().describe('Only changes by this key, by its id ("key_…").'),
    action: z
      .enum(AUDIT_ACTIONS, { error: `must be one of ${AUDIT_ACTIONS.join(', ')}` })
      .optional()
      .describe('Only changes of this kind.'),
    table_name: text
      .optional()
      .describe("Only changes of such things: LiteLLM's name of a table, or a type of the graph."),
    object_id: text.optional().describe('Only changes of the thing with this id.'),
    start_date: queryStart.optional().describe('Only changes from this instant or day on, in UTC.'),
    end_date: queryEnd.optional().describe('Only changes until this instant or day, in UTC.'),
    sort_by: z.enum(['updated_at'], { error: 'must be updated_at' }).optional().describe('By what to sort.'),
    sort_order: z
      .enum(ORDERS, { error: 'must be asc or desc' })
      .optional()
      .describe('The latest first (desc, the default), or last.'),
  }),
  ignored: [],
  refused: {},
} satisfies InputMembers;

export const AUDIT_ENTRY = {
  schema: z.object({ id: text.describe('The id of the entry.') }),
  ignored: [],
  refused: {},
} satisfies InputMembers;

export type AuditPageInput = z.output<typeof AUDIT_PAGE.schema>;
