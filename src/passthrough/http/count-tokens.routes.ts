import type { FastifyInstance } from 'fastify';
import { planCount } from '../pipeline/count-tokens';
import { anthropic } from '../providers/anthropic/anthropic';
import { freeDocs } from './call-docs';
import { refuseStrangers } from './refuse-strangers';
import { takeUnmetered, type PassthroughParts } from './take-call';

/** Anthropic's count of the input of a message, beside each path of its Messages. */
export function countTokensRoutes(app: FastifyInstance, parts: PassthroughParts): void {
  const onRequest = refuseStrangers(parts, anthropic);
  const docs = () => [
    freeDocs(anthropic, 'Count of the tokens of a message', 'Counts what the input has.', {
      externalUrl: 'https://docs.anthropic.com/en/api/messages-count-tokens',
      body: {
        'application/json': { type: 'object', required: ['model', 'messages'], additionalProperties: true },
      },
    }),
  ];
  for (const path of Object.keys(anthropic.paths)) {
    app.post(`${path}/count_tokens`, { onRequest, config: { docs } }, (request, reply) => {
      takeUnmetered(parts, request, reply, (received) => ({
        ...received,
        format: anthropic,
        plan: (caller) => planCount(parts.ports, caller, received.body),
      }));
    });
  }
}
