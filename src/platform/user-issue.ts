import { err } from '../domain/result';

/** Why an action was not done, in a form that a user can act on. */
export type UserIssueCode = 'INVALID' | 'REQUIRED' | 'NOT_FOUND' | 'CONFLICT' | 'LIMIT_REACHED';

export interface UserIssue {
  readonly code: UserIssueCode;
  /** Says what is wrong and how to mend it. */
  readonly message: string;
  /** Path of the input at fault, such as ["input", "name"]; empty when no single field is. */
  readonly field: readonly string[];
}

/** A failed result that holds one issue with a field of `input`. */
export function issue(
  code: UserIssueCode,
  field: string | readonly string[],
  message: string,
): { readonly ok: false; readonly error: UserIssue[] } {
  const path = typeof field === 'string' ? [field] : field;
  return err([{ code, message, field: ['input', ...path] }]);
}
