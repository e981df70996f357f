import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { RequestContext } from '../access/context';
import { formatError, withRequestId } from '../platform/graphql/format-error';
import { guardRules, GUARD_LIMITS } from '../platform/graphql/guards';
import { senderOf } from '../platform/http/sender';
import type { Log } from '../platform/logger';
import type { GraphqlContexts } from './graphql-context';
import { GRAPHQL_DOCS } from './server-docs';
import { contextFault, errorReports, operationGuard } from './graphql-errors';

export const GRAPHQL_PATH = '/graphql';
const BODY_LIMIT_BYTES = 1_048_576;
/** A refused document names every field that is wrong, but not without end. */
const MAX_VALIDATION_ERRORS = 50;

export interface GraphqlHttpOptions {
  readonly schema: GraphQLSchema;
  readonly contexts: GraphqlContexts;
  readonly log: Log;
  /** Development shows the schema: introspection, suggestions and a page to try operations on. */
  readonly isProduction: boolean;
}

/** Serves GraphQL over HTTP on the app. Returns how to stop, which waits for the operations under way. */
export async function registerGraphqlHttp(
  app: FastifyInstance,
  options: GraphqlHttpOptions,
): Promise<() => Promise<void>> {
  const { contexts, log } = options;
  const apollo = createApolloServer(options);
  await apollo.start();
  const context = async (request: FastifyRequest): Promise<RequestContext> => {
    try {
      const principal = await contexts.principalOf(request.headers.authorization);
      return contexts.contextOf(principal, request.id, senderOf(request.raw, request.ip));
    } catch (error) {
      throw contextFault(error, request.id);
    }
  };
  await app.register(async (scope) => {
    scope.setErrorHandler((error: FastifyError, request, reply) => sendHttpError(error, request, reply, log));
    const handler = fastifyApolloHandler(apollo, { context });
    for (const [method, docs] of Object.entries(GRAPHQL_DOCS)) {
      const config = { docs: () => [docs] };
      scope.route({ method, url: GRAPHQL_PATH, bodyLimit: BODY_LIMIT_BYTES, config, handler });
    }
  });
  return () => apollo.stop();
}

function createApolloServer(options: GraphqlHttpOptions): ApolloServer<RequestContext> {
  const { schema, log, isProduction } = options;
  return new ApolloServer<RequestContext>({
    schema,
    logger: log,
    nodeEnv: isProduction ? 'production' : 'development',
    // Refused by a rule of ours, whose words suit every transport.
    introspection: true,
    hideSchemaDetailsFromClientErrors: isProduction,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    persistedQueries: false,
    maxRecursiveSelections: true,
    parseOptions: { maxLexicalTokens: GUARD_LIMITS.tokens },
    validationRules: guardRules({ introspection: !isProduction }),
    validationOptions: { maxErrors: MAX_VALIDATION_ERRORS },
    formatError: (_formatted, error) => formatError(error),
    stopOnTerminationSignals: false,
    plugins: [
      errorReports(log),
      operationGuard(schema),
      landingPage(isProduction),
      // Nothing about the server's operations leaves it, whatever the environment says.
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
    ],
  });
}

function landingPage(isProduction: boolean): ApolloServerPlugin {
  if (isProduction) return ApolloServerPluginLandingPageDisabled();
  return ApolloServerPluginLandingPageLocalDefault({ embed: { runTelemetry: false }, footer: false });
}

/** What the HTTP server itself refuses, such as a body that is no JSON or too large, in the form of GraphQL. */
async function sendHttpError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
  log: Log,
): Promise<void> {
  const status = error.statusCode ?? 500;
  const isClientFault = status >= 400 && status < 500;
  if (!isClientFault) log.error({ err: error, requestId: request.id }, 'A GraphQL request failed.');
  const shown = isClientFault
    ? { message: error.message, extensions: { code: 'BAD_USER_INPUT' } }
    : formatError(error);
  await reply.code(status).send({ errors: [withRequestId(shown, request.id)] });
}
