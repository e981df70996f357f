import { collectDefaultMetrics, Registry } from 'prom-client';
import type { DataSource } from 'typeorm';
import type { Principal } from '../access/principal';
import { requireRule, RULES } from '../access/rules';
import type { Clock } from '../platform/clock';
import type { Log } from '../platform/logger';
import { BudgetGauges } from './budget-gauges';
import { CallMetrics } from './call-metrics';
import { exposition, type Metric } from './exposition';

export interface MetricsOptions {
  readonly db: DataSource;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether anybody may read the metrics. They name keys, teams and people, so by default nobody but administrators. */
  readonly isPublic: boolean;
  readonly maxSeries: number;
}

/** What Prometheus scrapes: this process's calls, the budgets of the ledger, and the process itself. */
export class MetricsService {
  readonly calls: CallMetrics;
  private readonly registry = new Registry();
  private readonly budgets: BudgetGauges;
  private readonly ofProcess: (() => Metric)[] = [];

  constructor(private readonly options: MetricsOptions) {
    collectDefaultMetrics({ register: this.registry });
    this.calls = new CallMetrics(this.registry, options.maxSeries);
    this.budgets = new BudgetGauges(options.db, options.clock, options.maxSeries);
  }

  /** Adds a gauge of the process that is read at every scrape. */
  addGauge(name: string, help: string, read: () => number): void {
    this.ofProcess.push(() => ({ name, type: 'gauge', help, samples: [['', read().toString()]] }));
  }

  /** The same for what only grows. */
  addCounter(name: string, help: string, read: () => number): void {
    this.ofProcess.push(() => ({ name, type: 'counter', help, samples: [['', read().toString()]] }));
  }

  /** Prometheus' text format. Without a database it holds all but the budgets, and says so. */
  async read(principal: Principal): Promise<{ contentType: string; text: string }> {
    if (!this.options.isPublic) requireRule(principal, RULES.serverViewer);
    const budgets = await this.readBudgets();
    const up: Metric = {
      name: 'spendgraph_database_up',
      type: 'gauge',
      help: 'Whether the budgets of this answer could be read.',
      samples: [['', budgets === null ? '0' : '1']],
    };
    const own = [...this.calls.metrics(), ...(budgets ?? []), ...this.ofProcess.map((gauge) => gauge()), up];
    const text = exposition(own) + (await this.registry.metrics());
    return { contentType: this.registry.contentType, text };
  }

  private async readBudgets(): Promise<Metric[] | null> {
    try {
      return await this.budgets.metrics();
    } catch (error) {
      this.options.log.warn({ err: error }, 'The budgets could not be read for the metrics.');
      return null;
    }
  }
}
