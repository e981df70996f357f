import { AppError } from '../errors';

/** A place in a total order: the value of the ordering column as text, and the row's id as the tie breaker. */
export interface CursorPlace {
  readonly value: string;
  readonly id: string;
}

/** `order` names the order that the cursor belongs to, so that a cursor of another order is refused, not misread. */
export function encodeCursor(order: string, place: CursorPlace): string {
  return Buffer.from(JSON.stringify([order, place.value, place.id]), 'utf8').toString('base64url');
}

export function decodeCursor(order: string, cursor: string, field: string): CursorPlace {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(parsed) && parsed.length === 3 && parsed[0] === order) {
      const [, value, id] = parsed as unknown[];
      if (typeof value === 'string' && typeof id === 'string') return { value, id };
    }
  } catch {
    // Falls through to the one message: what exactly is wrong with an opaque text helps nobody.
  }
  throw new AppError(
    'BAD_USER_INPUT',
    `"${field}" is not a cursor of this list. Use a cursor from its pageInfo or edges.`,
    [field],
  );
}
