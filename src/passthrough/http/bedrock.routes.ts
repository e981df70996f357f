import type { FastifyInstance, FastifyRequest } from 'fastify';
import { bedrock } from '../providers/bedrock/bedrock';
import { callDocs } from './call-docs';
import { refuseStrangers } from './refuse-strangers';
import { takeCall, type PassthroughParts } from './take-call';

const NOT_FOUND = 404;

/** Actions on Bedrock's models. Names of models are as long as ARNs and may hold slashes, so the last one parts them. */
export function bedrockRoutes(app: FastifyInstance, parts: PassthroughParts): void {
  const onRequest = refuseStrangers(parts, bedrock);
  const docs = () =>
    Object.entries(bedrock.paths).map(([path, operation]) => callDocs(bedrock, operation, { path }));
  const options = { onRequest, config: { docs } };
  app.post<{ Params: { '*': string } }>('/bedrock/model/*', options, (request, reply) => {
    const { model, endpoint } = readTarget(request);
    const operation = Object.hasOwn(bedrock.paths, endpoint) ? bedrock.paths[endpoint] : undefined;
    if (model !== '' && operation !== undefined) {
      const address = { model, provider: 'bedrock', search: '' };
      takeCall(parts, { format: bedrock, operation, endpoint, address }, request, reply);
      return;
    }
    const served = Object.keys(bedrock.paths).map((path) => `POST ${path}`);
    const message = `There is nothing at this path of Bedrock here. Served are ${served.join(', ')}.`;
    const error = { status: NOT_FOUND, type: 'not_found_error', code: 'unknown_url', message };
    void reply
      .code(NOT_FOUND)
      .headers({ 'x-amzn-errortype': 'UnknownOperationException' })
      .send(bedrock.errorBody(error));
  });
}

function readTarget(request: FastifyRequest<{ Params: { '*': string } }>): {
  model: string;
  endpoint: string;
} {
  const target = request.params['*'];
  const slash = target.lastIndexOf('/');
  return {
    model: target.slice(0, Math.max(slash, 0)),
    endpoint: `/bedrock/model/{model}/${target.slice(slash + 1)}`,
  };
}
