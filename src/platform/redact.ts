/** No repetition can be begun within itself or runs on for long without a match: the time is linear, whatever the text. */
const REPLACEMENTS: readonly (readonly [RegExp, string])[] = [
  // Virtual, master, OpenAI, Anthropic, Groq, xAI and similar keys: the first characters tell which kind it was.
  [/\b((?:sk|rk|pk|xai)-|gsk_)[A-Za-z0-9_-]{6,}/g, '$1[redacted]'],
  // Google API keys, and the ids of AWS access keys.
  [/\bAIza[A-Za-z0-9_-]{10,}/g, '[redacted]'],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{12,}/g, '[redacted]'],
  // Passwords in URLs: postgres://user:password@host. No search for the end goes past the start of another URL.
  [/(:\/\/[^\s:@/"\\]{0,256}:)(?:[^\s"\\:]|:(?!\/\/)){0,4096}@/g, '$1[redacted]@'],
  [/\b(Bearer|Basic)\s{1,8}[A-Za-z0-9._~+/=-]+/gi, '$1 [redacted]'],
  // JSON fields whose name says that the value is a secret, also one that the text breaks off in.
  [
    /("(?:authorization|proxy-authorization|cookie|set-cookie|x-api-key|api-key|x-goog-api-key|api_?key|password|secret|salt_?key|master_?key|aws_secret_access_key)"\s{0,8}:\s{0,8}")(?:[^"\\]|\\.)*(?:"|\\?$)/gi,
    '$1[redacted]"',
  ],
  // Query strings and settings: ?key=… as Gemini takes it, api_key=… as people write it.
  [
    /((?:[?&](?:key|token)|(?<![a-z0-9])(?:api[_-]?key|access[_-]?token|client[_-]?secret|password))=)[^&\s"'\\,;]+/gi,
    '$1[redacted]',
  ],
];

/** The text without keys, passwords and authorization headers. Works on plain text and on JSON lines. */
export function redactSecrets(text: string): string {
  return REPLACEMENTS.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text);
}
