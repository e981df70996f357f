/** The tables of one encoding, as js-tiktoken ships them. */
export interface Ranks {
  readonly pat_str: string;
  readonly special_tokens: Readonly<Record<string, number>>;
  /** Lines of "! offset token token …", the tokens in base64, their ranks counting up from the offset. */
  readonly bpe_ranks: string;
}

/** Ranks fit in 18 bits and positions in 26, so that rank and position together are one exact number. */
const POSITIONS = 2 ** 26;

/**
 * Counts tokens by byte-pair merging, with the same result as js-tiktoken's `encode` with no special tokens. Its own
 * merge is quadratic in the length of a run without a break; this one keeps the candidate pairs in a heap, so that
 * the longest run costs n log n.
 */
export class BpeCounter {
  /** Rank of each token, under its bytes written as Latin-1 characters. */
  private readonly ranks = new Map<string, number>();
  private readonly pattern: RegExp;
  private longest = 1;

  constructor(tables: Ranks) {
    this.pattern = new RegExp(tables.pat_str, 'ug');
    for (const line of tables.bpe_ranks.split('\n')) {
      const [, offset, ...tokens] = line.split(' ');
      tokens.forEach((token, index) => {
        const bytes = Buffer.from(token, 'base64').toString('latin1');
        this.ranks.set(bytes, Number(offset) + index);
        this.longest = Math.max(this.longest, bytes.length);
      });
    }
  }

  /**
   * Tokens of a text, merging no more than `budgetBytes` of those pieces that are no token by themselves. What the
   * budget does not reach is counted by its bytes, which bound its tokens.
   */
  count(text: string, budgetBytes: number): { tokens: number; exact: boolean; mergedBytes: number } {
    let tokens = 0;
    let mergedBytes = 0;
    let exact = true;
    for (const [piece] of text.matchAll(this.pattern)) {
      const bytes = Buffer.from(piece, 'utf8').toString('latin1');
      if (this.ranks.has(bytes)) {
        tokens++;
      } else if (mergedBytes + bytes.length <= budgetBytes) {
        mergedBytes += bytes.length;
        tokens += this.merge(bytes);
      } else {
        exact = false;
        tokens += bytes.length;
      }
    }
    return { tokens, exact, mergedBytes };
  }

  /** Merges the neighbours of lowest rank, the leftmost first, until no two neighbours make a token. */
  private merge(bytes: string): number {
    const length = bytes.length;
    // A part is known by where it starts: `end` is where it ends, `before` where the part before it starts.
    const end = new Int32Array(length);
    const before = new Int32Array(length);
    // The rank that the part and the one behind it would have together; -1 when they make no token or are merged.
    const pairRank = new Int32Array(length);
    const heap: number[] = [];
    for (let at = 0; at < length; at++) {
      end[at] = at + 1;
      before[at] = at - 1;
      const rank = at + 1 < length ? this.rankOf(bytes, at, at + 2) : -1;
      pairRank[at] = rank;
      if (rank >= 0) push(heap, rank * POSITIONS + at);
    }
    let parts = length;
    const renew = (at: number): void => {
      const middle = end[at] ?? length;
      const rank = middle < length ? this.rankOf(bytes, at, end[middle] ?? length) : -1;
      pairRank[at] = rank;
      if (rank >= 0) push(heap, rank * POSITIONS + at);
    };
    while (heap.length > 0) {
      const key = pop(heap);
      const at = key % POSITIONS;
      // A pair that has changed since it was put on the heap is on it again under its new rank.
      if (pairRank[at] !== Math.floor(key / POSITIONS)) continue;
      const middle = end[at] ?? length;
      const behind = end[middle] ?? length;
      end[at] = behind;
      pairRank[middle] = -1;
      if (behind < length) before[behind] = at;
      parts--;
      renew(at);
      const left = before[at] ?? -1;
      if (left >= 0) renew(left);
    }
    return parts;
  }

  private rankOf(bytes: string, from: number, to: number): number {
    if (to - from > this.longest) return -1;
    return this.ranks.get(bytes.slice(from, to)) ?? -1;
  }
}

/** Adds to a binary heap whose root is the least. */
function push(heap: number[], key: number): void {
  let at = heap.length;
  heap.push(key);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const other = heap[parent] ?? 0;
    if (other <= key) break;
    heap[at] = other;
    at = parent;
  }
  heap[at] = key;
}

/** Takes the least key off a heap that is not empty. */
function pop(heap: number[]): number {
  const least = heap[0] ?? 0;
  const key = heap.pop() ?? 0;
  const size = heap.length;
  if (size === 0) return least;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= size) break;
    if (child + 1 < size && (heap[child + 1] ?? 0) < (heap[child] ?? 0)) child++;
    const other = heap[child] ?? 0;
    if (other >= key) break;
    heap[at] = other;
    at = child;
  }
  heap[at] = key;
  return least;
}
