import * as fc from 'fast-check';
import { shapeProblem, type ShapeProblem } from '../../../src/domain/metering/json-shape';
import { nfkcGrowth } from '../../../src/domain/metering/text-bytes';

const LIMITS = { depth: 5, topMembers: 4, strings: 20, values: 30 };
const NONE = { depth: 1e9, topMembers: 1e9, strings: 1e9, values: 1e9 };
const RESERVED = new Set(['max_tokens', 'stop']);
const problem = (text: string): ShapeProblem | null => shapeProblem(text, LIMITS, RESERVED);

describe('shapeProblem', () => {
  it.each([
    ['{"max_tokens":9,"max_tokens":1}', 'max_tokens'],
    ['{"max_tokens":9,"Max_tokens":1}', 'Max_tokens'],
    ['{"a":{"b":"}"},"max_\\u0074okens":9,"max_tokens":1}', 'max_tokens'],
    ['{"own":1,"OWN":2}', 'OWN'],
  ])('finds the repeated name in %s', (text, name) => {
    expect(problem(text)).toEqual({ kind: 'REPEATED', name });
  });

  it.each(['Max_tokens', 'MAX_TOKENS', 'max_to\u212Aens', '\u017Ftop'])(
    'finds that %s would be read as a reserved name by a reader that ignores case',
    (name) => {
      expect(problem(JSON.stringify({ [name]: 1 }))).toEqual({ kind: 'MISSPELT', name });
    },
  );

  it('leaves repeats below the top, and other names with capitals, alone', () => {
    expect(problem('{"x":{"a":1,"a":2},"y":[{"A":1},{"a":"\\"a\\":1"}],"providerOptions":{}}')).toBeNull();
  });

  it.each([
    ['DEPTH', '['.repeat(6)],
    ['TOP_MEMBERS', '{"a":1,"b":1,"c":1,"d":1,"e":1}'],
    ['STRINGS', JSON.stringify({ a: Array.from({ length: 20 }, () => '') })],
    ['VALUES', JSON.stringify(Array(40).fill(1))],
  ])('stops at too much: %s', (kind, text) => {
    expect(problem(text)).toEqual({ kind });
  });

  it('finds nothing in any object that JSON.stringify writes, for its names differ', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z"\\]{1,6}$/), fc.jsonValue()), (value) => {
        expect(shapeProblem(JSON.stringify(value), NONE, new Set())).toBeNull();
      }),
    );
  });

  it('does not fail on text that is no JSON', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('', '{"', '{"a":"\\'), (text, head) => {
        expect(() => shapeProblem(head + text, NONE, RESERVED)).not.toThrow();
      }),
    );
  });
});

describe('nfkcGrowth of a text too long to normalise', () => {
  it('is no less for any character than what normalising adds', () => {
    const filler = 'é'.repeat(200_000);
    const short: string[] = [];
    for (let code = 0x80; code < 0x30000; code += 1) {
      if (code < 0xd800 || code > 0xdfff) short.push(String.fromCodePoint(code));
    }
    const text = short.join('');
    const grown = short.reduce(
      (sum, character) =>
        sum + Math.max(0, Buffer.byteLength(character.normalize('NFKC')) - Buffer.byteLength(character)),
      0,
    );
    expect(nfkcGrowth(filler)).toBe(0);
    expect(nfkcGrowth(filler + text)).toBeGreaterThanOrEqual(grown);
    for (const character of short.filter((each) => each.normalize('NFKC').length > each.length + 2)) {
      const most = Buffer.byteLength(character.normalize('NFKC')) - Buffer.byteLength(character);
      expect(nfkcGrowth(filler + character.repeat(10))).toBeGreaterThanOrEqual(10 * most);
    }
  }, 60_000);
});
