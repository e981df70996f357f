/**
 * Joins an upstream's base address and a path below its version: `https://host`, `https://host/v1` and
 * `https://host/v1/` lead to the same place. A base with a path of its own other than the version is taken as it is.
 */
export function joinUrl(baseUrl: string, version: string, path: string): string {
  const base = baseUrl.replace(/\/+$/, '');
  const hasPath = new URL(base).pathname !== '/';
  return `${base}${hasPath ? '' : version}${path}`;
}
