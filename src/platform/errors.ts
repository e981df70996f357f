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

/** For a text that the database refused. The database does not say which, so neither can this. */
export function unstorableText(): AppError {
  return new AppError(
    'BAD_USER_INPUT',
    'A text holds the character U+0000 or half of a surrogate pair, which cannot be stored. Leave it out.',
  );
}

/** For whatever failed because the database is away. Unlike other faults that are told, it belongs into the log too. */
export function databaseAway(): AppError {
  return new AppError('UNAVAILABLE', 'The database does not answer. Try again shortly.');
}
