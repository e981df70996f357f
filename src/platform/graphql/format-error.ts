import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { isDatabaseAway, isUnstorableText } from '../database/sql-state';
import { AppError, databaseAway, unstorableText, type ErrorCode } from '../errors';

/** The values of `extensions.code` that clients meet. */
export const PUBLIC_ERROR_CODES = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'BAD_USER_INPUT',
  'RATE_LIMITED',
  'SERVICE_UNAVAILABLE',
  'INTERNAL_SERVER_ERROR',
] as const;
export type PublicErrorCode = (typeof PUBLIC_ERROR_CODES)[number];

const PUBLIC_CODE_OF: Readonly<Record<ErrorCode, PublicErrorCode>> = {
  UNAUTHENTICATED: 'UNAUTHENTICATED',
  FORBIDDEN: 'FORBIDDEN',
  NOT_FOUND: 'NOT_FOUND',
  BAD_USER_INPUT: 'BAD_USER_INPUT',
  CONFLICT: 'BAD_USER_INPUT',
  RATE_LIMITED: 'RATE_LIMITED',
  UNAVAILABLE: 'SERVICE_UNAVAILABLE',
};

/** Says nothing about what happened: that stands in the log, under the request id. */
const MASKED_MESSAGE = 'Something went wrong on the server. Its log has the details under the request id.';

/**
 * A GraphQL error as the client sees it: a fault that it may be told about with its code and field, the client's own
 * mistakes as BAD_USER_INPUT, and anything else masked.
 */
export function formatError(error: unknown): GraphQLFormattedError {
  const located = error instanceof GraphQLError ? error : null;
  const found = causeOf(error);
  const cause = isDatabaseAway(found) ? databaseAway() : found;
  const { requestId } = located?.extensions ?? {};
  const known = typeof requestId === 'string' ? { requestId } : {};
  const place = {
    ...(located?.locations ? { locations: located.locations } : {}),
    ...(located?.path ? { path: located.path } : {}),
  };
  if (cause instanceof AppError) {
    const field = cause.field.length === 0 ? {} : { field: cause.field };
    const extensions = { code: PUBLIC_CODE_OF[cause.code], ...field, ...known };
    return { message: cause.message, ...place, extensions };
  }
  if (isClientMistake(cause)) {
    return { message: cause.message, ...place, extensions: { code: 'BAD_USER_INPUT', ...known } };
  }
  return { message: MASKED_MESSAGE, ...place, extensions: { code: 'INTERNAL_SERVER_ERROR', ...known } };
}

/** What must be logged because the client is not told of all of it; null when the error is one that it is told of. */
export function unexpectedCause(error: unknown): unknown {
  const cause = causeOf(error);
  return cause instanceof AppError || isClientMistake(cause) ? null : cause;
}

/** Adds the request id, so that a client's report leads to the line in the log. */
export function withRequestId(error: GraphQLFormattedError, requestId: string): GraphQLFormattedError {
  return { ...error, extensions: { ...error.extensions, requestId } };
}

function causeOf(error: unknown): unknown {
  let cause = error;
  while (cause instanceof GraphQLError && cause.originalError !== undefined && !isAboutRequest(cause)) {
    cause = cause.originalError;
  }
  return isUnstorableText(cause) ? unstorableText() : cause;
}

/**
 * An error with a place in the document but none in the answer comes from before any resolver ran. What it wraps, such as
 * a scalar's complaint about a variable, doesn't know that place any more.
 */
function isAboutRequest(error: GraphQLError): boolean {
  return error.path === undefined && (error.nodes ?? []).length > 0;
}

/**
 * Errors of graphql-js about the document, its variables or arguments know the place in the document. Those about a
 * resolver's value, such as an enum that cannot be written, don't: these are the server's own mistakes.
 */
function isClientMistake(cause: unknown): cause is GraphQLError {
  if (!(cause instanceof GraphQLError)) return false;
  const { code } = cause.extensions;
  if (code !== undefined) return code !== 'INTERNAL_SERVER_ERROR';
  return (cause.nodes ?? []).length > 0 || cause.source !== undefined;
}
