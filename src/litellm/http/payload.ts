import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { writeLossless } from '../lossless';

const ITEMS_PER_PIECE = 50;

/** The body as text, or a long list piece by piece: writing ten thousand rows at once would hold up every call. */
export function payloadOf(body: unknown): string | Readable {
  const isLong = Array.isArray(body) && body.length > ITEMS_PER_PIECE;
  return isLong ? Readable.from(pieces(body)) : writeLossless(body);
}

async function* pieces(items: readonly unknown[]): AsyncGenerator<string> {
  yield '[';
  for (let from = 0; from < items.length; from += ITEMS_PER_PIECE) {
    const piece = items.slice(from, from + ITEMS_PER_PIECE).map(writeLossless);
    yield `${from === 0 ? '' : ','}${piece.join(',')}`;
    await nextTurn();
  }
  yield ']';
}
