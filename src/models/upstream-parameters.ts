/** Members of a deployment's metadata that say how its provider is called. None of them is a secret. */
export const UPSTREAM_PARAMETERS = ['api_version', 'aws_region_name'] as const;

export type UpstreamParameter = (typeof UPSTREAM_PARAMETERS)[number];

/** Those of them that the metadata has. */
export function upstreamParameters(
  metadata: Readonly<Record<string, unknown>>,
): Readonly<Partial<Record<UpstreamParameter, string>>> {
  const entries = UPSTREAM_PARAMETERS.map((name) => [name, metadata[name]] as const);
  return Object.fromEntries(entries.filter(([, value]) => typeof value === 'string' && value !== ''));
}
