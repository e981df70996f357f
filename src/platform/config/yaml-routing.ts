import { DEFAULT_ROUTING, type RoutingSettings } from '../../domain/models/routing-settings';
import { err, ok } from '../../domain/result';
import { boolean, integer, type Kind } from './setting-kinds';
import { seconds } from './yaml-models';
import type { PlainValue, YamlReader } from './yaml-reader';

const MAX_RETRIES = 10;
const retries = integer(0, MAX_RETRIES);
const count = integer(0, Number.MAX_SAFE_INTEGER);

/** Seconds that may be none. */
const pause: Kind<number> = {
  type: 'seconds',
  parse: (value) => (/^0+(\.0+)?$/.test(value.trim()) ? ok(0) : seconds.parse(value)),
};

/** The one way of choosing a deployment that there is. Another one is no error: the calls are served all the same. */
const STRATEGY = 'simple-shuffle';

/** `router_settings`, and what LiteLLM takes in `litellm_settings` too; the router's own counts where both speak. */
export function readRouting(router: YamlReader, litellm: YamlReader): RoutingSettings {
  warnOfStrategy(router);
  const isNeverCooled = router.read('disable_cooldowns', boolean) === true;
  return {
    numRetries: router.read('num_retries', retries) ?? litellm.read('num_retries', retries),
    retryAfterMs: router.read('retry_after', pause),
    allowedFails:
      router.read('allowed_fails', count) ??
      litellm.read('allowed_fails', count) ??
      DEFAULT_ROUTING.allowedFails,
    cooldownMs: isNeverCooled ? 0 : (router.read('cooldown_time', pause) ?? DEFAULT_ROUTING.cooldownMs),
    fallbacks: { ...readFallbacks(litellm), ...readFallbacks(router) },
    contextWindowFallbacks: {
      ...readLists(litellm, 'context_window_fallbacks'),
      ...readLists(router, 'context_window_fallbacks'),
    },
    maxFallbacks: router.read('max_fallbacks', count) ?? DEFAULT_ROUTING.maxFallbacks,
    timeoutMs: router.read('timeout', seconds) ?? litellm.read('request_timeout', seconds),
    streamTimeoutMs: router.read('stream_timeout', seconds),
  };
}

function warnOfStrategy(router: YamlReader): void {
  const strategy = router.text('routing_strategy');
  if (strategy === null || strategy === STRATEGY) return;
  router.context.problems.warn(
    `line ${router.lineOf('routing_strategy')}: ${router.nameOf('routing_strategy')} ${strategy} is not supported; ` +
      `calls are shared out as by ${STRATEGY}.`,
  );
}

function readFallbacks(section: YamlReader): Record<string, readonly string[]> {
  const lists = readLists(section, 'fallbacks');
  const others = section.plain('default_fallbacks');
  if (others === null) return lists;
  const models = readNames(others);
  if (models.ok) return { '*': models.value, ...lists };
  section.error('default_fallbacks', models.error);
  return lists;
}

/** A list of maps, as `[{gpt-4o: [claude, gpt-4o-mini]}]`. */
function readLists(section: YamlReader, key: string): Record<string, readonly string[]> {
  const value = section.plain(key);
  const lists: Record<string, readonly string[]> = {};
  if (value === null) return lists;
  const maps = isList(value) ? value : [value];
  for (const map of maps) {
    if (map === null || typeof map === 'string' || isList(map)) {
      section.error(key, 'must be a list of maps such as {gpt-4o: [gpt-4o-mini]}');
      continue;
    }
    for (const [model, names] of Object.entries(map)) {
      const models = readNames(names);
      if (models.ok) lists[model] = models.value;
      else section.error(key, models.error);
    }
  }
  return lists;
}

function readNames(value: PlainValue): { ok: true; value: string[] } | { ok: false; error: string } {
  const names = isList(value) ? value : [value];
  const given = names.filter((each): each is string => typeof each === 'string');
  return given.length === names.length ? ok(given) : err('must hold names of models');
}

function isList(value: PlainValue): value is readonly PlainValue[] {
  return Array.isArray(value);
}
