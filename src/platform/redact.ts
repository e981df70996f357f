const REPLACEMENTS: readonly (readonly [RegExp, string])[] = [
  // Virtual, master, OpenAI, Anthropic and similar keys: the first characters tell which key it was.
  [/\b(sk|rk|pk)-[A-Za-z0-9_-]{6,}/g, '$1-[redacted]'],
  // Google API keys.
  [/\bAIza[A-Za-z0-9_-]{10,}/g, '[redacted]'],
  // Passwords in URLs: postgres://user:password@host.
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:@/"\\]*:)[^\s"\\]*@(?=[^\s@"\\/]*)/gi, '$1[redacted]@'],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]+/gi, '$1 [redacted]'],
  // JSON fields whose name says that the value is a secret.
  [
    /("(?:authorization|proxy-authorization|cookie|set-cookie|x-api-key|api-key|x-goog-api-key|api_?key|password|secret|salt_?key|master_?key|aws_secret_access_key)"\s*:\s*")(?:[^"\\]|\\.)*"/gi,
    '$1[redacted]"',
  ],
  // Query strings: ?key=… as Gemini takes it.
  [/([?&](?:key|api_?key|token|password)=)[^&\s"\\]+/gi, '$1[redacted]'],
];

/** The text without keys, passwords and authorization headers. Works on plain text and on JSON lines. */
export function redactSecrets(text: string): string {
  return REPLACEMENTS.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text);
}
