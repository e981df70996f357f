/** The SQLSTATE of a database error, or null when the error is of another kind (a lost connection, a time-out). */
export function sqlState(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code) ? error.code : null;
}

/** Class 22 (data exception) and 23 (integrity violation): the data of some row is at fault. */
export function isDataError(error: unknown): boolean {
  const state = sqlState(error);
  return state !== null && (state.startsWith('22') || state.startsWith('23'));
}

/** Serialization failure, deadlock, lock time-out: the same statement may succeed when run again. */
export function isRetryableError(error: unknown): boolean {
  return ['40001', '40P01', '55P03'].includes(sqlState(error) ?? '');
}

/** Whether it is unknown if the statement took effect: the connection broke or timed out under it. */
export function isConnectionError(error: unknown): boolean {
  const state = sqlState(error);
  return state === null || state.startsWith('08') || state.startsWith('57') || state.startsWith('53');
}
