/** Characters that give a JSON text its structure. */
export const QUOTE = 34;
export const COMMA = 44;
export const COLON = 58;
export const OPEN_ARRAY = 91;
export const BACKSLASH = 92;
export const CLOSE_ARRAY = 93;
export const OPEN_OBJECT = 123;
export const CLOSE_OBJECT = 125;

/** Finds the ends of strings. The next backslash is remembered, so that long strings without one are jumped over. */
export class StringEnds {
  private backslash = -1;

  constructor(private readonly text: string) {}

  /** The position behind the quote that ends the string that begins at `from`; the text's length when none does. */
  endOf(from: number): number {
    const { text } = this;
    const quote = text.indexOf('"', from + 1);
    if (quote < 0) return text.length;
    if (this.backslash < from) {
      const found = text.indexOf('\\', from);
      this.backslash = found < 0 ? text.length : found;
    }
    if (this.backslash > quote) return quote + 1;
    for (let at = this.backslash; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === BACKSLASH) at++;
      else if (code === QUOTE) return at + 1;
    }
    return text.length;
  }
}
