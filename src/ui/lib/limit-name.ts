import type { BudgetFragment, LimitsQuery } from '../generated/operations';
import { words } from './format';

/** What people call the thing that a limit is set on. */
export function nameOfLimit(limit: LimitsQuery['limits']['nodes'][number]): string {
  const { scope, scopeId, organization, team, project, user, key, customer, template } = limit;
  switch (scope) {
    case 'SERVER':
      return 'Server';
    case 'ORGANIZATION':
      return organization?.name ?? scopeId;
    case 'TEAM':
      return team?.name ?? scopeId;
    case 'PROJECT':
      return project?.name ?? scopeId;
    case 'USER':
      return user?.name ?? scopeId;
    case 'TEAM_MEMBER':
      return `${user?.name ?? scopeId} in ${team?.name ?? 'a team'}`;
    case 'KEY':
      return key?.alias ?? key?.display ?? scopeId;
    case 'CUSTOMER':
      return customer?.externalId ?? scopeId;
    case 'TEMPLATE':
      return template?.name ?? scopeId;
    default:
      return `${words(scope)} ${scopeId}`;
  }
}

/** "2 × week"; how many at once for calls in flight, which know no window. */
export function windowOf({ unit, windowSpec: { period, count } }: BudgetFragment): string {
  if (unit === 'CONCURRENT') return 'at once';
  if (period === 'TOTAL') return 'for ever';
  return `${count === 1 ? '' : `${count} × `}${period.toLowerCase()}`;
}

/** For lists of limits: a list that was empty is asked for anew as well, once a limit was set. */
export const LIMITS_CONTEXT = { additionalTypenames: ['Limit'] };
