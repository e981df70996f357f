import type { PassThroughEndpoint } from '../../platform/config';

/**
 * Where a request of the endpoint goes on: what its path has behind the endpoint's goes behind the target's. Null when that
 * would lead out of the target, as `..` does in any of its spellings.
 */
export function endpointUrl(endpoint: PassThroughEndpoint, requestUrl: string): string | null {
  const { path, search } = splitUrl(requestUrl);
  const rest = path.slice(endpoint.path.length).replace(/\/$/, '');
  const target = new URL(endpoint.target);
  const base = target.pathname.replace(/\/$/, '');
  // Some servers read an encoded slash or dot as the character itself.
  if (/%2e|%2f|%5c|\\/i.test(rest)) return null;
  const url = new URL(target);
  url.pathname = `${base}${rest}`;
  if (url.pathname !== `${base}${rest}` && rest !== '') return null;
  const query = new URLSearchParams(target.search);
  for (const [name, value] of Object.entries(endpoint.defaultQuery)) query.set(name, value);
  const own = new URLSearchParams(search);
  for (const name of new Set(own.keys())) query.delete(name);
  for (const [name, value] of own) query.append(name, value);
  url.search = query.toString();
  return url.href;
}

function splitUrl(url: string): { path: string; search: string } {
  const at = url.indexOf('?');
  return at < 0 ? { path: url, search: '' } : { path: url.slice(0, at), search: url.slice(at + 1) };
}
