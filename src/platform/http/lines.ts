import type { Readable } from 'node:stream';

const LINE_FEED = 10;

/** The lines of a stream of UTF-8, without their ends, one at a time. Throws when one is longer than `maxBytes`. */
export async function* linesOf(stream: Readable, maxBytes: number): AsyncGenerator<string> {
  let pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of stream as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = piece.indexOf(LINE_FEED); end >= 0; end = piece.indexOf(LINE_FEED, from)) {
      yield Buffer.concat([...pieces, piece.subarray(from, end)]).toString('utf8');
      pieces = [];
      bytes = 0;
      from = end + 1;
    }
    pieces.push(piece.subarray(from));
    bytes += piece.length - from;
    if (bytes > maxBytes) throw new Error(`A line of the answer is longer than ${maxBytes} bytes.`);
  }
  if (bytes > 0) yield Buffer.concat(pieces).toString('utf8');
}
