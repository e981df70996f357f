import type { Clock } from '../platform/clock';
import type { Config } from '../platform/config';
import type { HintBus } from '../platform/events/hint-bus';
import type { Log } from '../platform/logger';
import type { TokenizerPool } from '../platform/tokenizer/tokenizer-pool';
import type { Database } from './open-database';

/** What every use case stands on. */
export interface ServiceParts {
  readonly config: Config;
  readonly database: Database;
  readonly hints: HintBus;
  readonly clock: Clock;
  readonly log: Log;
  readonly tokenizer: TokenizerPool;
}
