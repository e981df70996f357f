/** The value of a cookie in a request's header; null when it is not there. */
export function readCookie(header: string | undefined, name: string): string | null {
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}

export interface CookieScope {
  readonly path: string;
  /** LAX comes along when another site sends the browser here; STRICT does not. */
  readonly sameSite: 'Lax' | 'Strict';
  readonly isSecure: boolean;
}

/** A header that sets a cookie which no script can read. The value must be base64url. No seconds take it away. */
export function cookieHeader(name: string, value: string, maxAgeS: number, scope: CookieScope): string {
  const parts = [`${name}=${value}`, `Path=${scope.path}`, `Max-Age=${maxAgeS}`, 'HttpOnly'];
  return [...parts, `SameSite=${scope.sameSite}`, ...(scope.isSecure ? ['Secure'] : [])].join('; ');
}
