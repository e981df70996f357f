import type { Page } from '../database/keyset';
import { toConnection, type ConnectionOf } from './connection';
import type { LoaderRegistry } from './loaders';

/** A field that lists the children of each of many parents. */
export interface ChildrenField<Row, T> {
  /** Names the field within the request, such as `Organization.teams`. */
  readonly field: string;
  /** The arguments of the field: parents asked with the same arguments share one statement. */
  readonly args: object;
  fetch(parentIds: readonly string[]): Promise<Map<string, Page<Row>>>;
  map(row: Row): T;
}

/**
 * The connection of one parent's children, fetched together with those of its siblings in the request. `fetch` answers
 * for every parent, as `keysetChildren` does.
 */
export async function loadChildren<Row, T>(
  loaders: LoaderRegistry,
  parentId: string,
  children: ChildrenField<Row, T>,
): Promise<ConnectionOf<T>> {
  const name = `${children.field} ${JSON.stringify(children.args)}`;
  const page = await loaders.byId(name, (ids) => children.fetch(ids)).load(parentId);
  if (page === null) throw new Error(`${children.field} has no page for "${parentId}".`);
  return toConnection(page, (row) => children.map(row));
}
