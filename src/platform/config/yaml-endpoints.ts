import { dollars, seconds } from './yaml-models';
import { boolean, url } from './setting-kinds';
import { ENDPOINT_KEYS } from './yaml-keys';
import type { PlainValue, YamlReader } from './yaml-reader';

export const ENDPOINT_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type EndpointMethod = (typeof ENDPOINT_METHODS)[number];

/** A path of this server that stands for an address elsewhere, and is sold by the request. */
export interface PassThroughEndpoint {
  /** Line of the entry in the file. */
  readonly line: number;
  /** Such as "/v1/search"; without a slash at its end. */
  readonly path: string;
  readonly target: string;
  readonly methods: readonly EndpointMethod[];
  /** Whether what lies below the path is passed on as well. */
  readonly includesSubpaths: boolean;
  /** Sent with each request: names in lower case; mostly the upstream's credential. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parameters of the query that a request gets unless it names them itself. */
  readonly defaultQuery: Readonly<Record<string, string>>;
  /** Whether headers of the client go along, beside those that every request carries. */
  readonly forwardsHeaders: boolean;
  /** Dollars, as decimal text; null: the endpoint has no price of its own. */
  readonly costPerRequest: string | null;
  /** Time to the first byte of an answer; null for the server's. */
  readonly timeoutMs: number | null;
}

const PATH = /^(\/[A-Za-z0-9._~-]+)+\/?$/;
const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;
const httpUrl = url('http:', 'https:');

/** LiteLLM's `pass_through_endpoints` of `general_settings`. */
export function readEndpoints(general: YamlReader): readonly PassThroughEndpoint[] {
  const endpoints = general.sections('pass_through_endpoints').flatMap((entry) => readEndpoint(entry) ?? []);
  const lines = new Map<string, number>();
  for (const { path, line } of endpoints) {
    const other = lines.get(path);
    if (other === undefined) lines.set(path, line);
    else general.error('pass_through_endpoints', `has the path ${path} at line ${other} and at line ${line}`);
  }
  return endpoints;
}

function readEndpoint(entry: YamlReader): PassThroughEndpoint | null {
  entry.checkKeys(ENDPOINT_KEYS);
  const path = entry.text('path');
  const target = entry.read('target', httpUrl);
  const isPath = path !== null && PATH.test(path) && !path.split('/').some((part) => /^\.+$/.test(part));
  if (!isPath) entry.error('path', 'must be a path such as /v1/search, without parameters or wildcards');
  if (entry.text('target') === null)
    entry.error('target', 'must be an address such as https://api.example.com/search');
  // Whoever calls without a key could not be charged.
  if (entry.read('auth', boolean) === false)
    entry.error(
      'auth',
      'cannot be false: a call without a virtual key could be charged to nobody; leave it out',
    );
  const endpoint = {
    line: entry.map.line,
    methods: readMethods(entry),
    includesSubpaths: entry.read('include_subpath', boolean) ?? false,
    headers: Object.fromEntries(readHeaders(entry)),
    defaultQuery: Object.fromEntries(texts(entry.section('default_query_params'))),
    forwardsHeaders: entry.read('forward_headers', boolean) ?? false,
    costPerRequest: entry.read('cost_per_request', dollars),
    timeoutMs: entry.read('timeout', seconds),
  };
  if (!isPath || target === null) return null;
  return { ...endpoint, path: path.replace(/\/$/, ''), target };
}

function readMethods(entry: YamlReader): readonly EndpointMethod[] {
  const value = entry.plain('methods');
  if (value === null) return ENDPOINT_METHODS;
  const items: readonly PlainValue[] = Array.isArray(value) ? value : [value];
  const names = items.map((item) => (typeof item === 'string' ? item.toUpperCase() : ''));
  const methods = ENDPOINT_METHODS.filter((method) => names.includes(method));
  if (names.length === 0 || methods.length < new Set(names).size)
    entry.error('methods', `must be a list of any of ${ENDPOINT_METHODS.join(', ')}`);
  return methods;
}

function readHeaders(entry: YamlReader): [string, string][] {
  const section = entry.section('headers');
  return texts(section).map(([name, value]) => {
    if (!HEADER_NAME.test(name)) section.error(name, 'is no name of a header');
    if (/[\r\n\0]/.test(value)) section.error(name, 'has a line break, which no header may have');
    return [name.toLowerCase(), value];
  });
}

function texts(section: YamlReader): [string, string][] {
  return section.keys().map((key) => [key, section.text(key) ?? '']);
}
