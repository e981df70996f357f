import { ALERTING, isAlerting, type AlertingName } from './alert-kinds';
import { url } from './setting-kinds';
import type { PlainValue, YamlReader } from './yaml-reader';

/** What the file says of alerts. */
export interface YamlAlerting {
  readonly names: readonly AlertingName[];
  /** LiteLLM's types of alerts that are told; null: all. */
  readonly types: readonly string[] | null;
  /** Receivers of single types, in Slack's shape. */
  readonly urlsByType: Readonly<Record<string, readonly string[]>>;
}

export const NO_ALERTING: YamlAlerting = { names: [], types: null, urlsByType: {} };

/** Types of LiteLLM's alerts that alerts of this server answer to. */
export const ANSWERED_TYPES: readonly string[] = [
  'budget_alerts',
  'spend_reports',
  'daily_reports',
  'failed_tracking_spend',
  'llm_exceptions',
  'outage_alerts',
  'region_outage_alerts',
  'new_model_added',
];

const UNANSWERED_TYPES: ReadonlySet<string> = new Set([
  'fallback_reports',
  'llm_too_slow',
  'llm_requests_hanging',
  'db_exceptions',
  'cooldown_deployment',
  'model_deprecation_warnings',
  'new_virtual_key_created',
  'virtual_key_created',
  'virtual_key_updated',
  'virtual_key_deleted',
  'new_team_created',
  'team_updated',
  'team_deleted',
  'new_internal_user_created',
  'internal_user_updated',
  'internal_user_deleted',
]);

const receiver = url('http:', 'https:');

/** LiteLLM's `alerting`, `alert_types` and `alert_to_webhook_url` of `general_settings`. */
export function readAlerting(general: YamlReader): YamlAlerting {
  const names = listOf(general, 'alerting');
  for (const name of names ?? []) {
    if (isAlerting(name)) continue;
    general.error(
      'alerting',
      `names "${name}", which nothing here answers to; write any of ${ALERTING.join(', ')}`,
    );
  }
  const types = listOf(general, 'alert_types');
  const known = types === null ? null : types.filter((type) => isAnswered(general, 'alert_types', type));
  return { names: (names ?? []).filter(isAlerting), types: known, urlsByType: readUrls(general) };
}

function readUrls(general: YamlReader): Record<string, string[]> {
  const key = 'alert_to_webhook_url';
  const section = general.section(key);
  const urls: Record<string, string[]> = {};
  for (const type of section.keys()) {
    if (!isAnswered(general, key, type)) continue;
    urls[type] = [];
    for (const value of listOf(section, type) ?? []) {
      const parsed = receiver.parse(value);
      if (parsed.ok) urls[type].push(parsed.value);
      else section.error(type, parsed.error);
    }
  }
  return urls;
}

/** A type that LiteLLM has and nothing here raises is worth a word; one that nobody knows may be meant for another. */
function isAnswered(reader: YamlReader, key: string, type: string): boolean {
  if (ANSWERED_TYPES.includes(type)) return true;
  if (!UNANSWERED_TYPES.has(type)) {
    reader.error(
      key,
      `names "${type}", which is no type of alert; write any of ${ANSWERED_TYPES.join(', ')}`,
    );
  } else {
    reader.context.problems.warn(
      `line ${reader.lineOf(key)}: ${reader.nameOf(key)} names ${type}, of which nothing is told here.`,
    );
  }
  return false;
}

/** A list of words, or one word. */
function listOf(reader: YamlReader, key: string): string[] | null {
  const value = reader.plain(key);
  if (value === null) return null;
  const items: readonly PlainValue[] = Array.isArray(value) ? value : [value];
  return items.flatMap((item) => {
    if (typeof item === 'string') return [item.trim()];
    reader.error(key, 'must be a list of words such as ["slack"]');
    return [];
  });
}
