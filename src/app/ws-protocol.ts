import {
  execute,
  GraphQLError,
  parse,
  validate,
  type DocumentNode,
  type ExecutionArgs,
  type GraphQLFormattedError,
  type GraphQLSchema,
  type ValidationRule,
} from 'graphql';
import {
  makeServer,
  type ConnectionInitMessage,
  type Context,
  type OperationResult,
  type Server,
  type SubscribePayload,
} from 'graphql-ws';
import { formatError, withRequestId } from '../platform/graphql/format-error';
import { allRules, costErrors, guardRules, GUARD_LIMITS } from '../platform/graphql/guards';
import { subscribePerEvent } from '../platform/graphql/subscribe-per-event';
import type { Log } from '../platform/logger';
import { logUnexpected } from './graphql-errors';
import type { WsSession } from './ws-session';

export interface WsProtocolOptions {
  readonly schema: GraphQLSchema;
  readonly log: Log;
  readonly isProduction: boolean;
  readonly initTimeoutMs: number;
  /** Operations that one socket may have open at once. */
  readonly maxOperations: number;
}

type Parameters = ConnectionInitMessage['payload'];
type WsContext = Context<Parameters, WsSession>;

/** The protocol graphql-transport-ws: close codes 4400, 4401, 4408, 4409 and 4429 are graphql-ws's, 4403 is the session's. */
export function createWsProtocol(options: WsProtocolOptions): Server<WsSession> {
  const { log } = options;
  const rules = allRules(guardRules({ introspection: !options.isProduction }));
  /** The operation that each running execution belongs to, for the contexts of its later events. */
  const operations = new WeakMap<ExecutionArgs, { session: WsSession; id: string }>();
  const shown = (
    ctx: WsContext,
    id: string,
    errors: readonly GraphQLError[],
  ): readonly GraphQLFormattedError[] => {
    const requestId = ctx.extra.requestId(id);
    logUnexpected(log, errors, requestId);
    return errors.map((error) => withRequestId(formatError(error), requestId));
  };
  return makeServer<Parameters, WsSession>({
    connectionInitWaitTimeout: options.initTimeoutMs,
    onConnect: (ctx) => ctx.extra.connect(ctx.connectionParams),
    onSubscribe: (ctx, id, payload) => {
      const prepared = prepare(ctx, id, payload, options, rules);
      if ('schema' in prepared) operations.set(prepared, { session: ctx.extra, id });
      return prepared;
    },
    execute,
    subscribe: (args) => {
      const operation = operations.get(args);
      if (!operation) throw new Error('A subscription was started that was not prepared.');
      const { session, id } = operation;
      return subscribePerEvent(args, () => session.newContext(id)) as OperationResult;
    },
    onNext: (ctx, id, _payload, _args, { errors, data, extensions }) => {
      if (!errors) return undefined;
      const answered = data === undefined ? {} : { data };
      const extended = extensions === undefined ? {} : { extensions };
      return { errors: shown(ctx, id, errors), ...answered, ...extended };
    },
    onError: (ctx, id, _payload, errors) => shown(ctx, id, errors),
    onComplete: (ctx, id) => {
      ctx.extra.forget(id);
    },
  });
}

/** Checks an operation before anything of it runs: what to execute, or what is wrong with it. */
function prepare(
  ctx: WsContext,
  id: string,
  payload: SubscribePayload,
  options: WsProtocolOptions,
  rules: readonly ValidationRule[],
): ExecutionArgs | readonly GraphQLError[] {
  const { schema, isProduction, maxOperations } = options;
  if (Object.keys(ctx.subscriptions).length > maxOperations) {
    return [badInput(`A socket may have ${maxOperations} operations open. Complete some first.`)];
  }
  const document = parseDocument(payload.query);
  if (document instanceof GraphQLError) return [document];
  const wrong = validate(schema, document, rules, { hideSuggestions: isProduction });
  if (wrong.length > 0) return wrong;
  const variableValues = payload.variables ?? null;
  const tooCostly = costErrors(schema, document, variableValues);
  if (tooCostly.length > 0) return tooCostly;
  return {
    schema,
    document,
    variableValues,
    operationName: payload.operationName ?? null,
    contextValue: ctx.extra.newContext(id),
    hideSuggestions: isProduction,
  };
}

function parseDocument(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query, { maxLexicalTokens: GUARD_LIMITS.tokens });
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
