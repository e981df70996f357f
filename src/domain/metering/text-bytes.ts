/** Code units normalised at a time. A long run of combining marks is quadratic to reorder, so none is handed over whole. */
const SLICE = 256;

/**
 * By how many bytes a text grows when a tokenizer normalises it to NFKC before it cuts it (SentencePiece's default,
 * and the tokenizer that Anthropic published): U+FDFA is 3 bytes and becomes 33. Never negative: text that shrinks is
 * counted at its own length. Byte-level tokenizers make at most one token of a byte, and SentencePiece with byte
 * fallback no more either, so length after normalising bounds the tokens of both.
 */
export function nfkcGrowth(text: string): number {
  let growth = 0;
  for (let at = 0; at < text.length;) {
    let end = Math.min(text.length, at + SLICE);
    if (isHighSurrogate(text.charCodeAt(end - 1)) && end < text.length) end++;
    const slice = text.slice(at, end);
    if (!isAscii(slice)) growth += Math.max(0, bytes(slice.normalize('NFKC')) - bytes(slice));
    at = end;
  }
  return growth;
}

function bytes(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

function isAscii(text: string): boolean {
  return bytes(text) === text.length;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
