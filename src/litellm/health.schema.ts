import { z } from 'zod';
import { text } from './fields';
import type { InputMembers } from './members';

/** LiteLLM's names of services that can be tried here. */
export const TRIED_SERVICES = ['slack', 'slack_budget_alerts', 'webhook', 'email', 'langfuse'] as const;
export type TriedService = (typeof TRIED_SERVICES)[number];

export const HEALTH_SERVICES = {
  schema: z.object({
    service: z
      .enum(TRIED_SERVICES, { error: `must be one of ${TRIED_SERVICES.join(', ')}` })
      .describe('The service to try.'),
  }),
  ignored: [],
  refused: {},
} satisfies InputMembers;

export const TEST_CONNECTION = {
  schema: z.object({
    litellm_params: z
      .unknown()
      .meta({ type: 'object' })
      .describe('The deployment to try, as for /model/new: "model", "api_key", "api_base".'),
    model_info: z.unknown().meta({ type: 'object' }).optional().describe('As for /model/new.'),
  }),
  ignored: ['mode', 'prompt', 'test_mode'],
  refused: {},
} satisfies InputMembers;

export const HEALTH = {
  schema: z.object({
    model: text.optional().describe('Only deployments of this model.'),
    model_id: text.optional().describe('Only this deployment.'),
  }),
  ignored: [],
  refused: {},
} satisfies InputMembers;
