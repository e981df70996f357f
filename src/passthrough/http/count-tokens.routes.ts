import type { FastifyInstance } from 'fastify';
import { planCount } from '../pipeline/count-tokens';
import { anthropic } from '../providers/anthropic/anthropic';
import { refuseStrangers } from './refuse-strangers';
import { takeUnmetered, type PassthroughParts } from './take-call';

/** Anthropic's count of the input of a message, beside each path of its Messages. */
export function countTokensRoutes(app: FastifyInstance, parts: PassthroughParts): void {
  const onRequest = refuseStrangers(parts, anthropic);
  for (const path of Object.keys(anthropic.paths)) {
    app.post(`${path}/count_tokens`, { onRequest }, (request, reply) => {
      takeUnmetered(parts, request, reply, (received) => ({
        ...received,
        format: anthropic,
        plan: (caller) => planCount(parts.ports, caller, received.body),
      }));
    });
  }
}
