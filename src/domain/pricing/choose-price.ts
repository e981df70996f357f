import { canonicalProvider, lookupNames, splitModel, undatedModel } from './model-name';
import type { PriceSheet } from './price';

/** From the most to the least binding: contracts, the deployment's own price, a custom price, the catalogue. */
export const PRICE_SCOPES = ['KEY', 'TEAM', 'ORGANIZATION', 'DEPLOYMENT', 'MODEL', 'CATALOGUE'] as const;
export type PriceScope = (typeof PRICE_SCOPES)[number];

export interface PriceRule {
  readonly id: string;
  readonly scope: PriceScope;
  /** The key, team, organization or deployment that the price is for; null for MODEL and CATALOGUE. */
  readonly scopeId: string | null;
  /** Null matches every provider. */
  readonly provider: string | null;
  /** A model's name, with or without its provider, or a pattern with `*`: "gpt-4o", "openai/gpt-4o", "openai/*". */
  readonly model: string;
  /** Epoch milliseconds, inclusive; null means since ever. */
  readonly effectiveFromMs: number | null;
  /** Epoch milliseconds, exclusive; null means without end. */
  readonly effectiveUntilMs: number | null;
  readonly sheet: PriceSheet;
  /** Where the price comes from, for people to check it. */
  readonly source: string;
}

/** The call that is to be priced. */
export interface PriceQuery {
  readonly provider: string | null;
  readonly model: string;
  readonly atMs: number;
  readonly keyId?: string | null;
  readonly teamId?: string | null;
  readonly organizationId?: string | null;
  readonly deploymentId?: string | null;
}

export interface ChosenPrice {
  readonly rule: PriceRule;
  /** EXACT: by name. WILDCARD: by pattern. UNDATED: by the family of a dated snapshot that nothing else prices. */
  readonly match: 'EXACT' | 'WILDCARD' | 'UNDATED';
  /** One sentence for people: which rule and why. */
  readonly reason: string;
}

/**
 * The price that holds for a call: the most binding scope, in it the most specific model, then a rule for the provider
 * before one for any, then the newest. A family's price serves a dated snapshot only if no rule names the snapshot.
 */
export function choosePrice(rules: readonly PriceRule[], query: PriceQuery): ChosenPrice | null {
  const usable = rules.filter((rule) => isFor(rule, query) && isEffective(rule, query.atMs));
  const found = best(usable, query.provider, query.model);
  if (found !== null) return chosen(found.rule, query, found.exact ? 'EXACT' : 'WILDCARD');
  const family = undatedModel(query.model);
  const inherited = family === null ? null : best(usable, query.provider, family);
  return inherited === null ? null : chosen(inherited.rule, query, 'UNDATED');
}

export interface RankedPrice extends ChosenPrice {
  /** Why the rule before it goes first; null for the first. */
  readonly beatenBecause: string | null;
}

/** Every rule that matches the call and is in force, the one that holds first, each with what decided against it. */
export function rankPrices(rules: readonly PriceRule[], query: PriceQuery): RankedPrice[] {
  const usable = rules.filter((rule) => isFor(rule, query) && isEffective(rule, query.atMs));
  const named = ranked(usable, query.provider, query.model);
  const family = undatedModel(query.model);
  const taken = new Set(named.map(({ rule }) => rule));
  const inherited = family === null ? [] : ranked(usable, query.provider, family);
  const all = [
    ...named.map((each) => ({ ...each, isFamily: false })),
    ...inherited.filter(({ rule }) => !taken.has(rule)).map((each) => ({ ...each, isFamily: true })),
  ];
  return all.map((each, index) => ({
    ...chosen(each.rule, query, each.isFamily ? 'UNDATED' : each.exact ? 'EXACT' : 'WILDCARD'),
    beatenBecause: beatenBecause(all[0], each, index),
  }));
}

function ranked(rules: readonly PriceRule[], provider: string | null, model: string): Candidate[] {
  const names = lookupNames(provider, model);
  const found = rules.flatMap((rule) => candidateFor(rule, names) ?? []);
  return found.sort((a, b) => (outranks(a, b) ? -1 : 1));
}

/** What each place of a rank means, for people. */
const RANK_WORDS = [
  'its scope is less binding',
  'it is a pattern, and the other names the model',
  'it is less specific',
  'it is for every provider, and the other for this one',
  'it is older',
] as const;

type RankedCandidate = Candidate & { readonly isFamily: boolean };

function beatenBecause(
  winner: RankedCandidate | undefined,
  each: RankedCandidate,
  index: number,
): string | null {
  if (index === 0 || winner === undefined) return null;
  if (each.isFamily && !winner.isFamily) return 'it prices the family, and the other this very model';
  const place = each.rank.findIndex((rank, at) => rank !== winner.rank[at]);
  return RANK_WORDS[place] ?? 'it says the same of the same time';
}

/** Whether the rule's price holds at the instant: from inclusive, until exclusive. */
export function isEffective(rule: PriceRule, atMs: number): boolean {
  const { effectiveFromMs: from, effectiveUntilMs: until } = rule;
  return (from === null || from <= atMs) && (until === null || atMs < until);
}

interface Candidate {
  readonly rule: PriceRule;
  readonly exact: boolean;
  /** Larger is more specific; see `specificity`. */
  readonly rank: readonly number[];
}

function best(rules: readonly PriceRule[], provider: string | null, model: string): Candidate | null {
  const names = lookupNames(provider, model);
  let winner: Candidate | null = null;
  for (const rule of rules) {
    const candidate = candidateFor(rule, names);
    if (candidate !== null && (winner === null || outranks(candidate, winner))) winner = candidate;
  }
  return winner;
}

function candidateFor(rule: PriceRule, names: readonly string[]): Candidate | null {
  const pattern = rule.model.trim().toLowerCase();
  const exact = !pattern.includes('*');
  const wanted = exact ? (lookupNames(rule.provider, pattern)[0] ?? pattern) : pattern;
  // A rule for a provider is compared by its full name; a rule for any provider may name the model alone.
  const position = names.findIndex((name) =>
    exact ? name === wanted || name === pattern : matches(pattern, name),
  );
  if (position < 0) return null;
  const literal = pattern.replaceAll('*', '').length;
  return {
    rule,
    exact,
    rank: [
      -PRICE_SCOPES.indexOf(rule.scope),
      exact ? 1 : 0,
      exact ? -position : literal,
      rule.provider === null ? 0 : 1,
      rule.effectiveFromMs ?? Number.MIN_SAFE_INTEGER,
    ],
  };
}

function outranks(a: Candidate, b: Candidate): boolean {
  for (const [index, rank] of a.rank.entries()) {
    const difference = rank - (b.rank[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  // Two rules that say the same of the same time: any choice will do, as long as it is always the same one.
  return a.rule.id > b.rule.id;
}

function isFor(rule: PriceRule, query: PriceQuery): boolean {
  const ruleProvider = providerOf(rule);
  const queryProvider = providerOf(query);
  if (ruleProvider !== null && queryProvider !== null && ruleProvider !== queryProvider) return false;
  switch (rule.scope) {
    case 'KEY':
      return isSame(rule.scopeId, query.keyId);
    case 'TEAM':
      return isSame(rule.scopeId, query.teamId);
    case 'ORGANIZATION':
      return isSame(rule.scopeId, query.organizationId);
    case 'DEPLOYMENT':
      return isSame(rule.scopeId, query.deploymentId);
    case 'MODEL':
    case 'CATALOGUE':
      return true;
  }
}

/** A model written "openai/gpt-4o" names OpenAI's, also where no provider is given beside it. */
function providerOf(named: { readonly provider: string | null; readonly model: string }): string | null {
  return named.provider === null ? splitModel(named.model).provider : canonicalProvider(named.provider);
}

function isSame(wanted: string | null, actual: string | null | undefined): boolean {
  return wanted !== null && wanted === actual;
}

function matches(pattern: string, name: string): boolean {
  const parts = pattern.split('*');
  const first = parts[0] ?? '';
  const last = parts[parts.length - 1] ?? '';
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) {
    return false;
  }
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return from <= name.length - last.length;
}

function chosen(rule: PriceRule, query: PriceQuery, match: ChosenPrice['match']): ChosenPrice {
  const how = {
    EXACT: `names the model "${query.model}"`,
    WILDCARD: `matches "${query.model}" by the pattern "${rule.model}"`,
    UNDATED: `names "${rule.model}", the family of "${query.model}", which has no price of its own`,
  }[match];
  const scope = rule.scopeId === null ? rule.scope : `${rule.scope} ${rule.scopeId}`;
  return { rule, match, reason: `The ${scope} price ${rule.id} ${how} (${rule.source}).` };
}
