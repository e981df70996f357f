import { createRequire } from 'node:module';
import type * as GenaiPrices from '@pydantic/genai-prices';

/** The release whose prices are bundled, and the day it was published. A test compares it with what is installed. */
export const CATALOGUE_RELEASE = '@pydantic/genai-prices 0.1.8 of 2026-09-23';

export type CatalogueModelInfo = GenaiPrices.ModelInfo;
export type CatalogueProvider = GenaiPrices.Provider;

const load = createRequire(__filename);
let loaded: typeof GenaiPrices | null = null;

/** Loaded at the first question (some 50 ms): a process that prices nothing doesn't pay for it. Never goes online. */
function prices(): typeof GenaiPrices {
  loaded ??= load('@pydantic/genai-prices') as typeof GenaiPrices;
  return loaded;
}

/** The entry that the data's own patterns select for a name, or null. */
export function findModelInfo(providerId: string, model: string): CatalogueModelInfo | null {
  return prices().calcPrice({}, model, { providerId })?.model ?? null;
}

/** The provider whose pattern a bare model name matches, by its id in the data. */
export function findProviderOfModel(model: string): string | null {
  return prices().findProvider({ modelId: model })?.id ?? null;
}

export function providerById(providerId: string): CatalogueProvider | null {
  const provider = prices().findProvider({ providerId });
  return provider?.id === providerId ? provider : null;
}
