import { Decimal } from '../../../src/domain/money/rate';
import {
  choosePrice,
  rankPrices,
  type PriceQuery,
  type PriceRule,
} from '../../../src/domain/pricing/choose-price';
import { priceSheet } from '../../../src/domain/pricing/price';
import { PriceIndex } from '../../../src/domain/pricing/price-index';

const SHEET = priceSheet({ inputText: { usd: new Decimal(1), per: 1 } });

function rule(id: string, model: string, over: Partial<PriceRule> = {}): PriceRule {
  return {
    ...{ id, model, scope: 'MODEL', scopeId: null, provider: null, sheet: SHEET, source: 'test' },
    effectiveFromMs: null,
    effectiveUntilMs: null,
    ...over,
  };
}

const RULES: readonly PriceRule[] = [
  rule('plain', 'gpt-4o'),
  rule('named', 'openai/gpt-4o'),
  rule('provider', 'GPT-4o', { provider: 'openai' }),
  rule('other', 'gpt-4o', { provider: 'azure' }),
  rule('all', '*'),
  rule('openai', 'openai/*'),
  rule('family', 'gpt-4o', { scope: 'KEY', scopeId: 'key_1' }),
  rule('dated', 'gpt-4o-2024-08-06'),
  rule('old', 'gpt-4o', { effectiveUntilMs: 5 }),
  rule('region', 'bedrock/us-east-1/claude'),
  rule('claude', 'claude', { provider: 'bedrock', scope: 'CATALOGUE' }),
];
const QUERIES: readonly PriceQuery[] = [
  ...['gpt-4o', 'openai/gpt-4o', 'gpt-4o-2024-08-06', 'gpt-4o-latest', 'claude', 'unknown'].flatMap((model) =>
    [null, 'openai', 'azure', 'bedrock'].flatMap((provider) =>
      [1, 10].map((atMs) => ({ model, provider, atMs, keyId: 'key_1' })),
    ),
  ),
  { model: 'us-east-1/claude', provider: 'bedrock', atMs: 1 },
];

describe('the candidates of a call', () => {
  it('start with the price that holds, whatever the call', () => {
    for (const query of QUERIES) {
      expect(rankPrices(RULES, query)[0]?.rule.id).toBe(choosePrice(RULES, query)?.rule.id);
    }
  });

  it('each tell why another goes before them', () => {
    const told = rankPrices(RULES, { provider: 'openai', model: 'gpt-4o', atMs: 10, keyId: 'key_1' });
    expect(told.map(({ rule: { id }, beatenBecause }) => [id, beatenBecause])).toEqual([
      ['family', null],
      ['provider', 'its scope is less binding'],
      ['named', 'its scope is less binding'],
      ['plain', 'its scope is less binding'],
      ['openai', 'its scope is less binding'],
      ['all', 'its scope is less binding'],
    ]);
    const unkeyed = rankPrices(RULES, { provider: 'openai', model: 'gpt-4o', atMs: 10 });
    expect(unkeyed.map(({ beatenBecause }) => beatenBecause)).toEqual([
      null,
      'it is for every provider, and the other for this one',
      'it is less specific',
      'it is a pattern, and the other names the model',
      'it is a pattern, and the other names the model',
    ]);
  });
});

describe('the index of prices', () => {
  it('leaves out no rule that a call could have', () => {
    const index = new PriceIndex(RULES);
    for (const query of QUERIES) {
      const among = index.candidates(query.provider, query.model);
      expect(rankPrices(among, query)).toEqual(rankPrices(RULES, query));
    }
  });

  it('does not look at rules of other models', () => {
    const index = new PriceIndex(RULES);
    expect(index.candidates('bedrock', 'claude').map(({ id }) => id)).toEqual(['all', 'openai', 'claude']);
  });
});
