import type { Readable } from 'node:stream';

/** Far above what a provider says of an error. */
const MAX_ERROR_BYTES = 1024 * 1024;

/** An error's text; what lies behind the first part of an unusually long one is left out. */
export async function textOf(body: Readable): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of body as AsyncIterable<Buffer>) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes > MAX_ERROR_BYTES) break;
  }
  return Buffer.concat(pieces).toString('utf8');
}
