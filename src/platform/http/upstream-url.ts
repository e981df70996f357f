import { err, ok, type Result } from '../../domain/result';
import { isPrivateHost } from './private-address';

const INTERNAL_SUFFIXES = ['.internal', '.local', '.lan', '.home.arpa'];
const MAX_LENGTH = 2_000;

/**
 * Reads the base address of an upstream that an administrator enters: http or https, no user, query or fragment, and no
 * host that is private as it is written. What its name leads to is checked again when it is connected to.
 */
export function readUpstreamUrl(
  text: string,
  options: { readonly allowPrivate: boolean },
): Result<string, string> {
  const trimmed = text.trim();
  const url = trimmed.length <= MAX_LENGTH ? parseUrl(trimmed) : null;
  if (url === null) return err('This is no address such as "https://api.example.com/v1".');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return err('The address must begin with https:// or http://.');
  }
  if (url.username !== '' || url.password !== '') {
    return err('The address must not hold a user or password. Use a credential.');
  }
  if (url.search !== '' || url.hash !== '') return err('The address must not hold a query or fragment.');
  if ((isPrivateHost(url) || isInternalName(url)) && !options.allowPrivate) {
    return err(
      `"${url.hostname}" is inside a private network. Set SPENDGRAPH_ALLOW_PRIVATE_UPSTREAMS=true to call it.`,
    );
  }
  return ok(url.href.replace(/\/+$/, ''));
}

/** Whether the host has a name that networks give to what is inside them. */
export function isInternalName(url: URL): boolean {
  return INTERNAL_SUFFIXES.some((suffix) => url.hostname.endsWith(suffix));
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
