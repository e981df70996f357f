import type { RequestContext } from '../../access/context';
import { ok, type Result } from '../../domain/result';
import type { SpendAttribute } from '../../spend/spend-report.repository';
import {
  CUSTOMER_ACTIVITY,
  ORGANIZATION_ACTIVITY,
  TAG_ACTIVITY,
  TEAM_ACTIVITY,
  USER_ACTIVITY,
  type ActivityInput,
} from '../activity.schema';
import { activityDays, sumOfDays, type ActivityDay } from '../daily-activity';
import type { LitellmFailure } from '../failure';
import { keyFilter } from '../find-key';
import { keysById, namesById, type NamedKind } from '../names-of';
import { spanOf } from '../report-span';
import type { LitellmServices } from '../services';
import { spendParts } from '../spend-parts';
import { activityDayMembers, activityTotals, type ActivityNames } from './activity-members';
import { answer, defineRoute, type LitellmRoute, type RouteOutcome } from './route';

const DEFAULT_DAYS = 30;
const DEFAULT_PAGE_SIZE = 50;
const DIMENSIONS = ['MODEL', 'PROVIDER', 'ENDPOINT', 'KEY'] as const;

/** Whose activity, and by which member its names are shown. */
interface Entities {
  readonly label: NamedKind | SpendAttribute;
  readonly aliasMember: string | null;
  /** Whether calls without the entity count for the sums all the same. */
  readonly isOptional?: boolean;
  readonly only?: readonly string[] | undefined;
  readonly without?: readonly string[] | undefined;
}

type Services = Pick<LitellmServices, 'spendReports' | 'keyedHash'>;

const users = (input: { user_id?: string[] | undefined }): Entities => ({
  ...{ label: 'USER', aliasMember: 'user_alias', isOptional: true, only: input.user_id },
});

export const ACTIVITY_ROUTES: readonly LitellmRoute[] = [
  defineRoute({
    method: 'GET',
    path: '/user/daily/activity',
    summary: 'What the callers of one or all users did, day by day, latest first, in pages of days.',
    members: USER_ACTIVITY,
    handle: (ctx, input, services) => page(ctx, services, input, users(input)),
  }),
  defineRoute({
    method: 'GET',
    path: '/user/daily/activity/aggregated',
    summary: 'The same as /user/daily/activity, all days on one page.',
    members: USER_ACTIVITY,
    handle: (ctx, input, services) => page(ctx, services, input, users(input), true),
  }),
  defineRoute({
    method: 'GET',
    path: '/team/daily/activity',
    summary: 'What teams did, day by day, latest first, in pages of days. Calls of no team do not count.',
    members: TEAM_ACTIVITY,
    handle: (ctx, input, services) =>
      page(ctx, services, input, {
        ...{ label: 'TEAM', aliasMember: 'team_alias' },
        ...{ only: input.team_ids, without: input.exclude_team_ids },
      }),
  }),
  defineRoute({
    method: 'GET',
    path: '/organization/daily/activity',
    summary: 'What organizations did, day by day, latest first, in pages of days.',
    members: ORGANIZATION_ACTIVITY,
    handle: (ctx, input, services) =>
      page(ctx, services, input, {
        ...{ label: 'ORGANIZATION', aliasMember: 'organization_alias' },
        ...{ only: input.organization_ids, without: input.exclude_organization_ids },
      }),
  }),
  defineRoute({
    method: 'GET',
    path: '/customer/daily/activity',
    summary: 'What was done for customers, day by day, latest first, in pages of days.',
    members: CUSTOMER_ACTIVITY,
    handle: (ctx, input, services) =>
      page(ctx, services, input, {
        ...{ label: 'CUSTOMER', aliasMember: null },
        ...{ only: input.end_user_ids, without: input.exclude_end_user_ids },
      }),
  }),
  defineRoute({
    method: 'GET',
    path: '/tag/daily/activity',
    summary: 'What calls with tags did, day by day, latest first. A call with several tags counts for each.',
    members: TAG_ACTIVITY,
    handle: (ctx, input, services) =>
      page(ctx, services, input, {
        ...{ label: 'TAG', aliasMember: null, only: input.tags, without: input.exclude_tags },
      }),
  }),
];

async function page(
  ctx: RequestContext,
  services: Services,
  input: ActivityInput,
  entities: Entities,
  isWhole = false,
): Promise<RouteOutcome> {
  const found = await daysOf(ctx, services, input, entities);
  if (!found.ok) return found;
  const all = found.value;
  const size = isWhole ? Math.max(all.length, 1) : (input.page_size ?? DEFAULT_PAGE_SIZE);
  const number = isWhole ? 1 : (input.page ?? 1);
  const days = all.slice((number - 1) * size, number * size);
  const names = await namesOf(ctx, days, entities);
  const pages = Math.ceil(all.length / size);
  return answer({
    results: days.map((day) => activityDayMembers(day, names)),
    metadata: {
      ...activityTotals(sumOfDays(days)),
      ...{ page: number, total_pages: pages, has_more: number < pages },
    },
  });
}

async function daysOf(
  ctx: RequestContext,
  services: Services,
  input: ActivityInput,
  { label, only, without = [], isOptional = false }: Entities,
): Promise<Result<ActivityDay[], LitellmFailure>> {
  const span = spanOf(input, ctx.clock.now(), DEFAULT_DAYS);
  if (!span.ok) return span;
  const key = await keyFilter(ctx, services.keyedHash, input.api_key);
  if (!key.ok) return key;
  const isAttribute = label === 'CUSTOMER' || label === 'TAG';
  const parts = await spendParts(ctx, services, span.value, {
    by: isAttribute ? DIMENSIONS : [...DIMENSIONS, label],
    byDay: true,
    attribute: isAttribute ? { name: label, only } : undefined,
    only: { MODEL: input.model, KEY: key.value, ...(isAttribute ? {} : { [label]: only }) },
  });
  const counted = parts.filter((part) => {
    const name = part.of(label);
    return (isOptional || name !== '') && !without.includes(name);
  });
  return ok(activityDays(counted, label));
}

async function namesOf(
  ctx: RequestContext,
  days: readonly ActivityDay[],
  { label, aliasMember }: Entities,
): Promise<ActivityNames> {
  const ids = days.flatMap((day) => [...day.entities.keys()]);
  const hasNames = label === 'TEAM' || label === 'ORGANIZATION' || label === 'USER';
  const [keys, aliases] = await Promise.all([
    keysById(
      ctx,
      days.flatMap((day) => [...day.keys.keys()]),
    ),
    hasNames ? namesById(ctx, label, ids) : new Map<string, string>(),
  ]);
  return { keys, aliases, aliasMember };
}
