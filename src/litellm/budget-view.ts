import type { EntityManager } from 'typeorm';
import type { RequestContext } from '../access/context';
import type { LimitScope, LimitUnit } from '../domain/limits/scope';
import { HOLDER_SCOPES } from '../domain/limits/template';
import type { WindowPeriod } from '../domain/limits/window-spec';
import type { Money } from '../domain/money/money';
import { findLatestWindows, type WindowHolding } from '../limits/limit-window.repository';
import { windowSpecOf, type LimitEntity } from '../limits/limit.entity';
import { listLimitsOf } from '../limits/limits-of.repository';
import { presentWindow } from '../limits/present-window';
import {
  budgetsOf,
  durationOf,
  isOfModels,
  isWhole,
  mainAmounts,
  nameOfModels,
  sameModels,
} from './limit-shape';
import { findSharedLimits, findSharedWindows, sharedKey, type SharedLimit } from './shared-budget.repository';

/** The limits of one thing as LiteLLM shows them. Counts are kept as amounts are: whole numbers of 1e-12ths. */
export interface BudgetView {
  /** The budget that it shares, else the limit that stands for LiteLLM's budget; null when there is none. */
  readonly budgetId: string | null;
  /** The limit that `max_budget` is, and whose window of it; null without one. */
  readonly main: HeldLimit | null;
  /** What temporary increases add to `max_budget` now. */
  readonly increase: Money;
  readonly maxBudget: Money | null;
  readonly softBudget: Money | null;
  readonly duration: string | null;
  /** When the present window of the budget ends; null when it has no end. */
  readonly resetsAt: Date | null;
  /** What was spent in the present window of the budget; null without a budget. */
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

/** A limit that holds for one thing, set on it or shared. */
export interface HeldLimit {
  readonly limit: LimitEntity;
  readonly present: WindowHolding;
  readonly increase: Money;
  /** Null for one that is set on the thing itself. */
  readonly shared: SharedLimit | null;
}

export interface ModelBudget {
  readonly name: string;
  readonly maxBudget: Money;
  readonly duration: string | null;
  readonly spent: Money;
}

/** The budgets of many things of one scope, in at most six statements. */
export async function viewBudgets(
  ctx: RequestContext,
  scope: LimitScope,
  scopeIds: readonly string[],
): Promise<ReadonlyMap<string, BudgetView>> {
  if (scopeIds.length === 0) return new Map();
  const page = { first: 100 };
  const pages = await listLimitsOf(ctx.db.manager, ctx.visibility, scope, scopeIds, page);
  const all = [...pages.values()].flatMap(({ rows }) => rows);
  const { manager } = ctx.db;
  const latest = await findLatestWindows(
    manager,
    all.map((limit) => limit.id),
  );
  const ownOf = (id: string): HeldLimit[] =>
    (pages.get(id)?.rows ?? []).flatMap((limit) => {
      const found = latest.get(limit.id);
      if (!found) return [];
      const present = presentWindow(windowSpecOf(limit), found);
      return [{ limit, present, increase: found.increase, shared: null }];
    });
  const sharedBy = await sharedLimits(manager, scope, scopeIds);
  return new Map(
    scopeIds.map((id) => {
      const own = ownOf(id);
      const shared = sharedBy.get(id) ?? [];
      const isGiven = ({ shared: by }: HeldLimit): boolean => by?.byDefault === false;
      const named = [...own, ...shared.filter((each) => isGiven(each) && !isReplaced(each, own))];
      const defaults = shared.filter((each) => !isGiven(each) && !isReplaced(each, named));
      return [id, viewOf([...named, ...defaults], shared[0])];
    }),
  );
}

/** The limits that things have of templates, by the thing. */
async function sharedLimits(
  manager: EntityManager,
  scope: LimitScope,
  scopeIds: readonly string[],
): Promise<Map<string, HeldLimit[]>> {
  const shared = HOLDER_SCOPES.includes(scope) ? await findSharedLimits(manager, scope, scopeIds) : [];
  const byHolder = new Map<string, HeldLimit[]>();
  if (shared.length === 0) return byHolder;
  const { now, latest } = await findSharedWindows(manager, shared);
  for (const each of shared) {
    const { limit, assignmentId, holderId } = each;
    const found = latest.get(sharedKey(limit.id, assignmentId, holderId)) ?? null;
    const present = presentWindow(windowSpecOf(limit), { now, latest: found });
    const list = byHolder.get(holderId) ?? [];
    byHolder.set(holderId, [...list, { limit, present, increase: 0n, shared: each }]);
  }
  return byHolder;
}

/** A nearer limit takes the place of a shared one that counts the same unit of the same models. */
function isReplaced({ limit }: HeldLimit, own: readonly HeldLimit[]): boolean {
  return own.some((other) => other.limit.unit === limit.unit && sameModels(other.limit.models, limit.models));
}

function viewOf(held: readonly HeldLimit[], firstShared: HeldLimit | undefined): BudgetView {
  const limits = held.map(({ limit }) => limit);
  const present = new Map(held.map((each) => [each.limit.id, each.present]));
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
    budgetId: firstShared?.limit.scopeId ?? main?.id ?? null,
    main: held.find(({ limit }) => limit === main) ?? null,
    increase: held.find(({ limit }) => limit === main)?.increase ?? 0n,
    maxBudget: amounts.max,
    softBudget: amounts.soft,
    duration: main ? durationOf(main) : null,
    resetsAt: main ? resetsAt(main) : null,
    spentSinceReset: main ? (present.get(main.id)?.spent ?? 0n) : null,
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
