import type { DataSource, EntityManager } from 'typeorm';

type Work = (manager: EntityManager) => Promise<unknown>;

/**
 * The data source as whoever works on it inside of a transaction of somebody else sees it: what it asks for runs on that
 * transaction's connection, and a transaction that it begins is a savepoint. For one use after the other, never at once.
 */
export function withinTransaction(db: DataSource, manager: EntityManager): DataSource {
  return new Proxy(db, {
    get(target, name) {
      if (name === 'manager') return manager;
      if (name === 'transaction') return (...args: unknown[]) => manager.transaction(args.at(-1) as Work);
      const value: unknown = Reflect.get(target, name, target);
      return value;
    },
  });
}
