/** Names under which the providers say "no special tier". */
const STANDARD = new Set([
  '',
  'default',
  'standard',
  'standard_only',
  'on_demand',
  'traffic_type_unspecified',
]);

/**
 * Spellings that stand for another tier: "fast" is sold as priority; Gemini names the tier in `trafficType`.
 * Source: LiteLLM's cost calculator, https://docs.litellm.ai/docs/proxy/cost_tracking.
 */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['fast', 'priority'],
  ['on_demand_priority', 'priority'],
  ['on_demand_flex', 'flex'],
]);

/** The tier that a name stands for; null is the standard tier. "auto" is no tier and must be handled before. */
export function canonicalServiceTier(name: string): string | null {
  const lower = name.trim().toLowerCase();
  return STANDARD.has(lower) ? null : (ALIASES.get(lower) ?? lower);
}

export interface TierNames {
  readonly requestedServiceTier?: string | null;
  readonly servedServiceTier?: string | null;
}

/** The tier a call is billed at: the one that served it if the provider says so, else the one asked for. */
export function billedServiceTier(names: TierNames): string | null {
  for (const name of [names.servedServiceTier, names.requestedServiceTier]) {
    if (name !== undefined && name !== null && !isAuto(name)) return canonicalServiceTier(name);
  }
  return null;
}

/**
 * The tiers a call not yet answered can be billed at, besides the standard one. Without a request for a tier, or with
 * "auto", the provider's project settings decide, so flex and priority are both reachable; other tiers must be asked for.
 */
export function reachableServiceTiers(names: TierNames): ReadonlySet<string> {
  const known = names.servedServiceTier ?? names.requestedServiceTier ?? 'auto';
  if (isAuto(known)) return new Set(['flex', 'priority']);
  const tier = canonicalServiceTier(known);
  return new Set(tier === null ? [] : [tier]);
}

function isAuto(name: string): boolean {
  return name.trim().toLowerCase() === 'auto';
}
