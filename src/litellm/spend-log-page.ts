import type { RequestContext } from '../access/context';
import { parseMoney } from '../domain/money/decimal-text';
import type { Money } from '../domain/money/money';
import { ok, type Result } from '../domain/result';
import type { SpendLogFilter } from '../spend/spend-log-filter.repository';
import type { NumberedSpendLogs } from '../spend/spend-log-list.repository';
import { badRequest, type LitellmFailure } from './failure';
import { keyFilter } from './find-key';
import type { LitellmServices } from './services';
import { requestFilter, statusesOf } from './spend-log-filter';
import type { SpendLogPageInput } from './spend.schema';

export interface SpendLogPage extends NumberedSpendLogs {
  readonly number: number;
  readonly size: number;
}

const DEFAULT_SIZE = 50;

/** A numbered page of the log, newest first. */
export async function pageOfSpendLogs(
  ctx: RequestContext,
  services: Pick<LitellmServices, 'spend' | 'keyedHash'>,
  input: SpendLogPageInput,
): Promise<Result<SpendLogPage, LitellmFailure>> {
  const { start_date: from, end_date: to } = input;
  if (from !== undefined && to !== undefined && to <= from) {
    return badRequest('end_date', '"end_date" lies before "start_date".');
  }
  const key = await keyFilter(ctx, services.keyedHash, input.api_key);
  if (!key.ok) return key;
  const filter: SpendLogFilter = {
    ...{ from, to, keyId: key.value?.[0], keyAlias: input.key_alias, userId: input.user_id },
    ...{ teamId: input.team_id, customerId: input.end_user, model: input.model },
    ...{ deploymentId: input.model_id, statuses: statusesOf(input.status_filter) },
    ...{ minCost: dollars(input.min_spend), maxCost: dollars(input.max_spend) },
    ...(await requestFilter(ctx, services.spend, input.request_id)),
  };
  const [number, size] = [input.page ?? 1, input.page_size ?? DEFAULT_SIZE];
  return ok({ ...(await services.spend.numbered(ctx, filter, { number, size })), number, size });
}

/** The schema has read it as an amount already. */
function dollars(text: string | undefined): Money | undefined {
  const parsed = text === undefined ? undefined : parseMoney(text);
  return parsed?.ok === true ? parsed.value : undefined;
}
