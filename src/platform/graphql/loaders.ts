import DataLoader from 'dataloader';

/** The DataLoaders of one request. A loader is made when first asked for, and never outlives its request. */
export class LoaderRegistry {
  private readonly loaders = new Map<string, DataLoader<string, unknown>>();

  /** The request's loader of that name; `batch` answers for many ids at once, in any order, leaving out the absent. */
  byId<T>(
    name: string,
    batch: (ids: readonly string[]) => Promise<Map<string, T>>,
  ): DataLoader<string, T | null> {
    const existing = this.loaders.get(name);
    if (existing) return existing as DataLoader<string, T | null>;
    const loader = new DataLoader<string, T | null>(async (ids) => {
      const found = await batch(ids);
      return ids.map((id) => found.get(id) ?? null);
    });
    this.loaders.set(name, loader);
    return loader;
  }
}
