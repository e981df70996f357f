/** A class that type-graphql asks for an instance of. */
export type ResolverClass = new (...args: never[]) => object;

/**
 * The resolvers, each made once: those that need services by whoever registers them, the others here. Asking for one that
 * needs services and was not registered is a fault of the wiring, which `assertComplete` finds at the start.
 */
export class Container {
  private readonly instances: Map<ResolverClass, object>;

  constructor(entries: Iterable<readonly [ResolverClass, object]>) {
    this.instances = new Map(entries);
  }

  get(resolver: ResolverClass): object {
    const instance = this.instances.get(resolver) ?? makeAlone(resolver);
    this.instances.set(resolver, instance);
    return instance;
  }

  assertComplete(resolvers: readonly ResolverClass[]): void {
    for (const resolver of resolvers) this.get(resolver);
  }
}

function makeAlone(resolver: ResolverClass): object {
  if (resolver.length === 0) return new resolver();
  throw new Error(`${resolver.name} needs services: register it in src/app/resolver-container.ts.`);
}
