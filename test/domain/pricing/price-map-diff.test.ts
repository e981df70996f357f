import { readPriceMap, type PriceMap } from '../../../src/domain/pricing/litellm-price-map';
import { diffPriceMap, type ImportedPrice } from '../../../src/domain/pricing/price-map-diff';

function read(text: string): PriceMap {
  const map = readPriceMap(text);
  if (!map.ok) throw new Error(map.error);
  return map.value;
}

/** What a map leaves behind once it is approved. */
function imported(map: PriceMap): ImportedPrice[] {
  return map.priced.map((price, index) => ({ ...price, id: `price_${index}` }));
}

const unlisted = (): null => null;

describe('reading a price map', () => {
  it('keeps 17 digits and reads exponents exactly', () => {
    const map = read(`{
      "a": {"input_cost_per_token": 1.2345678901234567e-06, "output_cost_per_token": 1e-6, "litellm_provider": "openai"},
      "b": {"input_cost_per_token": 0.00000012345678901234567, "litellm_provider": "vertex_ai-language-models"}
    }`);
    expect(map.priced.map(({ provider, model, sheet }) => [provider, model, sheet.rates])).toEqual([
      ['openai', 'a', { inputText: '0.0000012345678901234567', outputText: '0.000001' }],
      ['vertex_ai', 'b', { inputText: '0.00000012345678901234567' }],
    ]);
  });

  it('leaves digits inside of strings, escapes and names alone', () => {
    const map = read(String.raw`{"m\"1 2\\": {"input_cost_per_token": 1e-6, "source": "page 12: \"3e4\""}}`);
    expect(map.priced.map(({ model }) => model)).toEqual(['m"1 2\\']);
  });

  it('skips the explanation and reports every cost key that it does not understand, with its models', () => {
    const map = read(`{
      "sample_spec": {"input_cost_per_token": "words"},
      "a": {"input_cost_per_token": 1e-6, "moonbeam_cost_per_ray": 1, "max_tokens": 5},
      "b": {"moonbeam_cost_per_ray": 2, "tide_surcharge": 3}
    }`);
    expect([...map.unknownKeys]).toEqual([
      ['moonbeam_cost_per_ray', ['a', 'b']],
      ['tide_surcharge', ['b']],
    ]);
    expect([map.priced.map(({ model }) => model), map.unpriced]).toEqual([['a'], 1]);
  });

  it('takes nothing of an entry with a malformed price, and says which key it is', () => {
    const map = read(`{"a": {"input_cost_per_token": -1}, "b": 3, "c": {"output_cost_per_token": "dear"}}`);
    expect(map.priced).toEqual([]);
    expect(map.unreadable.map(({ model, reason }) => `${model} ${reason}`)).toEqual([
      expect.stringMatching(/^a input_cost_per_token: .*negative/),
      'b The entry must be an object.',
      expect.stringMatching(/^c output_cost_per_token: .*no|not a decimal/),
    ]);
  });

  it.each(['', '{', '[]', '3', '{}', '{"sample_spec": {}}'])('refuses %j', (text) => {
    expect(readPriceMap(text).ok).toBe(false);
  });

  it('refuses a text that is too long', () => {
    expect(readPriceMap(' '.repeat(16_000_001))).toMatchObject({ ok: false });
  });
});

describe('comparing a price map', () => {
  const before = read(`{
    "kept": {"input_cost_per_token": 1e-6},
    "moved": {"input_cost_per_token": 1e-6, "input_cost_per_token_flex": 5e-7, "output_cost_per_token": 2e-6},
    "gone": {"output_cost_per_token": 3e-6},
    "broken": {"input_cost_per_token": 1e-6}
  }`);

  it('tells what is added, changed field by field, removed and unreadable, and counts the rest', () => {
    const after = read(`{
      "kept": {"input_cost_per_token": 0.000001},
      "moved": {"input_cost_per_token": 1.5e-6, "input_cost_per_token_priority": 3e-6, "output_cost_per_token": 2e-6},
      "broken": {"input_cost_per_token": -1},
      "new": {"input_cost_per_token": 4e-6}
    }`);
    const diff = diffPriceMap(after, imported(before), unlisted);
    expect(diff.unchanged).toBe(1);
    expect(
      diff.changes.map(({ kind, model, priceId, fields }) => ({ kind, model, priceId, fields })),
    ).toEqual([
      {
        ...{ kind: 'CHANGED', model: 'moved', priceId: 'price_1' },
        fields: [
          { field: 'rates.inputText', old: '0.000001', new: '0.0000015' },
          { field: 'variants[serviceTier=flex].rates.inputText', old: '0.0000005', new: null },
          { field: 'variants[serviceTier=priority].rates.inputText', old: null, new: '0.000003' },
        ],
      },
      {
        ...{ kind: 'ADDED', model: 'new', priceId: null },
        fields: [
          { field: 'batchMultiplier', old: null, new: '0.5' },
          { field: 'rates.inputText', old: null, new: '0.000004' },
        ],
      },
      { kind: 'UNREADABLE', model: 'broken', priceId: null, fields: [] },
      {
        ...{ kind: 'REMOVED', model: 'gone', priceId: 'price_2' },
        fields: [
          { field: 'batchMultiplier', old: '0.5', new: null },
          { field: 'rates.outputText', old: '0.000003', new: null },
        ],
      },
    ]);
  });

  it('finds nothing in the map that it was made from', () => {
    expect(diffPriceMap(before, imported(before), unlisted)).toEqual({ changes: [], unchanged: 4 });
  });

  it('compares a model that was never imported with its list price', () => {
    const map = read('{"kept": {"input_cost_per_token": 2e-6}}');
    const listed = (): PriceMap['priced'][number]['sheet'] => ({
      rates: { inputText: '0.000001' },
      batchMultiplier: '0.5',
    });
    expect(diffPriceMap(map, [], listed).changes).toMatchObject([
      { kind: 'CHANGED', fields: [{ field: 'rates.inputText', old: '0.000001', new: '0.000002' }] },
    ]);
  });
});
