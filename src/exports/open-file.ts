import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { ExportPiece } from './export-source';

/**
 * The bytes of a file, read as they are asked for. Waits for the first piece, so that what is refused is refused before a
 * byte is out. Whoever destroys the stream ends the reading.
 */
export async function openFile(
  pieces: AsyncGenerator<ExportPiece, void>,
  isCompressed: boolean,
): Promise<Readable> {
  const first = await pieces.next();
  const texts = async function* (): AsyncGenerator<string, void> {
    try {
      if (first.done !== true && first.value.text !== '') yield first.value.text;
      for await (const { text } of pieces) if (text !== '') yield text;
    } finally {
      await pieces.return();
    }
  };
  const plain = Readable.from(texts(), { objectMode: false });
  if (!isCompressed) return plain;
  // An error of either is the stream's: whoever reads it hears of it there.
  return pipeline(plain, createGzip(), () => undefined);
}
