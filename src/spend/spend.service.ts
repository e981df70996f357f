import type { DataSource } from 'typeorm';
import type { RequestContext } from '../access/context';
import { requireRule, RULES } from '../access/rules';
import type { Page, PageRequest } from '../platform/database/keyset';
import { listCallsInFlight, type CallFilter } from './call-in-flight.repository';
import type { ReservationEntity } from './reservation.entity';
import type { SpendLogFilter } from './spend-log-filter.repository';
import type { SpendLogEntity } from './spend-log.entity';
import {
  listSpendLogs,
  numberedSpendLogs,
  type NumberedSpendLogs,
  type SpendLogList,
} from './spend-log-list.repository';
import { findSpendLogs } from './spend-log.repository';
import { findSpendTotals, SERVER_TOTAL_ID, type SpendTotalRow } from './spend-total.repository';

/** A numbered page costs more the further back it lies. */
const MAX_NUMBERED = 10_000;

/** Reads what the ledger booked. Nothing here writes: the log is append-only, and the ledger alone appends. */
export class SpendService {
  constructor(private readonly db: DataSource) {}

  async find(ctx: RequestContext, id: string): Promise<SpendLogEntity | null> {
    requireRule(ctx.principal, RULES.signedIn);
    const [found] = await findSpendLogs(this.db.manager, ctx.visibility, [id]);
    return found ?? null;
  }

  async list(ctx: RequestContext, list: SpendLogList): Promise<Page<SpendLogEntity>> {
    requireRule(ctx.principal, RULES.signedIn);
    return listSpendLogs(this.db.manager, ctx.visibility, list);
  }

  /** A numbered page of the newest `MAX_NUMBERED` rows, with their count. */
  async numbered(
    ctx: RequestContext,
    filter: SpendLogFilter,
    page: { readonly number: number; readonly size: number },
  ): Promise<NumberedSpendLogs> {
    requireRule(ctx.principal, RULES.signedIn);
    const offset = (page.number - 1) * page.size;
    const bounds = { offset, limit: page.size, cap: MAX_NUMBERED };
    return numberedSpendLogs(this.db.manager, ctx.visibility, filter, bounds);
  }

  async callsInFlight(
    ctx: RequestContext,
    filter: CallFilter,
    page: PageRequest,
  ): Promise<Page<ReservationEntity>> {
    requireRule(ctx.principal, RULES.signedIn);
    return listCallsInFlight(this.db.manager, ctx.visibility, filter, page);
  }

  /** Null when nothing was ever booked. */
  async serverTotal(ctx: RequestContext): Promise<SpendTotalRow | null> {
    requireRule(ctx.principal, RULES.serverViewer);
    const [total] = await findSpendTotals(this.db.manager, [{ scope: 'SERVER', scopeId: SERVER_TOTAL_ID }]);
    return total ?? null;
  }
}
