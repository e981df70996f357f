import { isDatabaseAway } from '../../platform/database/sql-state';
import { AppError, databaseAway, type ErrorCode } from '../../platform/errors';

const STATUS_OF: Readonly<Record<ErrorCode, readonly [status: number, type: string]>> = {
  UNAUTHENTICATED: [401, 'auth_error'],
  FORBIDDEN: [403, 'auth_error'],
  NOT_FOUND: [404, 'not_found_error'],
  BAD_USER_INPUT: [400, 'bad_request_error'],
  CONFLICT: [400, 'bad_request_error'],
  RATE_LIMITED: [429, 'throttling_error'],
  UNAVAILABLE: [503, 'internal_server_error'],
};

/** What a client is told of a failure, in the envelope of the other REST routes; null when it must be masked. */
export function exportFailure(thrown: unknown): { status: number; body: object } | null {
  const error = isDatabaseAway(thrown) ? databaseAway() : thrown;
  if (!(error instanceof AppError)) return null;
  const [status, type] = STATUS_OF[error.code];
  const { message } = error;
  return {
    status,
    body: { error: { message, type, param: error.field.at(-1) ?? null, code: String(status) } },
  };
}
