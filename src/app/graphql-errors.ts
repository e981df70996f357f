import { inspect } from 'node:util';
import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, OperationTypeNode, type GraphQLSchema } from 'graphql';
import type { RequestContext } from '../access/context';
import { AppError } from '../platform/errors';
import { isDatabaseAway } from '../platform/database/sql-state';
import { unexpectedCause, withRequestId } from '../platform/graphql/format-error';
import { costErrors } from '../platform/graphql/guards';
import type { Log } from '../platform/logger';

/** Logs what the client is not told, once per cause and request, and puts the request id into every error. */
export function errorReports(log: Log): ApolloServerPlugin<RequestContext> {
  return {
    async contextCreationDidFail({ error }) {
      logUnexpected(log, [error], requestIdOf(error));
    },
    async unexpectedErrorProcessingRequest({ error, requestContext }) {
      logUnexpected(log, [error], requestContext.contextValue.requestId);
    },
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors, contextValue }) {
          logUnexpected(log, errors, contextValue.requestId);
        },
        async willSendResponse({ response, contextValue }) {
          if (response.body.kind !== 'single') return;
          const { singleResult } = response.body;
          if (!singleResult.errors) return;
          singleResult.errors = singleResult.errors.map((error) =>
            withRequestId(error, contextValue.requestId),
          );
        },
      };
    },
  };
}

/** Refuses, before any resolver runs, what would cost too much and what this transport cannot do. */
export function operationGuard(schema: GraphQLSchema): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ document, operation, request }) {
          if (operation?.operation === OperationTypeNode.SUBSCRIPTION)
            throw badRequest(SUBSCRIPTION_OVER_HTTP);
          const [tooCostly] = costErrors(schema, document, request.variables);
          if (tooCostly) throw badRequest(tooCostly.message);
        },
      };
    },
  };
}

export function logUnexpected(log: Log, errors: readonly unknown[], requestId: string | undefined): void {
  const causes = new Map<string, unknown>();
  for (const error of errors) {
    const cause = unexpectedCause(error);
    if (cause === null) continue;
    // One lost database fails every field of an answer in the same words.
    causes.set(cause instanceof Error ? cause.message : inspect(cause), cause);
  }
  for (const cause of causes.values()) log.error({ err: cause, requestId }, 'A GraphQL operation failed.');
}

/** What a context that could not be made answers with: 401 for a credential that is not valid. */
export function contextFault(error: unknown, requestId: string): GraphQLError {
  const isUnauthenticated = error instanceof AppError && error.code === 'UNAUTHENTICATED';
  const headers = new Map(isUnauthenticated ? [['www-authenticate', 'Bearer']] : []);
  const status = isUnauthenticated ? 401 : isDatabaseAway(error) ? 503 : 500;
  const http = { status, headers };
  return new GraphQLError('The context of the request could not be made.', {
    originalError: error instanceof Error ? error : new Error(String(error)),
    extensions: { requestId, http },
  });
}

const SUBSCRIPTION_OVER_HTTP =
  'Subscriptions run over a WebSocket on this path, with the subprotocol graphql-transport-ws.';

function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400, headers: new Map() } },
  });
}

function requestIdOf(error: unknown): string | undefined {
  const requestId = error instanceof GraphQLError ? error.extensions['requestId'] : undefined;
  return typeof requestId === 'string' ? requestId : undefined;
}
