import * as fc from 'fast-check';
import { memberText, spliceNested, spliceTopLevel, textAt } from '../../../src/domain/metering/splice-json';

const objects = fc
  .dictionary(fc.string(), fc.jsonValue(), { maxKeys: 8 })
  .filter((value) => !('__proto__' in value));
const spaces = fc.constantFrom(undefined, 1, 2, '\t');

describe('spliceTopLevel', () => {
  it('gives text that parses to the edited object, whatever the object, the spacing and the edits', () => {
    const edits = fc.tuple(objects, spaces, objects, fc.array(fc.string()));
    fc.assert(
      fc.property(edits, ([object, space, set, extra]) => {
        const remove = [...extra, ...Object.keys(object).filter((_, index) => index % 2 === 1)];
        const raw = Object.fromEntries(
          Object.entries(set).map(([name, value]) => [name, JSON.stringify(value)]),
        );
        const edited = spliceTopLevel(JSON.stringify(object, null, space), { set: raw, remove });

        const expected = new Map<string, unknown>(Object.entries(object));
        for (const name of remove) expected.delete(name);
        for (const [name, value] of Object.entries(set)) expected.set(name, value);
        expect(new Map(Object.entries(JSON.parse(edited) as object))).toEqual(
          new Map(Object.entries(JSON.parse(JSON.stringify(Object.fromEntries(expected))) as object)),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('leaves every byte before and behind a replaced value as it was', () => {
    fc.assert(
      fc.property(objects, objects, spaces, (before, after, space) => {
        const inner = (value: object): string => JSON.stringify(value, null, space).slice(1, -1).trimEnd();
        const head = inner(before) === '' ? '' : `${inner(before)},`;
        const tail = inner(after) === '' ? '' : `,${inner(after)}`;
        fc.pre(!('m' in before) && !('m' in after));
        const text = (value: string): string => ` {${head} "m" :\t${value} ${tail}} \n`;
        expect(spliceTopLevel(text('[1, {"m":2}]'), { set: { m: '"new"' } })).toBe(text('"new"'));
      }),
    );
  });

  it('keeps big integers, exponents and spacing of members that it does not touch', () => {
    const text = '{ "id" : 12345678901234567890,\n  "model": "a", "rate":1.0e-7 }';
    expect(spliceTopLevel(text, { set: { model: '"b"' } })).toBe(
      '{ "id" : 12345678901234567890,\n  "model": "b", "rate":1.0e-7 }',
    );
    expect(spliceTopLevel(text, { remove: ['id'] })).toBe('{ "model": "a", "rate":1.0e-7 }');
    expect(spliceTopLevel(text, { remove: ['rate'] })).toBe(
      '{ "id" : 12345678901234567890,\n  "model": "a" }',
    );
  });

  it('replaces and removes every occurrence of a repeated name, however it is escaped', () => {
    const text = '{"model":"a","x":{"model":"inner"},"mod\\u0065l":"b"}';
    expect(spliceTopLevel(text, { set: { model: '"c"' } })).toBe(
      '{"model":"c","x":{"model":"inner"},"mod\\u0065l":"c"}',
    );
    expect(spliceTopLevel(text, { remove: ['model'] })).toBe('{"x":{"model":"inner"}}');
  });

  it('adds to an empty object and to one that the edits empty', () => {
    expect(spliceTopLevel('{ }', { set: { a: '1' } })).toBe('{"a":1 }');
    expect(spliceTopLevel('{"b":2}', { set: { a: '1' }, remove: ['b'] })).toBe('{"a":1}');
  });

  it('is not led astray by brackets, commas and quotes inside strings', () => {
    const text = '{"a":"}],\\"{\\\\","b":["]",{"c":"}"}],"d":1}';
    expect(JSON.parse(spliceTopLevel(text, { remove: ['b'] }))).toEqual({ a: '}],"{\\', d: 1 });
  });

  it('edits a body nested a million deep without running out of stack', () => {
    const deep = '['.repeat(1_000_000) + ']'.repeat(1_000_000);
    expect(spliceTopLevel(`{"x":${deep},"a":1}`, { set: { a: '2' } })).toBe(`{"x":${deep},"a":2}`);
  });

  it.each(['[1]', '"{}"', '{"a":1', '{"a"}', '{"a":}', ''])(
    'refuses %j, which is not a JSON object',
    (text) => {
      expect(() => spliceTopLevel(text, { set: { b: '1' } })).toThrow();
    },
  );
});

describe('spliceNested', () => {
  it('adds to, replaces in and creates the inner object', () => {
    const set = { include_usage: 'true' };
    expect(spliceNested('{"a":1}', 'o', { set })).toBe('{"a":1,"o":{"include_usage":true}}');
    expect(spliceNested('{"o":null}', 'o', { set })).toBe('{"o":{"include_usage":true}}');
    expect(spliceNested('{"o":{"x":1, "include_usage":false}}', 'o', { set })).toBe(
      '{"o":{"x":1, "include_usage":true}}',
    );
    expect(spliceNested('{"o":{"tags":[1],"x":2}}', 'o', { remove: ['tags'] })).toBe('{"o":{"x":2}}');
  });

  it('leaves a member of another type and an absent one to remove from alone', () => {
    expect(spliceNested('{"o":"text"}', 'o', { set: { a: '1' } })).toBe('{"o":"text"}');
    expect(spliceNested('{"a":1}', 'o', { remove: ['tags'] })).toBe('{"a":1}');
  });
});

describe('memberText', () => {
  it('answers the digits as sent, the last of repeated names, and null for what is absent', () => {
    expect(memberText('{"cost": 0.10000000000000000001 , "b":1}', 'cost')).toBe('0.10000000000000000001');
    expect(memberText('{"a":1,"a":2}', 'a')).toBe('2');
    expect(memberText('{"a":1}', 'b')).toBeNull();
    expect(textAt('{"usage":{"cost": 1e-7}}', ['usage', 'cost'])).toBe('1e-7');
    expect(textAt('{"usage":null}', ['usage', 'cost'])).toBeNull();
  });
});
