import { AlertWatch } from '../alerts/alert-watch';
import type { Lifecycle } from '../platform/lifecycle';
import type { ServiceParts } from './services';

/** Unusual spend and failing providers are told within minutes; more often would cost more than it tells. */
const LOOK_INTERVAL_MS = 60_000;

/** Looks for what rules watch beside limits, from now on. */
export function startAlerts({ database, hints, log }: ServiceParts, lifecycle: Lifecycle): void {
  const watch = new AlertWatch({ db: database.db, hints, log, intervalMs: LOOK_INTERVAL_MS });
  watch.start();
  lifecycle.onStop('the watch for alerts', () => watch.stop());
}
