import { redactSecrets } from '../../platform/redact';

const REPLACEMENTS: readonly (readonly [RegExp, string])[] = [
  // OpenAI names the account that has run into its limit: "… in organization org-… on tokens per min".
  [/\b(org-|proj_)[A-Za-z0-9]{6,}/g, '$1[redacted]'],
  // Keys that the provider has masked itself still show their ends. Bounded, so that no text takes long.
  [/\b((?:sk|rk|pk|gsk|xai)[-_])[A-Za-z0-9_-]{0,200}[*•…][A-Za-z0-9_*•….-]{0,200}/g, '$1[redacted]'],
];

/** A provider's error without what it says of the operator's account: its organization, its project and its keys. */
export function withoutOperatorDetails(text: string): string {
  const masked = REPLACEMENTS.reduce((result, [pattern, to]) => result.replace(pattern, to), text);
  return redactSecrets(masked);
}
