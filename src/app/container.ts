/** A class that type-graphql asks for an instance of. */
export type ResolverClass = abstract new (...args: never[]) => object;

/**
 * The resolvers, each made once with the services it needs. Asking for one that was not registered is a fault of the
 * wiring and stops the server from starting, because the schema is built with `assertComplete`.
 */
export class Container {
  private readonly instances: ReadonlyMap<ResolverClass, object>;

  constructor(entries: Iterable<readonly [ResolverClass, object]>) {
    this.instances = new Map(entries);
  }

  get(resolver: ResolverClass): object {
    const instance = this.instances.get(resolver);
    if (!instance)
      {throw new Error(`The container has no ${resolver.name}: register it in src/app/resolvers.ts.`);}
    return instance;
  }

  assertComplete(resolvers: readonly ResolverClass[]): void {
    for (const resolver of resolvers) this.get(resolver);
  }
}
