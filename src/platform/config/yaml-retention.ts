import { parseDuration } from '../../domain/limits/duration';
import type { Problems } from './problems';
import { duration } from './yaml-models';
import type { YamlReader } from './yaml-reader';

const DAYS_PER: Readonly<Record<string, number>> = { DAY: 1, WEEK: 7, MONTH: 31, QUARTER: 92, YEAR: 366 };
/** Calls that are corrected late, and retries with an Idempotency-Key, need their rows so long. */
const LEAST_DAYS = 8;

/** LiteLLM's `maximum_spend_logs_retention_period`, such as 90d, in whole days; null: rows stay for ever. */
export function readRetentionDays(general: YamlReader, problems: Problems): number | null {
  const name = 'maximum_spend_logs_retention_period';
  const text = general.read(name, duration);
  if (text === null) return null;
  const parsed = parseDuration(text);
  if (!parsed.ok) return null;
  const days = parsed.value.count * (DAYS_PER[parsed.value.period] ?? 0);
  if (days >= LEAST_DAYS) return days;
  problems.warn(`${name} is ${text}; rows of the spend log are kept ${LEAST_DAYS} days at least.`);
  return LEAST_DAYS;
}
