import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { newId } from '../../domain/ids';
import type { EndpointMethod, PassThroughEndpoint } from '../../platform/config';
import { OperatorError } from '../../platform/operator-error';
import { runEndpoint } from '../pipeline/run-endpoint';
import { refuse } from '../pipeline/run-call';
import { openAi } from '../providers/openai/openai';
import { invalidRequest } from '../providers/wire-error';
import type { RouteDocs } from '../../platform/openapi/route-docs';
import { callDocs } from './call-docs';
import { endpointUrl } from './endpoint-url';
import { HttpReply } from './http-reply';
import { refuseStrangers } from './refuse-strangers';
import { headerOf, take, type PassthroughParts } from './take-call';

const PASSED_ON = `Passes the request on to a service that the operator named, byte by byte. The price of a request is held \
against every limit on its path before it is sent.`;

export interface EndpointRoutes extends PassthroughParts {
  readonly endpoints: readonly PassThroughEndpoint[];
  readonly uploadLimitBytes: number;
}

/** The operator's own endpoints: each request is passed on, byte by byte, at a price for each. */
export async function endpointRoutes(app: FastifyInstance, parts: EndpointRoutes): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    '*',
    { parseAs: 'buffer', bodyLimit: parts.uploadLimitBytes },
    (_request, body, done) => {
      done(null, body);
    },
  );
  const onRequest = refuseStrangers(parts, openAi);
  for (const endpoint of parts.endpoints) {
    const paths = endpoint.includesSubpaths ? [endpoint.path, `${endpoint.path}/*`] : [endpoint.path];
    for (const method of endpoint.methods) {
      for (const url of paths) {
        refuseTaken(app, endpoint, method, url);
        app.route({
          method,
          url,
          onRequest,
          config: { docs: () => [endpointDocs(endpoint)] },
          handler: (request, reply) => {
            pass(parts, endpoint, method, request, reply);
          },
        });
      }
    }
  }
  await Promise.resolve();
}

/** Where it leads is the operator's to know. */
function endpointDocs({ path }: PassThroughEndpoint): RouteDocs {
  const { responses, security } = callDocs(openAi, 'endpoint');
  return {
    summary: `Pass-through endpoint ${path}`,
    description: PASSED_ON,
    ...{ responses, security, tag: 'Pass-through endpoints', sharedParameters: ['Tags', 'EndUser'] },
  };
}

function refuseTaken(
  app: FastifyInstance,
  { line }: PassThroughEndpoint,
  method: EndpointMethod,
  url: string,
): void {
  if (!app.hasRoute({ method, url })) return;
  throw new OperatorError(
    `line ${line}: general_settings.pass_through_endpoints: this server has a route ${method} ${url} already. Choose another path, or leave the method out of methods.`,
  );
}

function pass(
  parts: PassthroughParts,
  endpoint: PassThroughEndpoint,
  method: EndpointMethod,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const receivedAtMs = parts.ports.clock.now();
  const callId = newId('call', receivedAtMs);
  const url = endpointUrl(endpoint, request.url);
  if (url === null) {
    reply.hijack();
    const message = 'The path leads out of what the endpoint stands for. Leave "." and ".." out of it.';
    refuse(
      { callId, format: openAi },
      new HttpReply(reply.raw, reply.getHeaders()),
      invalidRequest('path', message),
    );
    return;
  }
  const received = {
    ...{ callId, receivedAtMs, endpoint, method, url },
    header: (name: string) => headerOf(request, name),
    headerNames: Object.keys(request.headers),
    bytes: Buffer.isBuffer(request.body) && request.body.length > 0 ? request.body : null,
  };
  take(parts, openAi, reply, (out) => runEndpoint(parts.ports, received, out));
}
