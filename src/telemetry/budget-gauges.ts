import type { DataSource } from 'typeorm';
import { formatMoney } from '../domain/money/decimal-text';
import { findLatestWindows } from '../limits/limit-window.repository';
import { windowSpecOf } from '../limits/limit.entity';
import { presentWindow } from '../limits/present-window';
import type { Clock } from '../platform/clock';
import { listGaugedBudgets, type GaugedBudget, type GaugedScope } from './budget.repository';
import { labelText, type Metric } from './exposition';

interface Gauge {
  readonly scope: GaugedScope;
  readonly labels: string;
  readonly max: string;
  readonly remaining: string;
  /** Null for a budget that never resets. */
  readonly hoursLeft: string | null;
}

/** What LiteLLM calls the scope in names of metrics, and the labels that say which one it is. */
const WORDS: Readonly<
  Record<GaugedScope, { readonly word: string; readonly id: string; readonly name: string }>
> = {
  TEAM: { word: 'team', id: 'team', name: 'team_alias' },
  KEY: { word: 'api_key', id: 'hashed_api_key', name: 'api_key_alias' },
  USER: { word: 'user', id: 'user', name: 'user_alias' },
  ORGANIZATION: { word: 'org', id: 'org_id', name: 'org_alias' },
  CUSTOMER: { word: 'customer', id: 'customer', name: 'customer_alias' },
  PROVIDER: { word: 'provider', id: 'api_provider', name: 'provider_alias' },
};

const MS_PER_HOUR = 3_600_000;
/** Several scrapers ask at about the same time. */
const KEEP_MS = 5_000;

/** Budgets as the ledger has them at the time of the scrape: there is no second count that could be wrong. */
export class BudgetGauges {
  private kept: { readonly untilMs: number; readonly gauges: Promise<Gauge[]> } | null = null;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly maxSeries: number,
  ) {}

  /** Throws while the database is away. */
  async metrics(): Promise<Metric[]> {
    const gauges = await this.current();
    return Object.entries(WORDS).flatMap(([scope, { word }]) => {
      const ours = gauges.filter((gauge) => gauge.scope === scope);
      const gauge = (name: string, help: string, value: (gauge: Gauge) => string | null): Metric => ({
        name,
        type: 'gauge',
        help,
        samples: ours.flatMap((one) => {
          const text = value(one);
          return text === null ? [] : [[one.labels, text] as const];
        }),
      });
      return [
        gauge(
          `litellm_${word === 'provider' ? 'provider_remaining' : `remaining_${word}`}_budget_metric`,
          'USD that are neither spent nor held by calls in flight.',
          ({ remaining }) => remaining,
        ),
        gauge(`litellm_${word}_max_budget_metric`, 'USD of the budget.', ({ max }) => max),
        gauge(
          `litellm_${word}_budget_remaining_hours_metric`,
          'Hours until the budget resets; absent for one that never does.',
          ({ hoursLeft }) => hoursLeft,
        ),
      ];
    });
  }

  private current(): Promise<Gauge[]> {
    const nowMs = this.clock.now();
    if (this.kept === null || this.kept.untilMs <= nowMs) {
      const gauges = this.read();
      this.kept = { untilMs: nowMs + KEEP_MS, gauges };
      // A failure is not kept: the next scrape asks again.
      gauges.catch(() => (this.kept = null));
    }
    return this.kept.gauges;
  }

  private async read(): Promise<Gauge[]> {
    const budgets = await listGaugedBudgets(this.db.manager, this.maxSeries);
    const windows = await findLatestWindows(
      this.db.manager,
      budgets.map(({ limit }) => limit.id),
    );
    return budgets.flatMap((budget) => {
      const latest = windows.get(budget.limit.id);
      return latest === undefined ? [] : [gaugeOf(budget, latest)];
    });
  }
}

function gaugeOf({ limit, name }: GaugedBudget, latest: Parameters<typeof presentWindow>[1]): Gauge {
  const window = presentWindow(windowSpecOf(limit), latest);
  const words = WORDS[limit.scope];
  const hoursLeft =
    window.endsAt === null ? null : (window.endsAt.getTime() - latest.now.getTime()) / MS_PER_HOUR;
  return {
    scope: limit.scope,
    // Two budgets on one scope, by day and by month, are two series.
    labels: labelText({ [words.id]: limit.scopeId, [words.name]: name, limit_id: limit.id }),
    max: formatMoney(limit.amount),
    remaining: formatMoney(limit.amount - window.spent - window.reserved),
    hoursLeft: hoursLeft === null ? null : hoursLeft.toFixed(4),
  };
}
