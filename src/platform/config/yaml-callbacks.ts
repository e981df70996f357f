import { CALLBACKS } from './setting-kinds';
import type { YamlReader } from './yaml-reader';

const KEYS = ['callbacks', 'success_callback', 'failure_callback'] as const;
/** Prometheus is always there, at /metrics. */
const KNOWN = new Set([...CALLBACKS, 'prometheus']);

/** LiteLLM's three lists of who is told of calls. Here whoever is told hears of successes and failures alike. */
export function readCallbacks(litellm: YamlReader): string[] {
  const names = new Set<string>();
  for (const key of KEYS) {
    const value = litellm.plain(key);
    for (const item of Array.isArray(value) ? value : value === null ? [] : [value]) {
      if (typeof item !== 'string') litellm.error(key, 'must be a list of names such as ["langfuse"]');
      else if (KNOWN.has(item)) names.add(item);
      else {
        litellm.context.problems.warn(
          `line ${litellm.lineOf(key)}: ${litellm.nameOf(key)} names ${item}, which is not supported: it hears nothing. ` +
            `Supported: ${[...KNOWN].join(', ')}.`,
        );
      }
    }
  }
  return [...names];
}
