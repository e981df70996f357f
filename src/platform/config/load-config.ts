import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { readAlerts } from './alerts-config';
import type {
  Config,
  HttpConfig,
  MasterKeyConfig,
  ProviderConfig,
  SaltConfig,
  SpendingConfig,
} from './config';
import { readDatabaseConfig } from './database-config';
import { readExports } from './exports-config';
import { readOidc } from './oidc-config';
import { readOtel } from './otel-config';
import { Problems } from './problems';
import { overlay, readSettings, type Environment, type ReadSettings } from './read-settings';
import { isWeakKey, readOrCreateSecret, type StoredSecret } from './secrets';
import type { SettingValues } from './settings';
import { readYamlConfig, type YamlConfig } from './yaml-config';

const MIN_PASSWORD_LENGTH = 12;

/**
 * Reads the environment and the configuration file that it names; the environment counts where both speak. Generates
 * and stores the master key and the salt if there are none, once everything else is right. Throws ConfigError, which
 * lists every problem.
 */
export function loadConfig(environment: Environment): Config {
  const problems = new Problems();
  const path = environment['SPENDGRAPH_CONFIG']?.trim() ?? '';
  const yaml = readYamlConfig(path === '' ? null : path, environment, problems);
  const settings = readSettings(overlay(yaml.variables, environment), yaml.referredNames, problems);
  const { values } = settings;
  const http = readHttp(values);
  const given = values.SPENDGRAPH_MASTER_KEY ?? yaml.masterKey;
  if (given !== null) checkMasterKey(given, http, problems);
  const database = readDatabaseConfig(values.DATABASE_URL ?? yaml.databaseUrl, values, problems);
  warnOfOverrides(settings, yaml, problems);
  problems.throwIfAny();

  const dataDir = resolve(values.SPENDGRAPH_DATA_DIR);
  const config: Config = {
    mode: values.NODE_ENV,
    logLevel: values.SPENDGRAPH_LOG_LEVEL,
    dataDir,
    http,
    database,
    masterKey: readMasterKey(given, dataDir, values, problems),
    salt: readSalt(values.SPENDGRAPH_SALT_KEY, dataDir, problems),
    importSaltKey: values.SPENDGRAPH_IMPORT_SALT_KEY,
    upstream: {
      connectTimeoutMs: values.SPENDGRAPH_UPSTREAM_CONNECT_TIMEOUT_MS,
      headersTimeoutMs: values.SPENDGRAPH_UPSTREAM_HEADERS_TIMEOUT_MS,
      bodyTimeoutMs: values.SPENDGRAPH_UPSTREAM_BODY_TIMEOUT_MS,
      maxResponseBytes: values.SPENDGRAPH_UPSTREAM_MAX_RESPONSE_BYTES,
      allowsPrivateAddresses: values.SPENDGRAPH_ALLOW_PRIVATE_UPSTREAMS,
      isAirGapped: values.LITELLM_LOCAL_MODEL_COST_MAP ?? false,
      httpsProxy: values.HTTPS_PROXY,
      httpProxy: values.HTTP_PROXY,
      noProxy: values.NO_PROXY,
    },
    providers: readProviders(values),
    models: yaml.models,
    endpoints: yaml.endpoints,
    attribution: yaml.attribution,
    routing: yaml.routing,
    management: yaml.management,
    spending: readSpending(settings, yaml, http),
    metrics: {
      isPublic: settings.isSet('SPENDGRAPH_METRICS_PUBLIC')
        ? values.SPENDGRAPH_METRICS_PUBLIC
        : yaml.metricsNeedAuthorization === false,
      maxSeries: values.SPENDGRAPH_METRICS_MAX_SERIES,
    },
    priceMap: {
      url: values.SPENDGRAPH_PRICE_MAP_URL,
      refreshMs: values.SPENDGRAPH_PRICE_MAP_REFRESH_MS,
      approves: values.SPENDGRAPH_PRICE_MAP_APPROVAL === 'automatic',
    },
    pageAdministrator: readPageAdministrator(values, http, problems),
    langfuse: readLangfuse(values, yaml, problems),
    otel: readOtel(values, namesCallback('otel', values, yaml), problems),
    oidc: readOidc(values, http.isLoopback, problems),
    alerts: readAlerts(values, yaml.alerting, problems),
    exports: readExports(values, dataDir, problems),
    warnings: problems.warnings,
  };
  problems.throwIfAny();
  return deepFreeze(config);
}

function readHttp(values: SettingValues): HttpConfig {
  return {
    host: values.HOST,
    port: values.PORT,
    isLoopback: isLoopback(values.HOST),
    publicUrl: values.SPENDGRAPH_PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    corsOrigins: values.SPENDGRAPH_CORS_ORIGINS,
    trustedProxies: values.SPENDGRAPH_TRUSTED_PROXIES,
    graphqlBodyLimitBytes: values.SPENDGRAPH_GRAPHQL_BODY_LIMIT_BYTES,
    restBodyLimitBytes: values.SPENDGRAPH_REST_BODY_LIMIT_BYTES,
    uploadLimitBytes: values.SPENDGRAPH_UPLOAD_LIMIT_BYTES,
    drainTimeoutMs: values.SPENDGRAPH_DRAIN_TIMEOUT_MS,
    servesGraphiql: values.SPENDGRAPH_GRAPHIQL ?? values.NODE_ENV === 'development',
    servesDocs: values.SPENDGRAPH_DOCS && values.NO_DOCS !== true,
  };
}

/** Whether only this machine can connect to the address. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function checkMasterKey(key: string, http: HttpConfig, problems: Problems): void {
  if (!/^[\x21-\x7e]+$/.test(key)) {
    problems.error('The master key holds spaces or signs beyond ASCII, which no HTTP header can carry.');
  } else if (isWeakKey(key)) {
    const weakness =
      'The master key is easy to guess: it has fewer than 16 signs, or hardly any different ones.';
    if (http.isLoopback) problems.warn(`${weakness} That is accepted because HOST is loopback.`);
    else {
      problems.error(
        `${weakness} It is refused because HOST is ${http.host}, where others can connect. Set SPENDGRAPH_MASTER_KEY ` +
          'to sk- and 32 random letters (openssl rand -hex 16), unset it to have one generated, or set HOST=127.0.0.1.',
      );
    }
  }
}

function readMasterKey(
  given: string | null,
  dataDir: string,
  values: SettingValues,
  problems: Problems,
): MasterKeyConfig {
  const maySpend = values.SPENDGRAPH_MASTER_KEY_MAY_SPEND;
  if (given !== null) return { value: given, source: 'SETTING', file: null, maySpend };
  const file = join(dataDir, 'master-key');
  const stored = storeSecret(file, 'SPENDGRAPH_MASTER_KEY', problems, 'sk-');
  return { value: stored.value, source: stored.isNew ? 'NEW' : 'STORED', file, maySpend };
}

function readSalt(given: string | null, dataDir: string, problems: Problems): SaltConfig {
  if (given !== null) {
    if (isWeakKey(given)) {
      problems.warn('SPENDGRAPH_SALT_KEY is easy to guess; keys made from now on deserve better.');
    }
    return { value: given, source: 'SETTING' };
  }
  const file = join(dataDir, 'salt-key');
  const stored = storeSecret(file, 'SPENDGRAPH_SALT_KEY', problems);
  problems.warn(
    `SPENDGRAPH_SALT_KEY is not set; the one in ${file} is used. Back it up with the database, and give it to every ` +
      'process on that database: without it stored keys and credentials are lost.',
  );
  return { value: stored.value, source: stored.isNew ? 'NEW' : 'STORED' };
}

function storeSecret(file: string, setting: string, problems: Problems, prefix?: string): StoredSecret {
  try {
    return readOrCreateSecret(file, prefix);
  } catch (error) {
    problems.error(
      `${setting} is not set, and the generated one cannot be kept in ${file}: ${String(error)}.`,
    );
    return { value: '', isNew: false };
  }
}

function readProviders(values: SettingValues): ProviderConfig[] {
  const known = [
    { name: 'openai', apiKey: values.OPENAI_API_KEY, baseUrl: values.SPENDGRAPH_OPENAI_BASE_URL },
    { name: 'anthropic', apiKey: values.ANTHROPIC_API_KEY, baseUrl: values.SPENDGRAPH_ANTHROPIC_BASE_URL },
    { name: 'gemini', apiKey: values.GEMINI_API_KEY, baseUrl: values.SPENDGRAPH_GEMINI_BASE_URL },
  ] as const;
  return known.flatMap(({ name, apiKey, baseUrl }) => (apiKey === null ? [] : [{ name, apiKey, baseUrl }]));
}

function readSpending({ values, isSet }: ReadSettings, yaml: YamlConfig, http: HttpConfig): SpendingConfig {
  const isFixed = isSet('SPENDGRAPH_UNPRICED_MODELS');
  return {
    timezone: isSet('SPENDGRAPH_TIMEZONE')
      ? values.SPENDGRAPH_TIMEZONE
      : (yaml.timezone ?? values.SPENDGRAPH_TIMEZONE),
    unpriced: {
      refuses: isFixed ? values.SPENDGRAPH_UNPRICED_MODELS === 'refuse' : yaml.refuseUnpricedModels !== false,
      isFixed,
    },
    budgetRefusalStatus: values.SPENDGRAPH_BUDGET_REFUSAL_STATUS === '402' ? 402 : 429,
    putsCostInBody: values.SPENDGRAPH_RESPONSE_COST_IN_BODY,
    defaultMaxOutputTokens: values.SPENDGRAPH_DEFAULT_MAX_OUTPUT_TOKENS,
    hidesAmounts: values.SPENDGRAPH_HIDE_AMOUNTS,
    throttleMaxWaiters: values.SPENDGRAPH_THROTTLE_MAX_WAITERS,
    unboundedInputTokens: values.SPENDGRAPH_UNBOUNDED_INPUT_TOKENS,
    leaseTtlMs: values.SPENDGRAPH_LEASE_TTL_MS,
    batchPollMs: values.SPENDGRAPH_BATCH_POLL_MS,
    keyCacheTtlMs: values.SPENDGRAPH_KEY_CACHE_TTL_MS,
    storeFailure: values.SPENDGRAPH_STORE_FAILURE,
    journalMaxBytes: values.SPENDGRAPH_JOURNAL_MAX_BYTES,
    logRetentionDays: values.SPENDGRAPH_SPEND_LOGS_RETENTION_DAYS ?? yaml.logRetentionDays,
    offersDemoModel: values.SPENDGRAPH_DEMO_MODEL ?? http.isLoopback,
    serverMaxBudget: yaml.maxBudget,
    serverBudgetDuration: yaml.budgetDuration,
    costDiscounts: yaml.costDiscounts,
    costMargins: yaml.costMargins,
  };
}

function readPageAdministrator(
  { UI_USERNAME: username, UI_PASSWORD: password }: SettingValues,
  http: HttpConfig,
  problems: Problems,
): Config['pageAdministrator'] {
  if (username === null && password === null) return null;
  if (username === null || password === null) {
    problems.error('UI_USERNAME and UI_PASSWORD belong together: set both, or neither.');
    return null;
  }
  if (password.length < MIN_PASSWORD_LENGTH) {
    const weakness = `UI_PASSWORD has fewer than ${MIN_PASSWORD_LENGTH} characters.`;
    if (http.isLoopback) problems.warn(`${weakness} That is accepted because HOST is loopback.`);
    else problems.error(`${weakness} Others can connect to ${http.host}, so it has to be longer.`);
  }
  return { username, password };
}

function namesCallback(name: string, values: SettingValues, yaml: YamlConfig): boolean {
  return yaml.callbacks.includes(name) || values.SPENDGRAPH_CALLBACKS.includes(name);
}

function readLangfuse(values: SettingValues, yaml: YamlConfig, problems: Problems): Config['langfuse'] {
  if (!namesCallback('langfuse', values, yaml)) return null;
  const { LANGFUSE_PUBLIC_KEY: publicKey, LANGFUSE_SECRET_KEY: secretKey, LANGFUSE_HOST: host } = values;
  if (publicKey !== null && secretKey !== null) return { publicKey, secretKey, host };
  problems.error(
    'The callback langfuse needs LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY in the environment.',
  );
  return null;
}

/** Two answers to one question are worth a word, because only one of them is heard. */
function warnOfOverrides({ values }: ReadSettings, yaml: YamlConfig, problems: Problems): void {
  const pairs = [
    ['SPENDGRAPH_MASTER_KEY', values.SPENDGRAPH_MASTER_KEY, 'general_settings.master_key', yaml.masterKey],
    ['DATABASE_URL', values.DATABASE_URL, 'general_settings.database_url', yaml.databaseUrl],
  ] as const;
  for (const [setting, value, key, other] of pairs) {
    if (value === null || other === null || value === other) continue;
    problems.warn(`${setting} and ${key} of the configuration file differ; the environment counts.`);
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
