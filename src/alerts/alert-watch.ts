import type { DataSource, EntityManager } from 'typeorm';
import type { AlertKind } from '../domain/alerts/kinds';
import { completeSettings } from '../domain/alerts/rule';
import type { HintBus } from '../platform/events/hint-bus';
import type { Log } from '../platform/logger';
import type { AlertRuleEntity } from './alert-rule.entity';
import { rulesOfKind } from './alert-rule.repository';
import type { Finding } from '../domain/alerts/finding';
import { expiringKeys, projectedToExceed } from './limit-findings.repository';
import { raiseFinding } from './raise-finding.repository';
import { spendReportFinding } from './report-finding.repository';
import { failingProviders, newModels, unpricedModels, unusualSpend } from './spend-findings.repository';

export interface AlertWatchOptions {
  readonly db: DataSource;
  readonly hints: Pick<HintBus, 'publish'>;
  readonly log: Log;
  readonly intervalMs: number;
}

type Find = (manager: EntityManager, rule: AlertRuleEntity) => Promise<Finding[]>;

/** What is looked for from time to time. Thresholds are not among it: the ledger notices those as it books. */
const FINDERS: Readonly<Partial<Record<AlertKind, Find>>> = {
  PROJECTED_EXCEED: projectedToExceed,
  KEY_EXPIRING: (manager, rule) => expiringKeys(manager, completeSettings(rule.settings).daysBefore),
  UNPRICED_MODEL: unpricedModels,
  NEW_MODEL: newModels,
  PROVIDER_FAILING: (manager, rule) => {
    const { failurePercent, minimumCalls } = completeSettings(rule.settings);
    return failingProviders(manager, failurePercent, minimumCalls);
  },
  SPEND_ANOMALY: (manager, rule) => {
    const { timezone, settings } = rule;
    return unusualSpend(manager, { ...completeSettings(settings), timezone });
  },
  SPEND_REPORT: async (manager, rule) => {
    const report = await spendReportFinding(manager, rule, completeSettings(rule.settings).period);
    return report ? [report] : [];
  },
};

/** Looks from time to time for what no single call shows. Any number of processes may: one of them does. */
export class AlertWatch {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: AlertWatchOptions) {}

  start(): void {
    this.timer = setInterval(() => {
      this.running = this.running.then(() => this.lookSafely());
    }, this.options.intervalMs);
  }

  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.running;
  }

  /** Returns the ids of the alerts that were raised; none when another process looks already. */
  async look(): Promise<string[]> {
    const { db, hints } = this.options;
    const raised: string[] = [];
    for (const [kind, find] of Object.entries(FINDERS)) {
      // A transaction for each kind: what one query takes long for holds up no other.
      raised.push(...(await db.transaction((manager) => lookFor(manager, kind as AlertKind, find))));
    }
    hints.publish('alerts', raised);
    return raised;
  }

  private async lookSafely(): Promise<void> {
    try {
      await this.look();
    } catch (error) {
      this.options.log.warn({ err: error }, 'Looking for alerts failed; the next time tries again.');
    }
  }
}

async function lookFor(manager: EntityManager, kind: AlertKind, find: Find): Promise<string[]> {
  // Whoever looks for a kind looks alone.
  const [lock]: { taken: boolean }[] = await manager.query(
    `SELECT pg_try_advisory_xact_lock(hashtextextended('alerts ' || $1, 0)) AS taken`,
    [kind],
  );
  if (lock?.taken !== true) return [];
  const raised: string[] = [];
  for (const rule of await rulesOfKind(manager, kind)) {
    if (!rule.enabled) continue;
    for (const finding of await find(manager, rule)) {
      const id = await raiseFinding(manager, rule.id, finding);
      if (id !== null) raised.push(id);
    }
  }
  return raised;
}
