import type { BatchPorts } from '../passthrough/batches/batch-ports';
import { BatchPoller } from '../passthrough/batches/batch-poller';
import type { CallPorts } from '../passthrough/pipeline/ports';
import type { Lifecycle } from '../platform/lifecycle';
import type { ServiceParts, Services } from './services';

/** Charges batches from now on, and answers what their routes stand on. */
export function startBatches(
  { config, database }: ServiceParts,
  { router }: Services,
  ports: CallPorts & Pick<BatchPorts, 'ledger'>,
  lifecycle: Lifecycle,
): BatchPorts {
  const { batchPollMs } = config.spending;
  const batches = { ...ports, router, db: database.pool, batchPollMs, booking: new Set<string>() };
  const poller = new BatchPoller(batches);
  poller.start();
  lifecycle.onStop('the watch for batches', () => poller.stop());
  return batches;
}
