import type { UserIssue } from '../platform/user-issue';

/** Types of errors that LiteLLM's clients know, as far as management answers with them. */
export type FailureType =
  'auth_error' | 'bad_request_error' | 'not_found_error' | 'throttling_error' | 'internal_server_error';

/** Why a route did not do what it was asked, in what LiteLLM's error envelope holds. */
export interface LitellmFailure {
  readonly status: number;
  readonly type: FailureType;
  /** Says what is wrong and how to mend it. */
  readonly message: string;
  /** The member at fault, such as `max_budget`; null when no single one is. */
  readonly param: string | null;
}

interface Failed {
  readonly ok: false;
  readonly error: LitellmFailure;
}

export function badRequest(param: string | null, message: string): Failed {
  return { ok: false, error: { status: 400, type: 'bad_request_error', message, param } };
}

export function notFound(param: string | null, message: string): Failed {
  return { ok: false, error: { status: 404, type: 'not_found_error', message, param } };
}

/** LiteLLM's names of a service's fields: `alias` is `key_alias`. */
export type MemberNames = Readonly<Record<string, string>>;

/** The first issue of a service in LiteLLM's words: its field becomes the member that the caller wrote. */
export function fromIssues(issues: readonly UserIssue[], members: MemberNames): Failed {
  const [issue] = issues;
  const field = issue?.field[1];
  const param = field === undefined ? null : (members[field] ?? null);
  const message = issue?.message ?? 'The request was refused.';
  return badRequest(param, field === undefined || param === null ? message : renamed(message, field, param));
}

function renamed(message: string, field: string, member: string): string {
  return message.replaceAll(`"${field}"`, `"${member}"`).replace(`The ${field} `, `The ${member} `);
}
