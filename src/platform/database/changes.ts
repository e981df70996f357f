import type { ObjectLiteral } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity';

/** The columns to write: `undefined` leaves a column alone, `null` clears it. */
export function changes<E extends ObjectLiteral>(values: {
  [K in keyof E]?: E[K] | undefined;
}): QueryDeepPartialEntity<E> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as QueryDeepPartialEntity<E>;
}
