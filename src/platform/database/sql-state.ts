/** The SQLSTATE of a database error, or null when the error is of another kind (a lost connection, a time-out). */
export function sqlState(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' && /^(?=.*\d)[0-9A-Z]{5}$/.test(error.code) ? error.code : null;
}

/** Class 22 (data exception) and 23 (integrity violation): the data of some row is at fault. */
export function isDataError(error: unknown): boolean {
  const state = sqlState(error);
  return state !== null && (state.startsWith('22') || state.startsWith('23'));
}

/** A text that PostgreSQL cannot store: it holds the character U+0000 or half of a surrogate pair. */
export function isUnstorableText(error: unknown): boolean {
  return ['22021', '22P05'].includes(sqlState(error) ?? '');
}

/** Serialization failure, deadlock, lock time-out: the same statement may succeed when run again. */
export function isRetryableError(error: unknown): boolean {
  return ['40001', '40P01', '55P03'].includes(sqlState(error) ?? '');
}

/**
 * Whether it is unknown if the statement took effect: the connection broke or timed out under it. The driver has no code
 * for many such losses, so everything without a SQLSTATE counts, except this program's own mistakes.
 */
export function isConnectionError(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== null) return CONNECTION_STATES.test(state);
  return !(error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError);
}

/** Whether no connection was to be had in time, so that the statement was never sent. */
export function isConnectTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'message' in error &&
    CONNECT_TIMEOUTS.test(String(error.message))
  );
}

/** Whether an error of unknown origin says that the database is away: the same for errors that may be of another kind. */
export function isDatabaseAway(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== null) return CONNECTION_STATES.test(state);
  if (typeof error !== 'object' || error === null) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const message = 'message' in error && typeof error.message === 'string' ? error.message : '';
  return NETWORK_CODES.test(code) || DRIVER_MESSAGES.test(message);
}

const CONNECT_TIMEOUTS = /timeout exceeded when trying to connect|terminated due to connection timeout/;
/** Connection exception, insufficient resources, operator intervention. */
const CONNECTION_STATES = /^(?:08|53|57)/;
const NETWORK_CODES = /^(?:ECONN\w+|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;
/** The driver's words for a lost, late or unusable connection. */
const DRIVER_MESSAGES =
  /Connection terminated|timeout exceeded when trying to connect|Query read timeout|not queryable/;
