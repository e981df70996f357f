import type { RequestContext } from '../access/context';
import { idKind } from '../domain/ids';
import type { SpendStatus } from '../domain/spend/spend-words';
import type { SpendLogFilter } from '../spend/spend-log-filter.repository';
import type { LitellmServices } from './services';
import type { StatusFilter } from './spend.schema';

const STATUSES: Readonly<Record<StatusFilter, readonly SpendStatus[]>> = {
  success: ['SUCCESS', 'ADJUSTED'],
  failure: ['FAILURE', 'CANCELLED', 'EXPIRED'],
};

export function statusesOf(status: StatusFilter | undefined): readonly SpendStatus[] | undefined {
  return status === undefined ? undefined : STATUSES[status];
}

/** A call is asked for by its own id, or by that of a row that was booked for it. */
export async function requestFilter(
  ctx: RequestContext,
  spend: Pick<LitellmServices['spend'], 'find'>,
  requestId: string | undefined,
): Promise<Pick<SpendLogFilter, 'callId'>> {
  if (requestId === undefined) return {};
  if (idKind(requestId) !== 'spend') return { callId: requestId };
  const row = await spend.find(ctx, requestId);
  return { callId: row?.callId ?? requestId };
}
