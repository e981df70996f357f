import { decodeCursor, encodeCursor } from './cursor';
import { pageSize, type Page, type PageRequest } from './keyset';

/** A page of a list in memory, in the order of its ids, with cursors that hold when the list changes between pages. */
export function pageOfList<Item extends { readonly id: string }>(
  items: readonly Item[],
  order: string,
  request: PageRequest,
): Page<Item> {
  const { size, backward } = pageSize(request);
  const after = request.after == null ? null : decodeCursor(order, request.after, 'after').id;
  const before = request.before == null ? null : decodeCursor(order, request.before, 'before').id;
  const within = items
    .filter(({ id }) => (after === null || id > after) && (before === null || id < before))
    .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const rows = backward ? within.slice(-size) : within.slice(0, size);
  const hasMore = within.length > size;
  return {
    rows,
    hasNextPage: backward ? before !== null : hasMore,
    hasPreviousPage: backward ? hasMore : after !== null,
    cursorOf: ({ id }) => encodeCursor(order, { value: id, id }),
  };
}
