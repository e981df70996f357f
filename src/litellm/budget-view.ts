import type { RequestContext } from '../access/context';
import type { LimitScope, LimitUnit } from '../domain/limits/scope';
import type { WindowPeriod } from '../domain/limits/window-spec';
import type { Money } from '../domain/money/money';
import { findLatestWindows, type WindowHolding } from '../limits/limit-window.repository';
import { windowSpecOf, type LimitEntity } from '../limits/limit.entity';
import { listLimitsOf } from '../limits/limits-of.repository';
import { presentWindow } from '../limits/present-window';
import { budgetsOf, durationOf, isOfModels, isWhole, mainAmounts, nameOfModels } from './limit-shape';

/** The limits of one thing as LiteLLM shows them. Counts are kept as amounts are: whole numbers of 1e-12ths. */
export interface BudgetView {
  /** Id of the limit that stands for LiteLLM's budget; null when there is none. */
  readonly budgetId: string | null;
  readonly maxBudget: Money | null;
  readonly softBudget: Money | null;
  readonly duration: string | null;
  /** When the present window of the budget ends; null when it has no end. */
  readonly resetsAt: Date | null;
  /** What was spent in the present window of the budget; null when it never starts afresh. */
  readonly spentSinceReset: Money | null;
  /** The budgets of all windows when there are several. */
  readonly windows: readonly {
    readonly duration: string | null;
    readonly maxBudget: Money;
    readonly resetsAt: Date | null;
  }[];
  readonly tokensPerMinute: Money | null;
  readonly requestsPerMinute: Money | null;
  readonly tokensPerDay: Money | null;
  readonly parallelRequests: Money | null;
  readonly models: readonly ModelBudget[];
  readonly requestsPerMinuteOf: ReadonlyMap<string, Money>;
  readonly tokensPerMinuteOf: ReadonlyMap<string, Money>;
}

export interface ModelBudget {
  readonly name: string;
  readonly maxBudget: Money;
  readonly duration: string | null;
  readonly spent: Money;
}

/** The budgets of many things of one scope, in two statements. */
export async function viewBudgets(
  ctx: RequestContext,
  scope: LimitScope,
  scopeIds: readonly string[],
): Promise<ReadonlyMap<string, BudgetView>> {
  if (scopeIds.length === 0) return new Map();
  const page = { first: 100 };
  const pages = await listLimitsOf(ctx.db.manager, ctx.visibility, scope, scopeIds, page);
  const all = [...pages.values()].flatMap(({ rows }) => rows);
  const latest = await findLatestWindows(
    ctx.db.manager,
    all.map((limit) => limit.id),
  );
  const present = new Map(
    all.flatMap((limit): [string, WindowHolding][] => {
      const found = latest.get(limit.id);
      return found ? [[limit.id, presentWindow(windowSpecOf(limit), found)]] : [];
    }),
  );
  return new Map(
    scopeIds.map((id) => {
      const limits = pages.get(id)?.rows ?? [];
      return [id, viewOf(limits, present)];
    }),
  );
}

function viewOf(limits: readonly LimitEntity[], present: ReadonlyMap<string, WindowHolding>): BudgetView {
  const budgets = budgetsOf(limits);
  const [main] = budgets;
  const amounts = main ? mainAmounts(main) : { max: null, soft: null };
  const resetsAt = (limit: LimitEntity): Date | null => present.get(limit.id)?.endsAt ?? null;
  const windowed = budgets.filter((limit) => limit.period !== 'TOTAL');
  const whole = (unit: LimitUnit, period: WindowPeriod): Money | null =>
    limits.find((limit) => isWhole(limit, unit, period))?.amount ?? null;
  const perModel = (unit: LimitUnit, period: WindowPeriod): Map<string, Money> =>
    new Map(
      limits
        .filter((limit) => isOfModels(limit, unit, period))
        .map((limit) => [nameOfModels(limit.models), limit.amount]),
    );
  return {
    budgetId: main?.id ?? null,
    maxBudget: amounts.max,
    softBudget: amounts.soft,
    duration: main ? durationOf(main) : null,
    resetsAt: main ? resetsAt(main) : null,
    spentSinceReset: main && main.period !== 'TOTAL' ? (present.get(main.id)?.spent ?? 0n) : null,
    windows:
      budgets.length < 2
        ? []
        : windowed.map((limit) => ({
            duration: durationOf(limit),
            maxBudget: limit.amount,
            resetsAt: resetsAt(limit),
          })),
    tokensPerMinute: whole('TOKENS', 'MINUTE'),
    requestsPerMinute: whole('REQUESTS', 'MINUTE'),
    tokensPerDay: whole('TOKENS', 'DAY'),
    parallelRequests: whole('CONCURRENT', 'TOTAL'),
    models: limits
      .filter((limit) => limit.unit === 'USD' && limit.models.length > 0)
      .map((limit) => ({
        name: nameOfModels(limit.models),
        maxBudget: limit.amount,
        duration: durationOf(limit),
        spent: present.get(limit.id)?.spent ?? 0n,
      })),
    requestsPerMinuteOf: perModel('REQUESTS', 'MINUTE'),
    tokensPerMinuteOf: perModel('TOKENS', 'MINUTE'),
  };
}
