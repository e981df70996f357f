/** A refusal or failure before it is put into a format's envelope. */
export interface WireError {
  /** HTTP status. */
  readonly status: number;
  /** Safe to show: no secrets, no internals. */
  readonly message: string;
  /** The kind in words, as `budget_exceeded` or `invalid_request_error`. */
  readonly type: string;
  /** Machine-readable; the status when absent. */
  readonly code?: string;
  /** The request's member at fault. */
  readonly param?: string;
  /** More for programs, in snake_case, beside the message. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export type ErrorBody = Readonly<Record<string, unknown>>;

export function invalidRequest(param: string, message: string): WireError {
  return { status: 400, message, type: 'invalid_request_error', code: 'invalid_value', param };
}

/**
 * An SSE comment with one "name value" a line, as a whole event: clients ignore it by the specification, and people
 * and tools that look at the bytes find the cost there.
 */
export function sseComment(fields: Readonly<Record<string, string>>): Buffer {
  const lines = Object.entries(fields).map(([name, value]) => `: ${name} ${value}`.replace(/[\r\n]+/g, ' '));
  return Buffer.from(`${lines.join('\n')}\n\n`, 'utf8');
}

/** One event with JSON data. */
export function sseEvent(type: string | null, data: unknown): Buffer {
  return Buffer.from(`${type === null ? '' : `event: ${type}\n`}data: ${JSON.stringify(data)}\n\n`, 'utf8');
}
