import { parsePercentThreshold } from '../domain/limits/thresholds';

/** Where a limit that names none raises alerts, in percent. */
export const THRESHOLDS_BY_DEFAULT: readonly string[] = ['50', '80', '95', '100'];

/**
 * The percentages at which a budget raises alerts so that everybody whom LiteLLM's `max_budget_alert_emails` of the
 * metadata names gets a mail, such as `{"75": ["ann@example.com"]}`. Undefined: those that are there do.
 */
export function mailThresholds(
  metadata: Readonly<Record<string, unknown>> | null | undefined,
  present: readonly string[] = THRESHOLDS_BY_DEFAULT,
): string[] | undefined {
  const emails = metadata?.['max_budget_alert_emails'];
  if (typeof emails !== 'object' || emails === null || Array.isArray(emails)) return undefined;
  // What is no percentage names nobody: metadata is the caller's own.
  const named = Object.keys(emails).filter((text) => parsePercentThreshold(text).ok);
  const missing = named.filter((text) => !present.some((each) => Number(each) === Number.parseFloat(text)));
  return missing.length === 0 ? undefined : [...present, ...missing];
}
