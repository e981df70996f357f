import type { KeyAuthenticator } from '../../keys/key-authenticator';
import type { CustomerRegister } from '../../customers/customer-register';
import type { Ledger } from '../../ledger/ledger.service';
import type { RoutingSettings } from '../../domain/models/routing-settings';
import type { ModelRouter } from '../../models/model-router';
import type { PricingService } from '../../pricing/pricing.service';
import type { Clock } from '../../platform/clock';
import type { UpstreamClient } from '../../platform/http/upstream-client';
import type { Log } from '../../platform/logger';
import type { ExcessRecorder } from '../../ledger/excess-recorder';
import type { ThrottleQueue } from './throttle-queue';
import type { AudioLength } from '../../platform/media/audio-length';
import type { TokenizerPool } from '../../platform/tokenizer/tokenizer-pool';

/** What the pipeline stands on. */
export interface CallPorts {
  readonly keys: Pick<KeyAuthenticator, 'authenticate' | 'forget'>;
  readonly router: Pick<ModelRouter, 'resolve' | 'listModels' | 'noteFailure'>;
  readonly pricing: Pick<PricingService, 'priceFor' | 'adjustmentsFor' | 'refusesUnpriced'>;
  readonly ledger: Pick<Ledger, 'reserve' | 'extend' | 'settle' | 'limitsOn'>;
  readonly excesses: Pick<ExcessRecorder, 'record'>;
  readonly throttle: Pick<ThrottleQueue, 'enter'>;
  readonly customers: Pick<CustomerRegister, 'meet'>;
  readonly upstream: Pick<UpstreamClient, 'send'>;
  readonly tokenizer: Pick<TokenizerPool, 'count' | 'countAll'>;
  readonly audioLength: Pick<AudioLength, 'durationMs'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: CallSettings;
}

/** Whom and what calls are booked to, beside their keys. Names of headers are in lower case. */
export interface AttributionRules {
  /** Headers whose values are tags, as "name: value". */
  readonly tagHeaders: readonly string[];
  /** Names the customer where the body does not. */
  readonly customerHeader: string | null;
  readonly needsCustomer: boolean;
  readonly refusesBodyTags: boolean;
}

export interface CallSettings {
  readonly masterKey: string;
  readonly masterMaySpend: boolean;
  readonly allowPrivateUpstreams: boolean;
  readonly budgetRefusalStatus: number;
  /** Whether amounts are kept from the holders of virtual keys. */
  readonly hidesAmounts: boolean;
  readonly responseCostInBody: boolean;
  /** Output bound of calls that name none and whose key has none; null lets the limits decide. */
  readonly defaultMaxOutputTokens: number | null;
  /** Input tokens reserved for each thing that the request's bytes do not bound, such as a stored conversation. */
  readonly unboundedInputTokens: number;
  /** A call that takes longer is given up by the ledger and charged at its hold. */
  readonly callDeadlineMs: number;
  /** Largest answer that is read whole. */
  readonly maxResponseBytes: number;
  readonly routing: RoutingSettings;
  readonly attribution: AttributionRules;
}
