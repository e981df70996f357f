import * as fc from 'fast-check';
import { BpeCounter } from '../../src/platform/tokenizer/bpe';
import { TokenizerPool } from '../../src/platform/tokenizer/tokenizer-pool';

let counter: BpeCounter;
let exactly: (text: string) => number;
beforeAll(async () => {
  const { getEncoding } = await import('js-tiktoken');
  const reference = getEncoding('o200k_base');
  exactly = (text) => reference.encode(text, [], []).length;
  counter = new BpeCounter((await import('js-tiktoken/ranks/o200k_base')).default);
}, 60_000);

/** Reproducible letters: the same text in every run. */
function random(length: number, letter: (next: (n: number) => number) => string): string {
  let seed = 1;
  const next = (n: number): number => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % n;
  return Array.from({ length }, () => letter(next)).join('');
}

describe('BpeCounter', () => {
  it('counts what js-tiktoken counts, for any text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.string({ unit: 'binary', maxLength: 100 }),
      fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', 'é', '漢', '😀', "'s", '7'), maxLength: 300 }),
      fc.constantFrom('aaaaaaaa', ' \t\n').map((run) => run.repeat(40)),
    );
    fc.assert(
      fc.property(text, (each) => {
        expect(counter.count(each, Infinity)).toMatchObject({ tokens: exactly(each), exact: true });
      }),
      { numRuns: 500 },
    );
  });

  it('counts special tokens as the text that they are', () => {
    expect(counter.count('a<|endoftext|>b', Infinity).tokens).toBe(exactly('a<|endoftext|>b'));
  });

  it('counts by bytes what its budget does not reach, and says so', () => {
    expect(counter.count('x'.repeat(1000), 100)).toEqual({ tokens: 1000, exact: false, mergedBytes: 0 });
    expect(counter.count('hello world', 0)).toEqual({ tokens: 2, exact: true, mergedBytes: 0 });
  });
});

describe('TokenizerPool', () => {
  const pool = new TokenizerPool({ countTimeoutMs: 5_000, loadTimeoutMs: 60_000 });
  beforeAll(() => pool.warm('o200k_base'), 60_000);
  afterAll(() => pool.close());

  it('counts text exactly, in either encoding', async () => {
    expect(await pool.count('hello <|endoftext|> world', 'o200k_base')).toEqual({
      tokens: exactly('hello <|endoftext|> world'),
      exact: true,
    });
    expect(await pool.count('hello world', 'cl100k_base')).toEqual({ tokens: 2, exact: true });
    expect(await pool.count('', 'o200k_base')).toEqual({ tokens: 0, exact: true });
  });

  it('adds texts up without joining them', async () => {
    const texts = ['hel', 'lo', 'hello'];
    const sum = texts.reduce((total, text) => total + exactly(text), 0);
    expect(await pool.countAll(texts, 'o200k_base')).toEqual({ tokens: sum, exact: true });
  });

  const hostile: [string, string][] = [
    ['one letter', 'a'.repeat(1_000_000)],
    ['spaces', ' '.repeat(1_000_000)],
    ['random Han', random(333_333, (next) => String.fromCharCode(0x4e00 + next(20_000)))],
    ['random emoji', random(250_000, (next) => String.fromCodePoint(0x1f300 + next(700)))],
    ['random letters', random(1_000_000, (next) => String.fromCharCode(97 + next(26)))],
    ['line feeds', '\n'.repeat(1_000_000)],
  ];

  it.each(hostile)(
    'answers for a megabyte of %s in a second or so, without holding up the event loop',
    async (_, text) => {
      let latest = process.hrtime.bigint();
      const started = latest;
      let longestMs = 0;
      const ticks = setInterval(() => {
        const now = process.hrtime.bigint();
        longestMs = Math.max(longestMs, Number(now - latest) / 1e6);
        latest = now;
      }, 1);
      const { tokens, exact } = await pool.count(text, 'o200k_base');
      clearInterval(ticks);
      const tookMs = Number(process.hrtime.bigint() - started) / 1e6;
      expect(tokens).toBeLessThanOrEqual(Buffer.byteLength(text));
      expect(tokens).toBeGreaterThan(0);
      expect(exact).toBe(false);
      // Generous, because other processes share the machine; the merge that this replaces takes hours.
      expect(tookMs).toBeLessThan(3_000);
      expect(longestMs).toBeLessThan(200);
    },
  );

  it('is exact on half a megabyte without a break', async () => {
    expect(await pool.count('a'.repeat(500_000), 'o200k_base')).toEqual({ tokens: 62_500, exact: true });
    expect(await pool.count(' '.repeat(500_000), 'o200k_base')).toMatchObject({ exact: true });
  });

  it('is exact on long prose', async () => {
    const text = 'The quick brown fox jumps over the lazy dog. '.repeat(10_000);
    expect(await pool.count(text, 'o200k_base')).toEqual({ tokens: 100_001, exact: true });
  });

  it('answers what comes on top of a full queue by its bytes', async () => {
    const small = new TokenizerPool({ maxQueuedCodeUnits: 10 });
    expect(await small.count('x'.repeat(11), 'o200k_base')).toEqual({ tokens: 11, exact: false });
    await small.close();
  });

  it('answers by bytes when the worker is late', async () => {
    const hasty = new TokenizerPool({ loadTimeoutMs: 1 });
    expect(await hasty.count('hello world', 'o200k_base')).toEqual({ tokens: 11, exact: false });
    await hasty.close();
  });

  it('answers by bytes what is waiting when it closes, and everything later', async () => {
    const closing = new TokenizerPool();
    const waiting = [closing.count('hello world', 'o200k_base'), closing.count('hi', 'o200k_base')];
    await closing.close();
    expect(await Promise.all(waiting)).toEqual([
      { tokens: 11, exact: false },
      { tokens: 2, exact: false },
    ]);
    expect(await closing.count('hi', 'o200k_base')).toEqual({ tokens: 2, exact: false });
  });
});
