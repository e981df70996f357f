import { SpendRetention } from '../ledger/spend-retention';
import type { Lifecycle } from '../platform/lifecycle';
import type { ServiceParts } from './service-parts';

const DAY_MS = 86_400_000;
/** A month is over once a month; one that could not be dropped because somebody read it is tried again in an hour. */
const LOOK_INTERVAL_MS = 3_600_000;

/** Drops old months of the spend log from now on, where the configuration says how old. */
export function startRetention(
  { config, database, log }: Pick<ServiceParts, 'config' | 'database' | 'log'>,
  lifecycle: Lifecycle,
): void {
  const days = config.spending.logRetentionDays;
  if (days === null) return;
  const { pool } = database;
  const retention = new SpendRetention({ pool, log, keepMs: days * DAY_MS, intervalMs: LOOK_INTERVAL_MS });
  retention.start();
  lifecycle.onStop('the retention of the spend log', () => retention.stop());
}
