import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { invalidRequest } from '../providers/wire-error';
import { openAi } from '../providers/openai/openai';
import { err, ok } from '../../domain/result';
import { routeByModel, routeToStored } from '../pipeline/route-by-model';
import type { PassOn } from '../pipeline/run-unmetered';
import { pathParameter } from '../../platform/openapi/openapi-document';
import type { RouteDocs } from '../../platform/openapi/route-docs';
import { freeDocs } from './call-docs';
import { refuseStrangers } from './refuse-strangers';
import { takeUnmetered, type PassthroughParts } from './take-call';

/** Longer than any id that a provider makes. */
const MAX_ID_LENGTH = 256;
const ID = /^[\w-]+$/;

const MODEL_OF_RESPONSE = {
  required: false,
  description: 'The model that made it, where several providers may have done so.',
  schema: { type: 'string' },
} as const;

interface StoredRequest {
  Params: { id: string };
  Querystring: Record<string, string | undefined>;
}

/**
 * What becomes of a response after it was made: looking at it, at its input, cancelling and deleting it. It was billed
 * when it was made (https://platform.openai.com/docs/api-reference/responses), so none of these is billed.
 */
export function storedResponseRoutes(app: FastifyInstance, parts: PassthroughParts): void {
  const onRequest = refuseStrangers(parts, openAi);
  for (const base of ['/v1/responses', '/responses']) {
    const handle =
      (method: PassOn['method'], below: string) =>
      (request: FastifyRequest<StoredRequest>, reply: FastifyReply): void => {
        takeStored(parts, method, below, request, reply);
      };
    app.get<StoredRequest>(`${base}/:id`, docsOf('A stored response'), handle('GET', ''));
    app.delete<StoredRequest>(`${base}/:id`, docsOf('Deletes a stored response'), handle('DELETE', ''));
    const items = docsOf('Input of a stored response');
    app.get<StoredRequest>(`${base}/:id/input_items`, items, handle('GET', '/input_items'));
    const cancel = { onRequest, ...docsOf('Cancels a response that is being made') };
    app.post<StoredRequest>(`${base}/:id/cancel`, cancel, handle('POST', '/cancel'));
  }
}

function docsOf(summary: string): { config: { docs: () => RouteDocs[] } } {
  const more: Partial<RouteDocs> = {
    externalUrl: 'https://platform.openai.com/docs/api-reference/responses',
    parameters: [
      pathParameter('id', 'The id of the response.'),
      { ...MODEL_OF_RESPONSE, name: 'model', in: 'query' },
      { ...MODEL_OF_RESPONSE, name: 'x-spendgraph-model', in: 'header' },
    ],
  };
  const description = 'The provider has it: it was billed when it was made.';
  return { config: { docs: () => [freeDocs(openAi, summary, description, more)] } };
}

function takeStored(
  parts: PassthroughParts,
  method: PassOn['method'],
  below: string,
  request: FastifyRequest<StoredRequest>,
  reply: FastifyReply,
): void {
  const { id } = request.params;
  const query = new URLSearchParams(request.url.split('?')[1] ?? '');
  const named = query.get('model');
  query.delete('model');
  takeUnmetered(parts, request, reply, (received) => ({
    ...received,
    format: openAi,
    plan: async (caller) => {
      if (!ID.test(id) || id.length > MAX_ID_LENGTH)
        return err(invalidRequest('id', `"${id.slice(0, MAX_ID_LENGTH)}" is no id of a response.`));
      const model = named ?? received.header('x-spendgraph-model') ?? '';
      const { ports } = parts;
      const route = await (model === '' ? routeToStored(ports, caller) : routeByModel(ports, caller, model));
      if (!route.ok) return route;
      const url = new URL(openAi.target(route.value, { operation: 'responses', stream: false }));
      url.pathname += `/${id}${below}`;
      for (const [name, value] of query) url.searchParams.append(name, value);
      return ok({ kind: 'PASS_ON', route: route.value, method, url: url.href, body: null });
    },
  }));
}
