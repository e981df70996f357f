import type { DataSource, EntityManager } from 'typeorm';
import type { AlertKind } from '../domain/alerts/kinds';
import { completeSettings } from '../domain/alerts/rule';
import type { HintBus } from '../platform/events/hint-bus';
import type { Log } from '../platform/logger';
import type { AlertRuleEntity } from './alert-rule.entity';
import { rulesOfKinds } from './alert-rule.repository';
import type { Finding } from '../domain/alerts/finding';
import { expiringKeys, projectedToExceed } from './limit-findings.repository';
import { raiseFinding } from './raise-finding.repository';
import { spendReportFinding } from './report-finding.repository';
import { failingProviders, newModels, unpricedModels, unusualSpend } from './spend-findings.repository';
import { watchOverdue } from './watched-windows.repository';

export interface AlertWatchOptions {
  readonly db: DataSource;
  readonly hints: Pick<HintBus, 'publish'>;
  readonly log: Log;
  readonly intervalMs: number;
}

type Find = (manager: EntityManager, rule: AlertRuleEntity) => Promise<Finding[]>;

/** What each kind of rule looks for. Thresholds are not among them: the ledger notices those as it books. */
const FINDERS: Readonly<Partial<Record<AlertKind, Find>>> = {
  PROJECTED_EXCEED: projectedToExceed,
  KEY_EXPIRING: (manager, { organizationId, settings }) =>
    expiringKeys(manager, organizationId, completeSettings(settings).daysBefore),
  UNPRICED_MODEL: (manager, { organizationId }) => unpricedModels(manager, organizationId),
  NEW_MODEL: (manager, { organizationId }) => newModels(manager, organizationId),
  PROVIDER_FAILING: (manager, rule) => {
    const { failurePercent, minimumCalls } = completeSettings(rule.settings);
    return failingProviders(manager, failurePercent, minimumCalls);
  },
  SPEND_ANOMALY: (manager, rule) => {
    const { timezone, organizationId, settings } = rule;
    return unusualSpend(manager, { ...completeSettings(settings), timezone, organizationId });
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

  /** Returns the ids of the alerts that were raised. What cannot be looked for is told to the log, and holds up nothing else. */
  async look(): Promise<string[]> {
    const { db, hints } = this.options;
    const raised = await this.lookAtWindows();
    const rules = await rulesOfKinds(db.manager, Object.keys(FINDERS) as AlertKind[]);
    for (const rule of rules) {
      try {
        raised.push(...(await db.transaction((manager) => lookFor(manager, rule))));
      } catch (error) {
        const about = { err: error, rule: rule.id, kind: rule.kind };
        this.options.log.warn(about, 'An alert rule could not be looked after; the next time tries again.');
      }
    }
    hints.publish('alerts', raised);
    return raised;
  }

  private async lookAtWindows(): Promise<string[]> {
    const raised: string[] = [];
    let after: string | null = '0';
    while (after !== null) {
      const from: string = after;
      const batch = await this.options.db.transaction((manager) => watchOverdue(manager, from));
      raised.push(...batch.raised);
      for (const failure of batch.failures)
        this.options.log.error(failure, 'The alerts of a limit window could not be raised.');
      after = batch.after;
    }
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

async function lookFor(manager: EntityManager, rule: AlertRuleEntity): Promise<string[]> {
  // Whoever looks for a rule looks alone; others need not look at the same time.
  const [lock]: { taken: boolean }[] = await manager.query(
    `SELECT pg_try_advisory_xact_lock(hashtextextended('alerts ' || $1, 0)) AS taken`,
    [rule.id],
  );
  if (lock?.taken !== true) return [];
  const raised: string[] = [];
  for (const finding of (await FINDERS[rule.kind]?.(manager, rule)) ?? []) {
    const id = await raiseFinding(manager, rule.id, finding);
    if (id !== null) raised.push(id);
  }
  return raised;
}
