import { z } from 'zod';
import { text } from './fields';
import { KEY_SORTS } from './key-page.repository';
import type { InputMembers } from './members';
import { queryCount, queryFlag } from './query-fields';

const MAX_PAGE = 1_000_000;

export const KEY_ALIASES = {
  schema: z.object({
    page: queryCount(MAX_PAGE).optional().describe('Number of the page, from 1.'),
    size: queryCount(100).optional().describe('Aliases on a page; 50 by default.'),
    search: text.optional().describe('Only aliases that contain this text.'),
    team_id: text.optional().describe('Only keys of this team.'),
  }),
  ignored: [],
  refused: {},
} satisfies InputMembers;

export const KEY_LIST = {
  schema: z.object({
    page: queryCount(MAX_PAGE).optional().describe('Number of the page, from 1.'),
    size: queryCount(100).optional().describe('Keys on a page; 10 by default.'),
    user_id: text.optional().describe('Only keys of this user.'),
    team_id: text.optional().describe('Only keys of this team.'),
    organization_id: text.optional().describe('Only keys of this organization.'),
    project_id: text.optional().describe('Only keys of this project.'),
    key_hash: text.optional().describe('Only this key: its id, or its SHA-256.'),
    key_alias: text.optional().describe('Only the key of this alias.'),
    tag: text.optional().describe('Only keys with this tag.'),
    return_full_object: queryFlag.optional().describe('Whether rows are wanted rather than ids.'),
    sort_by: z
      .enum(Object.keys(KEY_SORTS) as [keyof typeof KEY_SORTS, ...(keyof typeof KEY_SORTS)[]], {
        error: `must be one of ${Object.keys(KEY_SORTS).join(', ')}`,
      })
      .optional()
      .describe('What the list is sorted by; created_at by default.'),
    sort_order: z
      .enum(['asc', 'desc'], { error: 'must be asc or desc' })
      .optional()
      .describe('desc by default.'),
  }),
  ignored: ['include_team_keys', 'include_created_by_keys', 'expand'],
  refused: {
    access_group_id: 'there are no access groups',
    status: 'deleted keys are listed in the GraphQL API, by the filter includeDeleted',
  },
} satisfies InputMembers;
