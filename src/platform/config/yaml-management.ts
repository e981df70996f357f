import { boolean } from './setting-kinds';
import { dollars, duration } from './yaml-models';
import type { PlainValue, YamlReader } from './yaml-reader';

/** A budget of a provider or tag: dollars as decimal text, and LiteLLM's duration; null: it never starts afresh. */
export interface ConfiguredBudget {
  readonly maxBudget: string;
  readonly duration: string | null;
}

/** Members of a management request that the file sets. What they mean is checked by whoever serves the request. */
export interface ConfiguredMembers {
  /** The section, such as `litellm_settings.default_key_generate_params`. */
  readonly name: string;
  readonly members: Readonly<Record<string, PlainValue | boolean>>;
  /** The line of each. */
  readonly lines: Readonly<Record<string, number>>;
}

/** Who may make keys of a kind, and what they have to say. Null: everybody who may make keys. */
export interface KeyGeneration {
  readonly allowedRoles: readonly string[] | null;
  readonly requiredParams: readonly string[];
}

/** What the configuration file says of keys, teams, users and budgets that are to be made. */
export interface ManagementConfig {
  readonly providerBudgets: Readonly<Record<string, ConfiguredBudget>>;
  readonly tagBudgets: Readonly<Record<string, ConfiguredBudget>>;
  /** The budget that each customer has who has none of its own. */
  readonly customerBudgetId: string | null;
  readonly keyDefaults: ConfiguredMembers;
  readonly keyBounds: ConfiguredMembers;
  readonly userDefaults: ConfiguredMembers;
  readonly teamDefaults: ConfiguredMembers;
  readonly teamKeys: KeyGeneration;
  readonly personalKeys: KeyGeneration;
}

const noMembers = (name: string): ConfiguredMembers => ({ name, members: {}, lines: {} });
const ANYBODY: KeyGeneration = { allowedRoles: null, requiredParams: [] };

export const NO_MANAGEMENT: ManagementConfig = {
  providerBudgets: {},
  tagBudgets: {},
  customerBudgetId: null,
  keyDefaults: noMembers('default_key_generate_params'),
  keyBounds: noMembers('upperbound_key_generate_params'),
  userDefaults: noMembers('default_internal_user_params'),
  teamDefaults: noMembers('default_team_params'),
  teamKeys: ANYBODY,
  personalKeys: ANYBODY,
};

const TEAM_ROLES = ['admin', 'user'];
const USER_ROLES = [
  'proxy_admin',
  'proxy_admin_viewer',
  'org_admin',
  'internal_user',
  'internal_user_viewer',
];

export function readManagement(litellm: YamlReader, router: YamlReader): ManagementConfig {
  const generation = litellm.section('key_generation_settings');
  refuseOthers(generation, ['team_key_generation', 'personal_key_generation']);
  return {
    providerBudgets: readBudgets(router.section('provider_budget_config')),
    tagBudgets: readBudgets(litellm.section('tag_budget_config')),
    customerBudgetId: litellm.text('max_end_user_budget_id'),
    keyDefaults: readMembers(litellm, 'default_key_generate_params'),
    keyBounds: readMembers(litellm, 'upperbound_key_generate_params'),
    userDefaults: readMembers(litellm, 'default_internal_user_params'),
    teamDefaults: readMembers(litellm, 'default_team_params'),
    teamKeys: readGeneration(generation, 'team_key_generation', 'allowed_team_member_roles', TEAM_ROLES),
    personalKeys: readGeneration(generation, 'personal_key_generation', 'allowed_user_roles', USER_ROLES),
  };
}

function readBudgets(section: YamlReader): Record<string, ConfiguredBudget> {
  const budgets: Record<string, ConfiguredBudget> = {};
  for (const name of section.keys()) {
    const budget = section.section(name);
    refuseOthers(budget, ['budget_limit', 'max_budget', 'time_period', 'budget_duration']);
    const maxBudget = budget.read('budget_limit', dollars) ?? budget.read('max_budget', dollars);
    if (maxBudget === null) section.error(name, 'needs a budget_limit in dollars');
    else {
      const period = budget.read('time_period', duration) ?? budget.read('budget_duration', duration);
      budgets[name] = { maxBudget, duration: period };
    }
  }
  return budgets;
}

function readMembers(litellm: YamlReader, key: string): ConfiguredMembers {
  const section = litellm.section(key);
  const names = section.keys();
  return {
    name: litellm.nameOf(key),
    members: Object.fromEntries(names.map((name) => [name, memberOf(section.plain(name))])),
    lines: Object.fromEntries(names.map((name) => [name, section.lineOf(name)])),
  };
}

/** Requests tell flags from texts; the file's scalars are all text. */
function memberOf(value: PlainValue): PlainValue | boolean {
  if (typeof value !== 'string' || !/^(true|false)$/i.test(value)) return value;
  const flag = boolean.parse(value.toLowerCase());
  return flag.ok ? flag.value : value;
}

function readGeneration(
  section: YamlReader,
  key: string,
  rolesKey: string,
  roles: readonly string[],
): KeyGeneration {
  const settings = section.section(key);
  refuseOthers(settings, [rolesKey, 'required_params']);
  const allowed = readNames(settings, rolesKey);
  for (const role of allowed ?? []) {
    if (!roles.includes(role)) settings.error(rolesKey, `holds "${role}"; write ${roles.join(', ')}`);
  }
  return { allowedRoles: allowed, requiredParams: readNames(settings, 'required_params') ?? [] };
}

function readNames(section: YamlReader, key: string): string[] | null {
  const value = section.plain(key);
  if (value === null) return null;
  const texts = Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
  if (!Array.isArray(value) || texts.length !== value.length) section.error(key, 'must be a list of names');
  return texts;
}

function refuseOthers(section: YamlReader, known: readonly string[]): void {
  for (const key of section.keys()) {
    if (!known.includes(key)) section.error(key, `is not known; write ${known.join(', ')}`);
  }
}
