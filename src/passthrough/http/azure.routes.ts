import type { FastifyInstance } from 'fastify';
import { templateOf } from '../../platform/openapi/openapi-document';
import { openAi } from '../providers/openai/openai';
import type { Operation } from '../providers/provider';
import { callDocs } from './call-docs';
import { refuseStrangers } from './refuse-strangers';
import { takeCall, type PassthroughParts } from './take-call';

/** Operations that Azure has on a deployment: https://learn.microsoft.com/azure/ai-foundry/openai/reference. */
const ON_DEPLOYMENTS: readonly Operation[] = [
  'chat',
  'completions',
  'embeddings',
  'imageGenerations',
  'imageEdits',
  'speech',
  'transcriptions',
  'translations',
];
/** Azure's own path, the same under the provider's name, and the older one that LiteLLM knows as well. */
export const DEPLOYMENT_BASES: readonly string[] = [
  '/openai/deployments/:model',
  '/azure/openai/deployments/:model',
  '/engines/:model',
];

/** OpenAI's operations where Azure's clients call them. The path names the model; the version of the API is ours to choose. */
export function azureRoutes(app: FastifyInstance, parts: PassthroughParts): void {
  const onRequest = refuseStrangers(parts, openAi);
  const paths = Object.entries(openAi.paths).filter(
    ([path, operation]) => !path.startsWith('/v1/') && ON_DEPLOYMENTS.includes(operation),
  );
  for (const base of DEPLOYMENT_BASES) {
    for (const [path, operation] of paths) {
      const endpoint = `${base}${path}`;
      const config = { docs: () => [callDocs(openAi, operation, { path: templateOf(endpoint) })] };
      app.post<{ Params: { model: string } }>(endpoint, { onRequest, config }, (request, reply) => {
        const address = { model: request.params.model, provider: null, search: '' };
        takeCall(parts, { format: openAi, operation, endpoint, address }, request, reply);
      });
    }
  }
}
