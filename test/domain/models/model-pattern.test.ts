import fc from 'fast-check';
import {
  allowedByAll,
  allowsModel,
  captureModel,
  fillPattern,
  literalPrefixLength,
  matchesModel,
  modelsBeyond,
} from '../../../src/domain/models/model-pattern';

const piece = fc.string({ unit: fc.constantFrom('a', 'b', '/', '-', '.'), maxLength: 4 });
const pattern = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join('*'));

describe('model patterns', () => {
  it.each([
    ['gpt-4o', 'gpt-4o', []],
    ['gpt-4o', 'gpt-4o-mini', null],
    ['openai/*', 'openai/gpt-4o', ['gpt-4o']],
    ['openai/*', 'openai/', ['']],
    ['*', 'anything', ['anything']],
    ['a*a', 'a', null],
    ['us.*.claude-*', 'us.anthropic.claude-3', ['anthropic', '3']],
    ['a.c', 'abc', null],
  ])('%s against %s captures %j', (text, name, captured) => {
    expect(captureModel(text, name)).toEqual(captured);
  });

  it('matches exactly the names that its stars can be filled to', () => {
    fc.assert(
      fc.property(pattern, fc.array(piece, { minLength: 4, maxLength: 4 }), (text, fillings) => {
        const name = fillPattern(text, fillings);
        const captured = captureModel(text, name);
        expect(captured).not.toBeNull();
        expect(fillPattern(text, captured ?? [])).toBe(name);
      }),
    );
  });

  it('never lets a pattern through whose names reach beyond the allowed ones', () => {
    fc.assert(
      fc.property(
        pattern,
        pattern,
        fc.array(piece, { minLength: 4, maxLength: 4 }),
        (outer, inner, fillings) => {
          if (modelsBeyond([outer], [inner]).length > 0) return;
          expect(matchesModel(outer, fillPattern(inner, fillings))).toBe(true);
        },
      ),
    );
  });

  it('takes an empty list for all models and asks every list', () => {
    expect(allowsModel([], 'gpt-4o')).toBe(true);
    expect(allowedByAll([[], ['gpt-*'], ['gpt-4o']], 'gpt-4o')).toBe(true);
    expect(allowedByAll([['gpt-*'], ['claude-*']], 'gpt-4o')).toBe(false);
    expect(modelsBeyond(['gpt-*'], ['gpt-4o', 'claude-3', '*', 'gpt-4*'])).toEqual(['claude-3', '*']);
  });

  it('ranks a pattern by what stands before its first star', () => {
    expect(['*', 'gpt-*', 'gpt-4*-x', 'gpt-4o'].map(literalPrefixLength)).toEqual([0, 4, 5, 6]);
  });
});
