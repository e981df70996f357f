import type { FastifyInstance } from 'fastify';
import { cohere } from '../providers/cohere/cohere';
import { openAi } from '../providers/openai/openai';
import type { Operation, WireFormat } from '../providers/provider';
import { callDocs } from './call-docs';
import { refuseStrangers } from './refuse-strangers';
import { takeCall, type PassthroughParts } from './take-call';

interface ProviderPaths {
  readonly provider: string;
  readonly format: WireFormat;
  /** Null where the provider has every operation of the format. */
  readonly operations: readonly Operation[] | null;
}

/** Providers whose paths are those of a format, below their own name. https://docs.mistral.ai/api lists Mistral's. */
const PROVIDERS: readonly ProviderPaths[] = [
  { provider: 'openai', format: openAi, operations: null },
  { provider: 'cohere', format: cohere, operations: null },
  { provider: 'mistral', format: openAi, operations: ['chat', 'embeddings'] },
];

/** Paths below a provider's name: the same calls, which go to deployments of that provider and to no other's. */
export function providerRoutes(app: FastifyInstance, parts: PassthroughParts): void {
  for (const { provider, format, operations } of PROVIDERS) {
    const onRequest = refuseStrangers(parts, format);
    for (const [path, operation] of Object.entries(format.paths)) {
      if (operations !== null && !operations.includes(operation)) continue;
      const endpoint = `/${provider}${path}`;
      const address = { model: null, provider, isPinned: true, search: '' };
      const config = { docs: () => [callDocs(format, operation, { path: endpoint, provider })] };
      app.post(endpoint, { onRequest, config }, (request, reply) => {
        takeCall(parts, { format, operation, endpoint, address }, request, reply);
      });
    }
  }
}
