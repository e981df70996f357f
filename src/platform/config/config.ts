import type { AttributionConfig } from './yaml-attribution';
import type { RoutingSettings } from '../../domain/models/routing-settings';
import type { LogLevel } from '../logger';
import type { SmtpSettings } from '../mail/mailer';
import type { OidcConfig } from './oidc-config';
import type { DatabaseConfig } from './database-config';
import type { ExportsConfig } from './exports-config';
import type { PassThroughEndpoint } from './yaml-endpoints';
import type { CostMargin } from './yaml-price-adjustments';
import type { AlertingName } from './alert-kinds';
import type { ManagementConfig } from './yaml-management';
import type { ModelDeployment } from './yaml-models';

export type ProviderName = 'openai' | 'anthropic' | 'gemini';

/** Everything that the server is told from outside, read once. Frozen, however deep. */
export interface Config {
  readonly mode: 'production' | 'development' | 'test';
  readonly logLevel: LogLevel;
  /** Absolute. */
  readonly dataDir: string;
  readonly http: HttpConfig;
  readonly database: DatabaseConfig;
  readonly masterKey: MasterKeyConfig;
  readonly salt: SaltConfig;
  /** What LiteLLM encrypted its settings with, for an import; null: the salt or the master key here. */
  readonly importSaltKey: string | null;
  readonly upstream: UpstreamConfig;
  /** Providers whose key is in the environment; each makes `<name>/*` available. */
  readonly providers: readonly ProviderConfig[];
  /** Paths that are passed on as they are, at a price for each request. */
  readonly endpoints: readonly PassThroughEndpoint[];
  /** Deployments of the configuration file, in its order. */
  readonly models: readonly ModelDeployment[];
  readonly routing: RoutingSettings;
  /** What holds for keys, teams, users and customers that are to be made. */
  readonly management: ManagementConfig;
  readonly spending: SpendingConfig;
  readonly metrics: MetricsConfig;
  /** Who may sign in to the page without being a user; null: nobody. */
  readonly priceMap: PriceMapConfig;
  readonly pageAdministrator: { readonly username: string; readonly password: string } | null;
  /** Null: Langfuse is not told of calls. */
  readonly langfuse: LangfuseConfig | null;
  readonly attribution: AttributionConfig;
  readonly otel: OtelConfig | null;
  /** Null: nobody signs in by OpenID Connect. */
  readonly oidc: OidcConfig | null;
  readonly alerts: AlertsConfig;
  readonly exports: ExportsConfig;
  /** What the operator should know and the start doesn't stop for. No secrets. */
  readonly warnings: readonly string[];
}

export interface HttpConfig {
  readonly host: string;
  readonly port: number;
  readonly isLoopback: boolean;
  /** Without a slash at its end; null when nobody said. */
  readonly publicUrl: string | null;
  readonly corsOrigins: readonly string[];
  /** IP addresses and CIDR ranges. */
  readonly trustedProxies: readonly string[];
  readonly graphqlBodyLimitBytes: number;
  readonly restBodyLimitBytes: number;
  readonly uploadLimitBytes: number;
  readonly drainTimeoutMs: number;
  readonly servesGraphiql: boolean;
  /** Whether the document of the API and its reader are served. */
  readonly servesDocs: boolean;
}

export interface MasterKeyConfig {
  readonly value: string;
  /** NEW: made at this start, to be shown. */
  readonly source: 'SETTING' | 'STORED' | 'NEW';
  /** Where a generated key is kept; null for one that was set. */
  readonly file: string | null;
  readonly maySpend: boolean;
}

export interface SaltConfig {
  readonly value: string;
  readonly source: 'SETTING' | 'STORED' | 'NEW';
}

export interface UpstreamConfig {
  readonly connectTimeoutMs: number;
  readonly headersTimeoutMs: number;
  readonly bodyTimeoutMs: number;
  readonly maxResponseBytes: number;
  readonly allowsPrivateAddresses: boolean;
  /** No price map is fetched: LITELLM_LOCAL_MODEL_COST_MAP is true. */
  readonly isAirGapped: boolean;
  readonly httpsProxy: string | null;
  readonly httpProxy: string | null;
  readonly noProxy: string | null;
}

/** A price map that is fetched at intervals. */
export interface PriceMapConfig {
  /** Null when none is fetched. */
  readonly url: string | null;
  readonly refreshMs: number;
  /** Whether a map that is understood in full is put in force without an administrator. */
  readonly approves: boolean;
}

export interface ProviderConfig {
  readonly name: ProviderName;
  readonly apiKey: string;
  readonly baseUrl: string;
}

export interface MetricsConfig {
  /** Whether anybody may read them. */
  readonly isPublic: boolean;
  readonly maxSeries: number;
}

export interface OtelConfig {
  /** Where spans are posted. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
}

export interface LangfuseConfig {
  readonly publicKey: string;
  readonly secretKey: string;
  readonly host: string;
}

/** How alerts leave the server. */
export interface AlertsConfig {
  /** Channels of the whole server that the configuration names. */
  readonly channels: readonly ConfiguredAlertChannel[];
  /** Null: no mail can be sent. */
  readonly smtp: SmtpSettings | null;
  /** Private hosts that receivers may be on: names, suffixes, addresses and ranges. */
  readonly privateHosts: readonly string[];
  readonly timeoutMs: number;
  readonly maxAttempts: number;
}

export interface ConfiguredAlertChannel {
  /** The same at every start, such as `slack`. */
  readonly name: string;
  readonly service: AlertingName;
  /** Null for mail. */
  readonly url: string | null;
  /** Signs what is sent; null: nothing does. */
  readonly secret: string | null;
  readonly recipients: readonly string[];
  /** LiteLLM's types of alerts; null: all. */
  readonly alertTypes: readonly string[] | null;
}

export interface SpendingConfig {
  readonly timezone: string;
  /** Whether models without a price are refused, and whether the environment says so, which nobody overrules. */
  readonly unpriced: { readonly refuses: boolean; readonly isFixed: boolean };
  readonly budgetRefusalStatus: 429 | 402;
  readonly putsCostInBody: boolean;
  /** Null: what the limits can afford, up to the model's maximum. */
  readonly defaultMaxOutputTokens: number | null;
  readonly unboundedInputTokens: number;
  /** Whether amounts are kept from the holders of virtual keys. */
  readonly hidesAmounts: boolean;
  /** Calls that may wait in this process for room under limits that throttle. */
  readonly throttleMaxWaiters: number;
  readonly leaseTtlMs: number;
  readonly batchPollMs: number;
  readonly keyCacheTtlMs: number;
  /** For calls with no limit on their path. */
  readonly storeFailure: 'refuse' | 'allow';
  readonly journalMaxBytes: number;
  /** How old rows of the spend log may become; null: they stay for ever. */
  readonly logRetentionDays: number | null;
  readonly offersDemoModel: boolean;
  /** Budget of the whole server: dollars as decimal text, LiteLLM's duration; null: none. */
  readonly serverMaxBudget: string | null;
  readonly serverBudgetDuration: string | null;
  /** By provider, decimal text: 0.05 takes five percent off. */
  readonly costDiscounts: Readonly<Record<string, string>>;
  /** By provider; `global` is for those that have none of their own. */
  readonly costMargins: Readonly<Record<string, CostMargin>>;
}
