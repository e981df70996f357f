import { formatMoney } from '../domain/money/decimal-text';
import { isSameWindowSpec } from '../domain/limits/window-spec';
import { ok, type Result } from '../domain/result';
import { issue, type UserIssue } from '../platform/user-issue';
import type { ParsedTerms } from './limit-input';
import { windowSpecOf, type LimitEntity } from './limit.entity';

type Failed = Extract<Result<never, UserIssue[]>, { ok: false }>;

/** What a member is told who wants more of the limits of its own key than to lower them. */
export function onlyLower(field: string): Failed {
  return issue(
    'INVALID',
    field,
    'Members only lower the limits that their own keys have. Ask an administrator of the team for anything else.',
  );
}

/** Whether the terms do no more than lower the limit, or warn earlier. */
export function lowersOnly(
  limit: LimitEntity,
  terms: ParsedTerms,
  enforcement: LimitEntity['enforcement'] | undefined,
): Result<null, UserIssue[]> {
  const { amount, spec, onStoreFailure, policy } = terms;
  if (amount !== undefined && amount > limit.amount)
    return issue(
      'INVALID',
      'amount',
      `Members only lower the limits that their own keys have; this one is ${formatMoney(limit.amount)}. Ask an administrator of the team for more.`,
    );
  if (spec !== undefined && !isSameWindowSpec(spec, windowSpecOf(limit))) return onlyLower('window');
  if (enforcement !== undefined && enforcement !== limit.enforcement) return onlyLower('enforcement');
  if (onStoreFailure !== undefined && onStoreFailure !== limit.onStoreFailure)
    return onlyLower('onStoreFailure');
  const [changed] = Object.entries(policy).find(([, value]) => value != null) ?? [];
  return changed === undefined ? ok(null) : onlyLower(changed);
}
