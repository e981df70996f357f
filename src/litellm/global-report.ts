import type { RequestContext } from '../access/context';
import { ok, type Result } from '../domain/result';
import { badRequest, type LitellmFailure } from './failure';
import { keyFilter } from './find-key';
import type { SpendReportInput } from './global-spend.schema';
import { spanOf } from './report-span';
import type { LitellmServices } from './services';
import { spendParts, type SpendPart } from './spend-parts';

/** Parts of days by teams or customers, or of the whole span by keys; each by models as well. */
export interface GlobalReport {
  readonly by: 'TEAM' | 'CUSTOMER' | 'KEY';
  readonly parts: readonly SpendPart[];
}

const DEFAULT_DAYS = 30;

/** LiteLLM's spend report: by days and teams or customers, or by keys when a key or a user is named. */
export async function reportGlobally(
  ctx: RequestContext,
  services: Pick<LitellmServices, 'spendReports' | 'keyedHash'>,
  input: SpendReportInput,
): Promise<Result<GlobalReport, LitellmFailure>> {
  const span = spanOf(input, ctx.clock.now(), DEFAULT_DAYS);
  if (!span.ok) return span;
  const key = await keyFilter(ctx, services.keyedHash, input.api_key);
  if (!key.ok) return key;
  const by = groupOf(input);
  if (by !== 'CUSTOMER' && input.customer_id !== undefined) {
    return badRequest('customer_id', 'A report of a customer is grouped by "customer".');
  }
  const user = input.internal_user_id;
  const team = input.team_id;
  const customer = input.customer_id;
  const parts = await spendParts(ctx, services, span.value, {
    by: by === 'TEAM' ? ['TEAM', 'MODEL', 'KEY'] : ['MODEL', 'KEY'],
    byDay: by !== 'KEY',
    attribute:
      by === 'CUSTOMER'
        ? { name: 'CUSTOMER', only: customer === undefined ? undefined : [customer] }
        : undefined,
    only: {
      KEY: key.value,
      USER: user === undefined ? undefined : [user],
      TEAM: team === undefined ? undefined : [team],
    },
  });
  return ok({ by, parts });
}

function groupOf(input: SpendReportInput): GlobalReport['by'] {
  if (input.group_by === 'team') return 'TEAM';
  if (input.group_by === 'customer') return 'CUSTOMER';
  if (input.group_by === 'api_key') return 'KEY';
  if (input.customer_id !== undefined) return 'CUSTOMER';
  return input.api_key !== undefined || input.internal_user_id !== undefined ? 'KEY' : 'TEAM';
}
