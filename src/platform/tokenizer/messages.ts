export type Encoding = 'o200k_base' | 'cl100k_base';

export interface TokenCount {
  readonly tokens: number;
  /** False when part of the text was counted by its bytes: `tokens` is then an upper bound. */
  readonly exact: boolean;
}

/** To the worker. */
export interface CountJob {
  readonly id: number;
  readonly texts: readonly string[];
  readonly encoding: Encoding;
}

/** From the worker: `started` once the encoding's tables are loaded and counting begins. */
export type CountAnswer =
  | { readonly kind: 'started'; readonly id: number }
  | ({ readonly kind: 'counted'; readonly id: number } & TokenCount)
  | { readonly kind: 'failed'; readonly id: number; readonly reason: string };

/** Bytes of texts in UTF-8: a byte-level tokenizer makes at most one token of each. */
export function byteBound(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text, 'utf8'), 0);
}
