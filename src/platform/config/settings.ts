import {
  addresses,
  boolean,
  callbacks,
  choice,
  integer,
  origins,
  secret,
  text,
  timezone,
  url,
} from './setting-kinds';
import { ALERT_SETTINGS } from './alert-settings';
import { EXPORT_SETTINGS } from './export-settings';
import { OTEL_SETTINGS } from './otel-settings';
import { OIDC_SETTINGS } from './oidc-settings';
import { SECRET_SETTINGS } from './secret-settings';
import { optional, setting, type Setting } from './setting';

const HOUR_MS = 3_600_000;
const MEGABYTE = 1024 * 1024;
const milliseconds = integer(1, 24 * HOUR_MS);
const bytes = integer(1024, 1024 * MEGABYTE);
const httpUrl = url('http:', 'https:');
const postgresUrl = url('postgres:', 'postgresql:');

/** Every environment variable that is read. An empty one counts as not set. */
export const SETTINGS = {
  HOST: setting(text, '127.0.0.1', 'Address to listen on; 0.0.0.0 for every interface.'),
  PORT: setting(integer(0, 65_535), 4000, 'Port to listen on; 0 for any free one.'),
  NODE_ENV: setting(
    choice('production', 'development', 'test'),
    'production',
    'In production the schema is hidden from strangers and errors tell less.',
  ),
  SPENDGRAPH_CONFIG: optional(text, "Path of a YAML file in the shape of LiteLLM's proxy configuration."),
  SPENDGRAPH_DATA_DIR: setting(
    text,
    '.spendgraph',
    'Folder of the embedded database and of generated secrets. Keep it, and back it up.',
  ),
  SPENDGRAPH_LOG_LEVEL: setting(
    choice('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
    'info',
    'Least important messages to log.',
  ),

  ...SECRET_SETTINGS,
  SPENDGRAPH_MASTER_KEY_MAY_SPEND: setting(
    boolean,
    false,
    'Whether calls with the master key reach paid models; the demo model it may always call.',
  ),

  DATABASE_URL: optional(
    postgresUrl,
    'PostgreSQL 14 or later. Not set: an embedded PostgreSQL in the data folder.',
  ),
  SPENDGRAPH_LISTEN_URL: optional(
    postgresUrl,
    'Address of PostgreSQL itself, for LISTEN and session locks, when DATABASE_URL leads to a pooler such as PgBouncer.',
    { defaultText: 'DATABASE_URL' },
  ),
  SPENDGRAPH_DB_POOL_SIZE: setting(
    integer(2, 500),
    10,
    'Database connections that this process opens at most.',
  ),
  SPENDGRAPH_DB_SSL: optional(
    choice('disable', 'require', 'verify-ca', 'verify-full'),
    'TLS to PostgreSQL: off; encrypted; also checking the certificate; also checking its host name.',
    { defaultText: "DATABASE_URL's sslmode, else disable" },
  ),
  SPENDGRAPH_DB_SSL_CA_FILE: optional(
    text,
    'PEM file of the authorities that may sign the certificate of PostgreSQL.',
    {
      defaultText: 'those that Node trusts',
    },
  ),

  OPENAI_API_KEY: optional(secret, 'Makes the models openai/* available.'),
  ANTHROPIC_API_KEY: optional(secret, 'Makes the models anthropic/* available.'),
  GEMINI_API_KEY: optional(secret, 'Makes the models gemini/* available.'),
  // Not OPENAI_BASE_URL and its like: clients on the same machine set those to point at this server.
  SPENDGRAPH_OPENAI_BASE_URL: setting(
    httpUrl,
    'https://api.openai.com/v1',
    'Where the models openai/* are called.',
  ),
  SPENDGRAPH_ANTHROPIC_BASE_URL: setting(
    httpUrl,
    'https://api.anthropic.com',
    'Where the models anthropic/* are called.',
  ),
  SPENDGRAPH_GEMINI_BASE_URL: setting(
    httpUrl,
    'https://generativelanguage.googleapis.com',
    'Where the models gemini/* are called.',
  ),
  SPENDGRAPH_UPSTREAM_CONNECT_TIMEOUT_MS: setting(
    milliseconds,
    10_000,
    'Longest wait for a connection to a provider.',
  ),
  SPENDGRAPH_UPSTREAM_HEADERS_TIMEOUT_MS: setting(
    milliseconds,
    600_000,
    "Longest wait for the start of a provider's answer.",
  ),
  SPENDGRAPH_UPSTREAM_BODY_TIMEOUT_MS: setting(
    milliseconds,
    300_000,
    "Longest pause between two pieces of a provider's answer.",
  ),
  SPENDGRAPH_UPSTREAM_MAX_RESPONSE_BYTES: setting(
    bytes,
    256 * MEGABYTE,
    'Largest answer of a provider that is read whole; streams have no such limit.',
  ),
  SPENDGRAPH_ALLOW_PRIVATE_UPSTREAMS: setting(
    boolean,
    false,
    'Whether models and webhooks may point to loopback and private network addresses.',
  ),
  HTTPS_PROXY: optional(httpUrl, 'Proxy for calls to https:// addresses.', { aliases: ['https_proxy'] }),
  HTTP_PROXY: optional(httpUrl, 'Proxy for calls to http:// addresses.', { aliases: ['http_proxy'] }),
  NO_PROXY: optional(text, 'Hosts that are called without the proxy, comma-separated.', {
    aliases: ['no_proxy'],
  }),

  SPENDGRAPH_GRAPHIQL: optional(boolean, 'Whether the GraphQL explorer page is served.', {
    defaultText: 'true in development',
  }),
  SPENDGRAPH_DOCS: setting(
    boolean,
    true,
    'Whether the OpenAPI document (/openapi.json) and its reader (/docs) are served. They name the routes, and no data.',
  ),
  NO_DOCS: optional(boolean, "With true, neither of them is: LiteLLM's name for it."),
  SPENDGRAPH_CORS_ORIGINS: setting(origins, [], 'Web origins whose pages may call this server.'),
  SPENDGRAPH_TRUSTED_PROXIES: setting(addresses, [], 'Proxies whose X-Forwarded-For header is believed.'),
  SPENDGRAPH_GRAPHQL_BODY_LIMIT_BYTES: setting(bytes, MEGABYTE, 'Largest GraphQL request.'),
  SPENDGRAPH_REST_BODY_LIMIT_BYTES: setting(
    bytes,
    10 * MEGABYTE,
    'Largest REST request, model calls included.',
  ),
  SPENDGRAPH_UPLOAD_LIMIT_BYTES: setting(
    bytes,
    50 * MEGABYTE,
    'Largest form with files (images to edit, sound to transcribe, requests of a batch).',
  ),
  SPENDGRAPH_DRAIN_TIMEOUT_MS: setting(
    milliseconds,
    30_000,
    'How long calls in flight may take to finish once the server is told to stop.',
  ),

  SPENDGRAPH_TIMEZONE: setting(timezone, 'UTC', 'Time zone of calendar budgets that name none.'),
  SPENDGRAPH_UNPRICED_MODELS: setting(
    choice('refuse', 'allow'),
    'refuse',
    'What happens to calls of models without a price; allowed ones are booked as unpriced, never as free.',
  ),
  SPENDGRAPH_BUDGET_REFUSAL_STATUS: setting(
    choice('429', '402'),
    '429',
    "HTTP status of a call refused by a budget; 429 is LiteLLM's.",
  ),
  SPENDGRAPH_RESPONSE_COST_IN_BODY: setting(
    boolean,
    false,
    'Whether JSON answers of models get a response_cost field; the header is always there.',
  ),
  SPENDGRAPH_DEFAULT_MAX_OUTPUT_TOKENS: optional(
    integer(1, 10_000_000),
    'Output bound of calls that name none, unless their key, team or model has one.',
    { defaultText: 'what the limits can afford' },
  ),
  SPENDGRAPH_UNBOUNDED_INPUT_TOKENS: setting(
    integer(0, 10_000_000),
    32_000,
    'Input tokens held for each part of a call whose size its bytes do not tell, such as a stored conversation or file.',
  ),
  SPENDGRAPH_HIDE_AMOUNTS: setting(
    boolean,
    false,
    'Whether amounts are kept from whoever holds a virtual key: headers, refusals and answers carry none, and a key opens ' +
      'neither the graph nor the management routes.',
  ),
  SPENDGRAPH_THROTTLE_MAX_WAITERS: setting(
    integer(0, 100_000),
    1_000,
    'Calls that may wait at once, in this process, for room under limits that throttle; further ones are refused.',
  ),
  SPENDGRAPH_LEASE_TTL_MS: setting(
    integer(3_000, HOUR_MS),
    60_000,
    'How long the reservation of a call outlives a process that stops renewing it, before it is charged and released.',
  ),
  SPENDGRAPH_BATCH_POLL_MS: setting(
    integer(10, HOUR_MS),
    60_000,
    'How often the provider is asked for a batch under way, so that it is charged even if nobody asks for its results.',
  ),
  SPENDGRAPH_STORE_FAILURE: setting(
    choice('refuse', 'allow'),
    'refuse',
    'What happens, while the database is away, to calls with no limit on their path; limits say it for themselves. With ' +
      '"allow" the readiness probe stays positive too.',
  ),
  SPENDGRAPH_JOURNAL_MAX_BYTES: setting(
    bytes,
    256 * MEGABYTE,
    'Room on disk for calls that are let through while the database is away; beyond it they are refused.',
  ),
  SPENDGRAPH_KEY_CACHE_TTL_MS: setting(
    integer(0, HOUR_MS),
    30_000,
    'How long a key that was looked up is trusted without asking the database; changes are told at once besides.',
  ),
  SPENDGRAPH_DEMO_MODEL: optional(
    boolean,
    'Whether the built-in demo model, which needs no provider, is offered.',
    {
      defaultText: 'true if HOST is loopback',
    },
  ),
  SPENDGRAPH_METRICS_PUBLIC: setting(
    boolean,
    false,
    "Whether /metrics answers without an administrator's credential. It names keys, teams and people.",
  ),
  SPENDGRAPH_METRICS_MAX_SERIES: setting(
    integer(10, 100_000),
    2_000,
    'How many combinations of labels /metrics tells apart; calls beyond them add up under "other".',
  ),

  SPENDGRAPH_CALLBACKS: setting(
    callbacks,
    [],
    'Who is told of every booked call, beside those that the configuration file names.',
  ),
  UI_USERNAME: optional(text, 'Name of an administrator who may sign in with UI_PASSWORD.'),
  UI_PASSWORD: optional(secret, 'Password of that administrator; 12 characters at least.'),

  LANGFUSE_PUBLIC_KEY: optional(text, 'Public key of the Langfuse project that is told of calls.'),
  LANGFUSE_SECRET_KEY: optional(secret, 'Secret key of that project.'),
  LANGFUSE_HOST: setting(httpUrl, 'https://cloud.langfuse.com', 'Address of Langfuse.', {
    aliases: ['LANGFUSE_BASE_URL'],
  }),

  SPENDGRAPH_PRICE_MAP_URL: optional(
    httpUrl,
    "Address of a price map in LiteLLM's form, fetched when the server starts and at intervals; what it would change waits " +
      'for approval. Nothing is fetched without it.',
    { aliases: ['LITELLM_MODEL_COST_MAP_URL'] },
  ),
  SPENDGRAPH_PRICE_MAP_REFRESH_MS: setting(
    // A timer holds no more than 2^31 ms, and fires at once when asked for more.
    integer(60_000, 24 * 24 * HOUR_MS),
    24 * HOUR_MS,
    'Time between two fetches of that map.',
  ),
  SPENDGRAPH_PRICE_MAP_APPROVAL: setting(
    choice('manual', 'automatic'),
    'manual',
    'Who puts the prices of that map in force; one that is not understood in full waits for an administrator either way.',
  ),

  ...OTEL_SETTINGS,
  ...OIDC_SETTINGS,
  ...ALERT_SETTINGS,
  ...EXPORT_SETTINGS,

  LITELLM_LOCAL_MODEL_COST_MAP: optional(
    boolean,
    'With true, no price map is fetched, also when an import names a URL. List prices always come with the build.',
  ),
} as const satisfies Record<string, Setting<unknown>>;

export type SettingName = keyof typeof SETTINGS;
export type SettingValues = {
  readonly [Name in SettingName]: (typeof SETTINGS)[Name] extends Setting<infer T> ? T : never;
};

/** A row of the documentation. */
export interface SettingRow {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly type: string;
  readonly default: string;
  readonly meaning: string;
}

export function describeSettings(): SettingRow[] {
  return Object.entries<Setting<unknown>>(SETTINGS).map(([name, setting]) => ({
    name,
    aliases: setting.aliases,
    type: setting.kind.type,
    default: setting.defaultText ?? describeDefault(setting.default),
    meaning: setting.meaning,
  }));
}

function describeDefault(value: unknown): string {
  const isNone = value === null || (Array.isArray(value) && value.length === 0);
  return isNone ? 'none' : JSON.stringify(value).replace(/^"|"$/g, '');
}
