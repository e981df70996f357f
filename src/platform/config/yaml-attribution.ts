import { boolean } from './setting-kinds';
import type { YamlReader } from './yaml-reader';

/** What the file says of whom and what calls are booked to, beside their keys. */
export interface AttributionConfig {
  /** Headers whose values are tags of a call, in lower case. */
  readonly tagHeaders: readonly string[];
  /** Header that names the customer where the body does not, in lower case; null: only LiteLLM's own. */
  readonly customerHeader: string | null;
  /** A call that names no customer is refused. */
  readonly needsCustomer: boolean;
  /** A call whose body names tags is refused: they come from keys and headers alone. */
  readonly refusesBodyTags: boolean;
}

export const NO_ATTRIBUTION: AttributionConfig = {
  ...{ tagHeaders: [], customerHeader: null, needsCustomer: false, refusesBodyTags: false },
};

const HEADER = /^[\w!#$%&'*+.^`|~-]+$/;

export function readAttribution(litellm: YamlReader, general: YamlReader): AttributionConfig {
  const ofGeneral = readHeader(general, 'user_header_name');
  const ofLitellm = readHeader(litellm, 'user_header_name');
  return {
    tagHeaders: readHeaders(litellm, 'extra_spend_tag_headers'),
    customerHeader: ofGeneral ?? ofLitellm,
    needsCustomer: general.read('enforce_user_param', boolean) ?? false,
    refusesBodyTags: general.read('reject_clientside_metadata_tags', boolean) ?? false,
  };
}

function readHeader(reader: YamlReader, key: string): string | null {
  const name = reader.text(key);
  if (name === null) return null;
  if (!HEADER.test(name)) reader.error(key, `is "${name}", which is no name of a header`);
  return name.toLowerCase();
}

function readHeaders(reader: YamlReader, key: string): string[] {
  const value = reader.plain(key);
  if (value === null) return [];
  const names = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  if (names.every((name): name is string => typeof name === 'string' && HEADER.test(name)))
    return names.map((name) => name.toLowerCase());
  reader.error(key, 'must be a list of names of headers such as ["x-product"]');
  return [];
}
