import { LRUCache } from 'lru-cache';
import type { PriceRule } from '../domain/pricing/choose-price';
import { canonicalProvider, splitModel } from '../domain/pricing/model-name';
import {
  CATALOGUE_RELEASE,
  findModelInfo,
  findProviderOfModel,
  providerById,
  type CatalogueModelInfo,
} from './catalogue-data';
import { periodsOf, type CataloguePeriod } from './catalogue-periods';
import { CATALOGUE_PROVIDER_IDS, catalogueProviderId, providerOfName } from './catalogue-providers';

/** Names are the callers' own text, so that what is remembered of them is bounded. */
const MAX_CACHED_NAMES = 1000;
const MAX_NAME_LENGTH = 256;

interface Entry {
  readonly providerId: string;
  readonly info: CatalogueModelInfo;
  readonly periods: readonly CataloguePeriod[];
}

const entries = new LRUCache<string, { readonly entry: Entry | null }>({ max: MAX_CACHED_NAMES });
/** Every call asks for the provider of its model, and the data's patterns are tried one by one. */
const inferred = new LRUCache<string, { readonly provider: string | null }>({ max: MAX_CACHED_NAMES });

/** What the catalogue knows of a model besides its price. Null where it doesn't know. */
export interface ModelFacts {
  readonly contextWindowTokens: number | null;
  readonly deprecated: boolean;
}

export interface CatalogueModel extends ModelFacts {
  /** In LiteLLM's spelling: "openai", "gemini", "bedrock". */
  readonly provider: string;
  readonly model: string;
  readonly name: string;
  readonly description: string | null;
  /** The price at the instant asked for; null if the catalogue names none. */
  readonly price: PriceRule | null;
}

/**
 * The list price of a model at an instant, from data bundled with the program; null if it is not known. Without a
 * provider, one named before the model ("openai/gpt-4o") or told by the name itself ("claude-…") is taken.
 */
export function findCataloguePrice(provider: string | null, model: string, atMs: number): PriceRule | null {
  const named = resolve(provider, model);
  const entry = named === null ? null : (entryOf(named.provider, named.model) ?? listEntry(named));
  if (named === null || entry === null) return null;
  const period = entry.periods.find(({ fromMs, untilMs }) => isWithin(fromMs, untilMs, atMs));
  return period === undefined ? null : ruleFor(named.provider, named.model, entry, period);
}

export function findModelFacts(provider: string | null, model: string): ModelFacts | null {
  const named = resolve(provider, model);
  const entry = named === null ? null : (entryOf(named.provider, named.model) ?? listEntry(named));
  return entry === null ? null : factsOf(entry.info);
}

/** The provider, in LiteLLM's spelling, that a bare model name belongs to; null if the name doesn't tell. */
export function inferProvider(model: string): string | null {
  if (model.length > MAX_NAME_LENGTH) return null;
  const known = inferred.get(model);
  if (known !== undefined) return known.provider;
  const provider = providerTold(model);
  inferred.set(model, { provider });
  return provider;
}

function providerTold(model: string): string | null {
  const { provider } = splitModel(model);
  if (provider !== null) return provider;
  const named = providerOfName(model);
  if (named !== null) return named;
  const id = findProviderOfModel(model);
  return id === null ? null : canonicalProvider(id);
}

export interface CatalogueFilter {
  readonly provider?: string | null;
  /** Part of the model's id or name, whatever the case. */
  readonly search?: string | null;
  readonly atMs: number;
  readonly offset?: number;
  readonly limit?: number;
}

/** Models by provider and id, for browsing. Without a limit, all of them. */
export function listCatalogue(filter: CatalogueFilter): CatalogueModel[] {
  const found = matching(filter);
  const offset = filter.offset ?? 0;
  const page = found.slice(offset, filter.limit === undefined ? undefined : offset + filter.limit);
  return page.map(({ providerId, model }) => describe(providerId, model, filter.atMs));
}

/** `provider/model` of each model that the filter lets through, in the order of `listCatalogue`. */
export function catalogueKeys(filter: CatalogueFilter): string[] {
  return matching(filter).map(({ providerId, model }) => `${canonicalProvider(providerId)}/${model.id}`);
}

function matching(filter: CatalogueFilter): { providerId: string; model: CatalogueModelInfo }[] {
  const wanted = filter.provider ?? null;
  const id = wanted === null ? null : catalogueProviderId(wanted);
  if (wanted !== null && id === null) return [];
  const ids = id === null ? CATALOGUE_PROVIDER_IDS : [id];
  const search = filter.search?.trim().toLowerCase() ?? '';
  return ids.flatMap((providerId) => {
    const models = (providerById(providerId)?.models ?? []).filter((model) => mentions(model, search));
    return models.map((model) => ({ providerId, model })).sort((a, b) => compare(a.model.id, b.model.id));
  });
}

function describe(providerId: string, info: CatalogueModelInfo, atMs: number): CatalogueModel {
  const provider = canonicalProvider(providerId);
  const entry = { providerId, info, periods: periodsOf(providerId, info) };
  const period = entry.periods.find(({ fromMs, untilMs }) => isWithin(fromMs, untilMs, atMs));
  return {
    provider,
    model: info.id,
    name: info.name ?? info.id,
    description: info.description ?? null,
    ...factsOf(info),
    price: period === undefined ? null : ruleFor(provider, info.id, entry, period),
  };
}

function resolve(provider: string | null, model: string): { provider: string; model: string } | null {
  if (model.length > MAX_NAME_LENGTH) return null;
  const split = splitModel(model);
  const owner = provider === null ? inferProvider(model) : canonicalProvider(provider);
  if (owner === null) return null;
  return { provider: owner, model: split.provider === owner ? split.model : model.trim() };
}

/**
 * Azure sells OpenAI's models at OpenAI's list prices, but for deployments bound to a region or zone, which name it in
 * front: https://azure.microsoft.com/pricing/details/cognitive-services/openai-service/.
 */
function listEntry({ provider, model }: { provider: string; model: string }): Entry | null {
  return provider === 'azure' && !model.includes('/') ? entryOf('openai', model) : null;
}

function entryOf(provider: string, model: string): Entry | null {
  const key = `${provider}/${model}`;
  const cached = entries.get(key);
  if (cached !== undefined) return cached.entry;
  const providerId = catalogueProviderId(provider);
  const info = providerId === null ? null : findModelInfo(providerId, model);
  const entry =
    providerId === null || info === null ? null : { providerId, info, periods: periodsOf(providerId, info) };
  entries.set(key, { entry });
  return entry;
}

function ruleFor(provider: string, model: string, entry: Entry, period: CataloguePeriod): PriceRule | null {
  if (lacksAudioRates(entry, period)) return null;
  const { fromMs, untilMs, sheet } = period;
  const since = fromMs === null ? '' : ` since ${new Date(fromMs).toISOString().slice(0, 10)}`;
  const name = `${entry.providerId}/${entry.info.id}`;
  return {
    id: `catalogue:${name}${fromMs === null ? '' : `@${new Date(fromMs).toISOString().slice(0, 10)}`}`,
    scope: 'CATALOGUE',
    scopeId: null,
    provider,
    model,
    effectiveFromMs: fromMs,
    effectiveUntilMs: untilMs,
    sheet,
    source: `${CATALOGUE_RELEASE}: ${name}${since}`,
  };
}

/**
 * OpenAI bills audio at many times the rate of text. Where the data has none of these rates, the model has no price that
 * could be relied on: https://platform.openai.com/docs/pricing.
 */
function lacksAudioRates({ providerId, info }: Entry, { sheet }: CataloguePeriod): boolean {
  const speaks = providerId === 'openai' && /audio|realtime/.test(info.id);
  return speaks && sheet.rates.outputAudio === undefined;
}

function factsOf(info: CatalogueModelInfo): ModelFacts {
  return { contextWindowTokens: info.context_window ?? null, deprecated: info.deprecated ?? false };
}

function mentions(model: CatalogueModelInfo, search: string): boolean {
  return search === '' || `${model.id} ${model.name ?? ''}`.toLowerCase().includes(search);
}

function isWithin(fromMs: number | null, untilMs: number | null, atMs: number): boolean {
  return (fromMs === null || fromMs <= atMs) && (untilMs === null || atMs < untilMs);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
