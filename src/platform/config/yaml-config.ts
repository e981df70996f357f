import { readFileSync } from 'node:fs';
import { DEFAULT_ROUTING, type RoutingSettings } from '../../domain/models/routing-settings';
import { systemErrorCode } from '../system-error';
import type { Problems } from './problems';
import { overlay, type Environment } from './read-settings';
import { boolean, timezone, url } from './setting-kinds';
import { dollars, duration, readModels, type ModelDeployment } from './yaml-models';
import {
  GENERAL_SETTINGS_KEYS,
  LITELLM_SETTINGS_KEYS,
  ROOT_KEYS,
  ROUTER_SETTINGS_KEYS,
  type KeyTable,
} from './yaml-keys';
import { NO_ALERTING, readAlerting, type YamlAlerting } from './yaml-alerting';
import { readEndpoints, type PassThroughEndpoint } from './yaml-endpoints';
import { NO_ATTRIBUTION, readAttribution, type AttributionConfig } from './yaml-attribution';
import { checkNeedless } from './yaml-needless';
import { readCallbacks } from './yaml-callbacks';
import { NO_MANAGEMENT, readManagement, type ManagementConfig } from './yaml-management';
import { readRouting } from './yaml-routing';
import { readDiscounts, readMargins, type CostMargin } from './yaml-price-adjustments';
import { readRetentionDays } from './yaml-retention';
import { YamlReader } from './yaml-reader';
import { parseYamlTree } from './yaml-tree';

/** What the configuration file says. Null: it doesn't say. */
export interface YamlConfig {
  readonly models: readonly ModelDeployment[];
  readonly routing: RoutingSettings;
  readonly masterKey: string | null;
  readonly databaseUrl: string | null;
  readonly timezone: string | null;
  /** Budget of the whole server: dollars as decimal text, and its duration. */
  readonly maxBudget: string | null;
  readonly budgetDuration: string | null;
  /** Fraction taken off each provider's prices, as decimal text: 0.05 is five percent. */
  readonly costDiscounts: Readonly<Record<string, string>>;
  readonly costMargins: Readonly<Record<string, CostMargin>>;
  readonly refuseUnpricedModels: boolean | null;
  readonly metricsNeedAuthorization: boolean | null;
  /** How old rows of the spend log may become. */
  readonly logRetentionDays: number | null;
  /** Who is told of calls, as the file names them. */
  readonly callbacks: readonly string[];
  readonly alerting: YamlAlerting;
  readonly endpoints: readonly PassThroughEndpoint[];
  readonly management: ManagementConfig;
  readonly attribution: AttributionConfig;
  /** Variables that the file sets for its own references and for this server's settings. */
  readonly variables: Readonly<Record<string, string>>;
  /** Variables of the environment that the file refers to. */
  readonly referredNames: ReadonlySet<string>;
}

const NOTHING: YamlConfig = {
  models: [],
  routing: DEFAULT_ROUTING,
  masterKey: null,
  databaseUrl: null,
  timezone: null,
  maxBudget: null,
  budgetDuration: null,
  costDiscounts: {},
  costMargins: {},
  refuseUnpricedModels: null,
  metricsNeedAuthorization: null,
  logRetentionDays: null,
  callbacks: [],
  alerting: NO_ALERTING,
  endpoints: [],
  management: NO_MANAGEMENT,
  attribution: NO_ATTRIBUTION,
  variables: {},
  referredNames: new Set(),
};

const databaseUrl = url('postgres:', 'postgresql:');

/** Reads the file named by SPENDGRAPH_CONFIG; without one there is nothing to read. */
export function readYamlConfig(
  path: string | null,
  environment: Environment,
  problems: Problems,
): YamlConfig {
  if (path === null) return NOTHING;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    problems.error(
      `SPENDGRAPH_CONFIG names ${path}, which cannot be read (${systemErrorCode(error) ?? String(error)}).`,
    );
    return NOTHING;
  }
  return parseYamlConfig(text, environment, problems);
}

export function parseYamlConfig(text: string, environment: Environment, problems: Problems): YamlConfig {
  const tree = parseYamlTree(text, problems);
  if (tree === undefined || (tree.kind === 'scalar' && tree.text === null)) return NOTHING;
  if (tree.kind !== 'map') {
    problems.error('line 1: the file must be a map with keys such as model_list and general_settings.');
    return NOTHING;
  }
  const referredNames = new Set<string>();
  const variables = readVariables(new YamlReader(tree, '', { environment, problems, referredNames }));
  // What the environment says counts: a container's settings should win over a file baked into it.
  const merged = overlay(variables, environment);
  const root = new YamlReader(tree, '', { environment: merged, problems, referredNames });
  root.checkKeys(ROOT_KEYS);
  const general = checkedSection(root, 'general_settings', GENERAL_SETTINGS_KEYS);
  const litellm = checkedSection(root, 'litellm_settings', LITELLM_SETTINGS_KEYS);
  const router = checkedSection(root, 'router_settings', ROUTER_SETTINGS_KEYS);
  checkNeedless(litellm, general);
  return {
    models: readModels(root),
    routing: readRouting(router, litellm),
    masterKey: general.text('master_key'),
    databaseUrl: general.read('database_url', databaseUrl),
    timezone: litellm.read('timezone', timezone),
    maxBudget: litellm.read('max_budget', dollars),
    budgetDuration: litellm.read('budget_duration', duration),
    costDiscounts: readDiscounts(litellm.section('cost_discount_config')),
    costMargins: readMargins(litellm.section('cost_margin_config')),
    refuseUnpricedModels: litellm.read('block_requests_for_models_without_pricing', boolean),
    metricsNeedAuthorization: litellm.read('require_auth_for_metrics_endpoint', boolean),
    logRetentionDays: readRetentionDays(general, problems),
    callbacks: readCallbacks(litellm),
    alerting: readAlerting(general),
    endpoints: readEndpoints(general),
    management: readManagement(litellm, router),
    attribution: readAttribution(litellm, general),
    variables,
    referredNames,
  };
}

function checkedSection(root: YamlReader, key: string, known: KeyTable): YamlReader {
  const section = root.section(key);
  section.checkKeys(known);
  return section;
}

function readVariables(root: YamlReader): Record<string, string> {
  const section = root.section('environment_variables');
  return Object.fromEntries(section.keys().map((key) => [key, section.text(key) ?? '']));
}
