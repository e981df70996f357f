import { z } from 'zod';
import { flag, text, whole } from './fields';
import type { InputMembers } from './members';

export const ESTIMATE_COST = {
  schema: z.object({
    model: text.describe('The model, by the name that calls use.'),
    input_tokens: whole.describe('Input tokens of a call, cached ones included.'),
    output_tokens: whole.describe('Output tokens of a call, reasoning included.'),
    cache_read_input_tokens: whole.nullish().describe('Input tokens that are read from a cache.'),
    cache_creation_input_tokens: whole.nullish().describe('Input tokens that are written to a cache.'),
    reasoning_tokens: whole.nullish().describe('Output tokens that are reasoning.'),
    num_requests_per_day: whole.nullish().describe('Calls on a day.'),
    num_requests_per_month: whole.nullish().describe('Calls in a month.'),
  }),
  ignored: [],
  refused: {},
} satisfies InputMembers;

/** Each provider, or "global", with a fraction, or with percentage and fixed_amount. */
export const ADJUSTMENT_VALUES = {
  schema: z.object({
    values: z
      .unknown()
      .meta({ type: 'object' })
      .describe('For each provider: a fraction such as 0.05, or percentage and fixed_amount of a margin.'),
  }),
  ignored: [],
  refused: {},
} satisfies InputMembers;

export const BLOCK_UNPRICED = {
  schema: z.object({ enabled: flag.describe('Whether such calls are refused.') }),
  ignored: [],
  refused: {},
} satisfies InputMembers;

export type EstimateCostInput = z.output<typeof ESTIMATE_COST.schema>;
