import type { ModelRouter } from '../../models/model-router';
import type { Queryable } from '../../platform/database/pool';
import type { ObservedLedger } from '../../telemetry/observed-ledger';
import type { CallPorts } from '../pipeline/ports';

/** What files and batches stand on, beside what every call does. */
export interface BatchPorts extends CallPorts {
  readonly db: Queryable;
  readonly router: CallPorts['router'] & Pick<ModelRouter, 'routeTo'>;
  readonly ledger: CallPorts['ledger'] & Pick<ObservedLedger, 'release' | 'settleAs'>;
  /** How often a batch under way is asked for. */
  readonly batchPollMs: number;
  /** The calls whose results this process is reading, so that it reads them once at a time. */
  readonly booking: Set<string>;
}
