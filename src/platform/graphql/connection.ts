import type { ClassType } from 'type-graphql';
import { Field, ObjectType } from 'type-graphql';
import type { Page } from '../database/keyset';
import { PageInfo } from './page-info.type';

export interface EdgeOf<T> {
  cursor: string;
  node: T;
}

export interface ConnectionOf<T> {
  edges: EdgeOf<T>[];
  nodes: T[];
  pageInfo: PageInfo;
}

/** Makes the Relay connection and edge types of an object type: `connectionType(Team, 'Team')` is TeamConnection. */
export function connectionType<T extends object>(
  nodeType: ClassType<T>,
  name: string,
): ClassType<ConnectionOf<T>> {
  @ObjectType(`${name}Edge`, { description: `A ${name} in a list, with its cursor.` })
  class Edge implements EdgeOf<T> {
    @Field(() => String, { description: 'Opaque place of the item in its list, for `after` and `before`.' })
    cursor: string;

    @Field(() => nodeType, { description: 'The item.' })
    node: T;
  }

  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name} objects.` })
  class Connection implements ConnectionOf<T> {
    @Field(() => [Edge], { description: 'The items of the page with their cursors.' })
    edges: Edge[];

    @Field(() => [nodeType], { description: 'The items of the page.' })
    nodes: T[];

    @Field(() => PageInfo, { description: 'Where the page stands in the list.' })
    pageInfo: PageInfo;
  }

  return Connection;
}

/** A page of rows as a connection of what the rows map to. */
export function toConnection<Row, T>(page: Page<Row>, map: (row: Row) => T): ConnectionOf<T> {
  const edges = page.rows.map((row) => ({ cursor: page.cursorOf(row), node: map(row) }));
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: page.hasPreviousPage,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
