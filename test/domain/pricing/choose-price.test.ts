import { choosePrice, type PriceQuery, type PriceRule } from '../../../src/domain/pricing/choose-price';
import {
  canonicalProvider,
  lookupNames,
  splitModel,
  undatedModel,
} from '../../../src/domain/pricing/model-name';
import { priceSheet } from '../../../src/domain/pricing/price';

const sheet = priceSheet({});

function rule(id: string, over: Partial<PriceRule> = {}): PriceRule {
  return {
    id,
    scope: 'MODEL',
    scopeId: null,
    provider: null,
    model: 'gpt-4o',
    effectiveFromMs: null,
    effectiveUntilMs: null,
    sheet,
    source: 'test',
    ...over,
  };
}

const query: PriceQuery = {
  provider: 'openai',
  model: 'gpt-4o',
  atMs: 1_000,
  keyId: 'key_1',
  teamId: 'team_1',
  organizationId: 'org_1',
  deploymentId: 'dep_1',
};

function idOf(rules: PriceRule[], over: Partial<PriceQuery> = {}): string | null {
  return choosePrice(rules, { ...query, ...over })?.rule.id ?? null;
}

describe('the choice of a price', () => {
  const ladder = [
    rule('catalogue', { scope: 'CATALOGUE' }),
    rule('model'),
    rule('deployment', { scope: 'DEPLOYMENT', scopeId: 'dep_1' }),
    rule('organization', { scope: 'ORGANIZATION', scopeId: 'org_1' }),
    rule('team', { scope: 'TEAM', scopeId: 'team_1' }),
    rule('key', { scope: 'KEY', scopeId: 'key_1' }),
  ];

  it('goes contract, deployment, custom model, catalogue, whatever the order of the rules', () => {
    for (let length = ladder.length; length > 0; length--) {
      const rules = ladder.slice(0, length);
      expect(idOf(rules)).toBe(rules[length - 1]?.id);
      expect(idOf([...rules].reverse())).toBe(rules[length - 1]?.id);
    }
  });

  it('leaves out the contracts and deployments of others', () => {
    expect(
      idOf(ladder, { keyId: 'key_2', teamId: null, organizationId: 'org_2', deploymentId: 'dep_2' }),
    ).toBe('model');
    expect(idOf([rule('nobody', { scope: 'KEY' })], { keyId: null })).toBeNull();
  });

  it('holds from its first instant until just before its last', () => {
    const dated = [
      rule('old', { effectiveUntilMs: 1_000 }),
      rule('new', { effectiveFromMs: 1_000, effectiveUntilMs: 2_000 }),
    ];
    expect([999, 1_000, 1_999, 2_000].map((atMs) => idOf(dated, { atMs }))).toEqual([
      'old',
      'new',
      'new',
      null,
    ]);
  });

  it('takes the newest of several that hold', () => {
    const rules = [
      rule('newer', { effectiveFromMs: 500 }),
      rule('oldest'),
      rule('old', { effectiveFromMs: 400 }),
    ];
    expect(idOf(rules)).toBe('newer');
  });

  it('prefers a name to a pattern, and the longer pattern to the shorter', () => {
    const rules = [
      rule('any', { model: '*' }),
      rule('openai', { model: 'openai/*' }),
      rule('family', { model: 'openai/gpt-4*' }),
    ];
    expect(idOf(rules)).toBe('family');
    expect(idOf([...rules, rule('name', { effectiveFromMs: null })])).toBe('name');
    expect(idOf(rules, { model: 'o3' })).toBe('openai');
    expect(idOf(rules, { provider: 'anthropic', model: 'claude-opus-5' })).toBe('any');
    expect(choosePrice(rules, query)?.match).toBe('WILDCARD');
  });

  it('does not take the price of a provider for that of another who resells its models', () => {
    const rules = [rule('openai', { model: 'openai/gpt-4o' })];
    expect(idOf(rules)).toBe('openai');
    expect(idOf(rules, { provider: null, model: 'openai/gpt-4o' })).toBe('openai');
    expect(idOf(rules, { provider: 'openrouter', model: 'openai/gpt-4o' })).toBeNull();
    const resold = [rule('resold', { provider: 'openrouter', model: 'openai/gpt-4o' })];
    expect(idOf(resold, { provider: 'openrouter', model: 'openai/gpt-4o' })).toBe('resold');
    expect(idOf(resold)).toBeNull();
  });

  it('compares providers and names in whatever spelling', () => {
    expect(
      idOf([rule('google', { provider: 'google', model: 'Gemini-2.5-Pro' })], {
        provider: 'gemini',
        model: 'gemini-2.5-pro',
      }),
    ).toBe('google');
    expect(
      idOf([rule('regional', { model: 'azure/us/gpt-5.6' }), rule('plain', { model: 'gpt-5.6' })], {
        provider: 'azure',
        model: 'us/gpt-5.6',
      }),
    ).toBe('regional');
    expect(idOf([rule('plain', { model: 'gpt-5.6' })], { provider: 'azure', model: 'us/gpt-5.6' })).toBe(
      'plain',
    );
  });

  it('lends a dated snapshot the price of its family only where nothing prices the snapshot', () => {
    const family = rule('family', { scope: 'KEY', scopeId: 'key_1' });
    const snapshot = rule('snapshot', { scope: 'CATALOGUE', model: 'gpt-4o-2024-05-13' });
    expect(idOf([family, snapshot], { model: 'gpt-4o-2024-05-13' })).toBe('snapshot');
    expect(choosePrice([family], { ...query, model: 'gpt-4o-2024-05-13' })).toMatchObject({
      rule: { id: 'family' },
      match: 'UNDATED',
    });
  });

  it('says which rule it took and why', () => {
    expect(choosePrice([rule('price_1', { scope: 'TEAM', scopeId: 'team_1' })], query)?.reason).toBe(
      'The TEAM team_1 price price_1 names the model "gpt-4o" (test).',
    );
  });
});

describe('the name of a model', () => {
  it('is split at a provider, and only there', () => {
    expect(splitModel('openai/gpt-4o')).toEqual({ provider: 'openai', model: 'gpt-4o' });
    expect(splitModel('google/gemini-2.5-pro')).toEqual({ provider: 'gemini', model: 'gemini-2.5-pro' });
    expect(splitModel('openrouter/openai/gpt-4o')).toEqual({
      provider: 'openrouter',
      model: 'openai/gpt-4o',
    });
    expect(splitModel('meta-llama/llama-4')).toEqual({ provider: null, model: 'meta-llama/llama-4' });
    expect(splitModel('openai/')).toEqual({ provider: null, model: 'openai/' });
    expect(splitModel(' gpt-4o ')).toEqual({ provider: null, model: 'gpt-4o' });
  });

  it('is looked up from the most specific spelling to the least', () => {
    expect(lookupNames('azure', 'us/GPT-5.6')).toEqual([
      'azure/us/gpt-5.6',
      'azure/gpt-5.6',
      'us/gpt-5.6',
      'gpt-5.6',
    ]);
    expect(lookupNames(null, 'openai/gpt-4o')).toEqual(['openai/gpt-4o', 'gpt-4o']);
    expect(lookupNames('openai', 'openai/gpt-4o')).toEqual(['openai/gpt-4o', 'gpt-4o']);
  });

  it('loses its date, and nothing that only looks like one', () => {
    expect(undatedModel('gpt-4o-2024-08-06')).toBe('gpt-4o');
    expect(undatedModel('claude-haiku-4-5-20251001')).toBe('claude-haiku-4-5');
    expect(undatedModel('claude-haiku-4-5@20251001')).toBe('claude-haiku-4-5');
    expect(undatedModel('gpt-5-chat-latest')).toBe('gpt-5-chat');
    expect(undatedModel('gpt-4-0613')).toBeNull();
    expect(undatedModel('gpt-4o')).toBeNull();
    expect(undatedModel('model-2024-13-40')).toBeNull();
  });

  it('may be a name that every JavaScript object inherits', () => {
    expect(canonicalProvider('constructor')).toBe('constructor');
    expect(idOf([rule('own', { model: 'constructor' })], { model: 'constructor' })).toBe('own');
  });

  it('keeps one spelling of a provider', () => {
    expect(['Google', 'aws', 'x-ai', 'together', 'openai'].map(canonicalProvider)).toEqual([
      'gemini',
      'bedrock',
      'xai',
      'together_ai',
      'openai',
    ]);
  });
});
