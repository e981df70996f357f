import { actingAsServer } from '../access/acting';
import { configuredRow } from '../alerts/configured-channels';
import { syncConfiguredChannels } from '../alerts/alert-channel.repository';
import type { Lifecycle } from '../platform/lifecycle';
import type { MetricsService } from '../telemetry/metrics.service';
import type { AlertServices } from './alert-services';
import type { ServiceParts } from './services';

/** Delivers alerts from now on, to the channels of the configuration and those of the graph. */
export async function startAlertDelivery(
  { config, database: { db }, hints }: ServiceParts,
  { alertDispatcher, alertClient }: AlertServices,
  metrics: MetricsService,
  lifecycle: Lifecycle,
): Promise<void> {
  await actingAsServer('loadConfiguration', () =>
    db.transaction((manager) => syncConfiguredChannels(manager, config.alerts.channels.map(configuredRow))),
  );
  lifecycle.onStop('the connections to receivers of alerts', () => alertClient.close());
  alertDispatcher.start();
  // Looked for at intervals anyway: a hint only makes it sooner.
  hints.on('alerts', () => alertDispatcher.wake());
  lifecycle.onStop('the delivery of alerts', () => alertDispatcher.stop());
  const { counts } = alertDispatcher;
  metrics.addCounter(
    'spendgraph_alert_deliveries_total',
    'Messages of alerts that a receiver took.',
    () => counts.delivered,
  );
  metrics.addCounter(
    'spendgraph_alert_delivery_failures_total',
    'Attempts to deliver alerts that failed.',
    () => counts.failed,
  );
  metrics.addCounter(
    'spendgraph_alert_deliveries_dead_total',
    'Messages of alerts that were given up.',
    () => counts.dead,
  );
}
