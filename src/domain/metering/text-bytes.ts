/** Code units normalised at a time. A long run of combining marks is quadratic to reorder, so none is handed over whole. */
const SLICE = 256;
/** Code units beyond ASCII that are normalised; behind them growth is looked up, character by character. */
const MOST_NORMALISED = 128 * 1024;
/** What a combining mark can add by keeping a letter before it from being one character with its accents. */
const MARK_GROWTH = 3;
/** The most that a character of two code units grows: eight bytes, for some musical symbols, and a mark's share. */
const TWO_UNIT_GROWTH = 12;

/**
 * By how many bytes a text grows when a tokenizer normalises it to NFKC before it cuts it (SentencePiece's default,
 * and the tokenizer that Anthropic published): U+FDFA is 3 bytes and becomes 33. Never negative: text that shrinks is
 * counted at its own length. Byte-level tokenizers make at most one token of a byte, and SentencePiece with byte
 * fallback no more either, so length after normalising bounds the tokens of both.
 */
export function nfkcGrowth(text: string): number {
  if (isAscii(text)) return 0;
  let growth = 0;
  let normalised = 0;
  for (let at = 0; at < text.length;) {
    if (normalised > MOST_NORMALISED) return growth + mostGrowth(text, at);
    let end = Math.min(text.length, at + SLICE);
    if (isHighSurrogate(text.charCodeAt(end - 1)) && end < text.length) end++;
    const slice = text.slice(at, end);
    if (!isAscii(slice)) {
      growth += Math.max(0, bytes(slice.normalize('NFKC')) - bytes(slice));
      normalised += slice.length;
    }
    at = end;
  }
  return growth;
}

/** No less than the growth of the text behind `from`, by a table: as cheap as reading it. */
function mostGrowth(text: string, from: number): number {
  growths ??= growthTable();
  let growth = 0;
  for (let at = from; at < text.length; at++) growth += growths[text.charCodeAt(at)] ?? 0;
  return growth;
}

let growths: Uint8Array | null = null;

/** By code unit. Characters of two units are counted by the second of them, each as the one that grows most. */
function growthTable(): Uint8Array {
  const table = new Uint8Array(0x10000);
  for (let code = 0x80; code < 0x10000; code++) {
    const character = String.fromCharCode(code);
    const grown = Math.max(0, bytes(character.normalize('NFKC')) - bytes(character));
    table[code] = grown + (/\p{M}/u.test(character) ? MARK_GROWTH : 0);
  }
  table.fill(TWO_UNIT_GROWTH, 0xdc00, 0xe000);
  return table;
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
