import pino from 'pino';

/**
 * Of database errors: the statement, its values, PostgreSQL's sentence that quotes the row at fault, and the whole
 * connection, which the driver hangs on the error of an idle one.
 */
const DATA_FIELDS: ReadonlySet<string> = new Set([
  'query',
  'parameters',
  'internalQuery',
  'detail',
  'client',
]);

/** An error for the log: its type, message, stack and fields, but no data of the database that it failed on. */
export function serializeError(error: unknown): unknown {
  return error instanceof Error ? withoutData(pino.stdSerializers.err(error)) : error;
}

function withoutData(error: pino.SerializedError): Record<string, unknown> {
  const fields = Object.entries(error).filter(([name]) => !DATA_FIELDS.has(name));
  return Object.fromEntries(fields.map(([name, value]) => [name, clean(value)]));
}

/** Errors within errors: what TypeORM's carry of the driver's, and each of an AggregateError. */
function clean(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(clean);
  return isSerializedError(value) ? withoutData(value) : value;
}

function isSerializedError(value: unknown): value is pino.SerializedError {
  return typeof value === 'object' && value !== null && 'stack' in value && 'message' in value;
}
