/** What went wrong in words that every door understands; each door maps the code to its own wire format. */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'CONFLICT'
  | 'RATE_LIMITED'
  | 'UNAVAILABLE';

/**
 * A fault that the caller may be told about: its message is safe to show. Anything else that is thrown is masked at
 * the doors. `field` names the input at fault, as a path.
 */
export class AppError extends Error {
  override readonly name = 'AppError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly field: readonly string[] = [],
  ) {
    super(message);
  }
}
