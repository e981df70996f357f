import { isDatabaseAway, isUnstorableText } from '../../platform/database/sql-state';
import { AppError, databaseAway, unstorableText, type ErrorCode } from '../../platform/errors';
import type { Json } from '../lossless';
import type { FailureType, LitellmFailure } from '../failure';

const STATUS_OF: Readonly<Record<ErrorCode, readonly [status: number, type: FailureType]>> = {
  UNAUTHENTICATED: [401, 'auth_error'],
  FORBIDDEN: [403, 'auth_error'],
  NOT_FOUND: [404, 'not_found_error'],
  BAD_USER_INPUT: [400, 'bad_request_error'],
  CONFLICT: [400, 'bad_request_error'],
  RATE_LIMITED: [429, 'throttling_error'],
  UNAVAILABLE: [503, 'internal_server_error'],
};

/** A thrown fault that the caller may be told about; null when it must be masked. */
export function failureOfError(thrown: unknown): LitellmFailure | null {
  const error = isUnstorableText(thrown) ? unstorableText() : thrown;
  if (error instanceof AppError) {
    const [status, type] = STATUS_OF[error.code];
    return { status, type, message: error.message, param: error.field.at(-1) ?? null };
  }
  return null;
}

/** What fastify refuses before a handler runs: a body that is too large or was cut off. */
export function failureOfRequest(status: number): LitellmFailure {
  const message =
    status === 413
      ? 'The request body is too large.'
      : 'The request could not be read. Check its headers and body.';
  return { status, type: 'bad_request_error', message, param: null };
}

/** What the client is told of a fault that stands in the log: nothing, but whether a retry can help. */
export function maskedFailure(error: unknown, requestId: string): LitellmFailure {
  const away = isDatabaseAway(error) ? failureOfError(databaseAway()) : null;
  if (away !== null) return away;
  const message = `Something went wrong on the server. Its log has the details under the request id ${requestId}.`;
  return { status: 500, type: 'internal_server_error', message, param: null };
}

/** LiteLLM's envelope. The code is the status as text. */
export function errorBody({ message, type, param, status }: LitellmFailure): Json {
  return { error: { message, type, param, code: String(status) } };
}
