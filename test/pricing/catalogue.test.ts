import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { calcPrice, waitForUpdate, type Provider } from '@pydantic/genai-prices';
import { formatMoney } from '../../src/domain/money/decimal-text';
import { costOf } from '../../src/domain/pricing/cost-of';
import { choosePrice } from '../../src/domain/pricing/choose-price';
import { isFree } from '../../src/domain/pricing/price';
import { priceSheetFromJson, priceSheetToJson } from '../../src/domain/pricing/price-json';
import type { Usage } from '../../src/domain/usage/usage';
import {
  findCataloguePrice,
  findModelFacts,
  inferProvider,
  listCatalogue,
} from '../../src/pricing/catalogue';
import { CATALOGUE_RELEASE } from '../../src/pricing/catalogue-data';
import { CATALOGUE_PROVIDER_IDS } from '../../src/pricing/catalogue-providers';
import { unknownPriceKeys } from '../../src/pricing/catalogue-rates';

const NOW = Date.parse('2026-11-24T12:00:00Z');

async function bundled(): Promise<Provider[]> {
  const providers = await waitForUpdate();
  if (providers === null) throw new Error('the library has no bundled data');
  return providers;
}

function total(provider: string | null, model: string, usage: Usage, atMs = NOW): string | null {
  const price = findCataloguePrice(provider, model, atMs);
  if (price === null) return null;
  const cost = costOf(usage, price.sheet, { atMs });
  return cost.total === null ? null : formatMoney(cost.total);
}

describe('the offline catalogue', () => {
  it('prices well-known models to the last digit', () => {
    const usage = { inputText: 1_000_000, outputText: 1_000_000 };
    expect(total('openai', 'gpt-4o-mini', usage)).toBe('0.75');
    expect(total('openai', 'gpt-4o', { inputText: 7, inputCacheRead: 3, outputText: 1 })).toBe('0.00003125');
    expect(total('anthropic', 'claude-sonnet-4-6', { inputText: 1, outputText: 1 })).toBe('0.000018');
    expect(total('gemini', 'gemini-2.5-flash', { inputText: 3, inputAudio: 5 })).toBe('0.0000059');
  });

  it('reprices the whole request above a threshold', () => {
    const price = (tokens: number) =>
      total('gemini', 'gemini-2.5-pro', { inputText: tokens, outputText: 1_000 });
    expect(price(200_000)).toBe('0.26');
    expect(price(200_001)).toBe('0.5150025');
  });

  it('prices a call by the day on which it was made', () => {
    const usage = { inputText: 1_000_000 };
    expect(total('gemini', 'gemini-3.6-flash', usage, Date.parse('2026-12-31T23:59:59Z'))).toBe('0.75');
    expect(total('gemini', 'gemini-3.6-flash', usage, Date.parse('2027-01-01T00:00:00Z'))).toBe('1.5');
    const rule = findCataloguePrice('gemini', 'gemini-3.6-flash', Date.parse('2027-02-01T00:00:00Z'));
    expect(rule?.source).toBe(`${CATALOGUE_RELEASE}: google/gemini-3.6-flash since 2027-01-01`);
    expect(rule?.effectiveFromMs).toBe(Date.parse('2027-01-01T00:00:00Z'));
  });

  it('prices a call by the hour at which it was made', () => {
    const usage = { inputText: 1_000_000 };
    expect(total('deepseek', 'deepseek-v4-pro', usage, Date.parse('2026-11-24T02:00:00Z'))).toBe('1.32');
    expect(total('deepseek', 'deepseek-v4-pro', usage, Date.parse('2026-11-24T04:00:00Z'))).toBe('0.66');
  });

  it('halves a batch only for providers that halve all of theirs', () => {
    const batched = (provider: string, model: string) => {
      const price = findCataloguePrice(provider, model, NOW);
      const cost = price && costOf({ inputText: 1_000_000 }, price.sheet, { atMs: NOW, batch: true });
      return typeof cost?.total === 'bigint' ? formatMoney(cost.total) : null;
    };
    expect(batched('openai', 'gpt-4o')).toBe('1.25');
    expect(batched('azure', 'gpt-4o')).toBe('2.5');
  });

  it('keeps an hourly price exact although it is no finite decimal a millisecond', () => {
    expect(total('openai', 'whisper-1', { inputAudioMs: 90_000 })).toBe('0.009');
    expect(total('groq', 'whisper-large-v3', { inputAudioMs: 1 })).toBe('0.000308333333');
  });

  it('tells the provider of a bare name', () => {
    expect(inferProvider('gpt-4o-mini')).toBe('openai');
    expect(inferProvider('text-embedding-3-small')).toBe('openai');
    expect(inferProvider('claude-opus-4-8')).toBe('anthropic');
    expect(inferProvider('gemini-2.5-pro')).toBe('gemini');
    expect(inferProvider('grok-4')).toBe('xai');
    expect(inferProvider('us.anthropic.claude-sonnet-4-5-20250929-v1:0')).toBe('bedrock');
    expect(inferProvider('openrouter/openai/gpt-4o')).toBe('openrouter');
    expect(inferProvider('my-own-model')).toBeNull();
  });

  it('finds a model under the spellings of its provider', () => {
    const usage = { inputText: 1_000_000 };
    expect(total(null, 'openai/gpt-4o', usage)).toBe('2.5');
    expect(total(null, 'gpt-4o-2024-05-13', usage)).toBe('5');
    expect(total('vertex_ai', 'gemini-2.5-flash', usage)).toBe('0.3');
    expect(total('google', 'gemini-2.5-flash', usage)).toBe('0.3');
    expect(total('azure', 'gpt-4o', usage)).toBe('2.5');
  });

  it('answers null for what it does not know, rather than a price of zero', () => {
    expect(findCataloguePrice(null, 'my-own-model', NOW)).toBeNull();
    expect(findCataloguePrice('openai', 'my-own-model', NOW)).toBeNull();
    expect(findCataloguePrice('no-such-provider', 'gpt-4o', NOW)).toBeNull();
    expect(findCataloguePrice('github_copilot', 'gpt-4o', NOW)).toBeNull();
    expect(findCataloguePrice('openai', 'x'.repeat(100_000), NOW)).toBeNull();
  });

  it('calls a model free only where its provider does', () => {
    const free = findCataloguePrice('openrouter', 'deepseek/deepseek-r1:free', NOW);
    expect(free !== null && isFree(free.sheet)).toBe(true);
    expect(free && costOf({ inputText: 5, outputText: 5 }, free.sheet, { atMs: NOW }).status).toBe('FREE');
  });

  it('gives rules that the choice of a price accepts', () => {
    const rule = findCataloguePrice('openai', 'gpt-4o', NOW);
    if (rule === null) throw new Error('gpt-4o is priced');
    expect(choosePrice([rule], { provider: 'openai', model: 'gpt-4o', atMs: NOW })?.rule).toBe(rule);
  });

  it('knows context windows where the data has them', () => {
    expect(findModelFacts('openai', 'gpt-4o')).toEqual({ contextWindowTokens: 128_000, deprecated: false });
    expect(findModelFacts('openai', 'my-own-model')).toBeNull();
  });

  it('lists models page by page', () => {
    const all = listCatalogue({ provider: 'gemini', atMs: NOW });
    expect(all.length).toBeGreaterThan(40);
    expect(all.every((model) => model.provider === 'gemini')).toBe(true);
    const pages = [
      ...listCatalogue({ provider: 'google', atMs: NOW, limit: 10 }),
      ...listCatalogue({ provider: 'google', atMs: NOW, offset: 10 }),
    ];
    expect(pages.map((model) => model.model)).toEqual(all.map((model) => model.model));
    expect(
      listCatalogue({ search: 'GPT-4O-MINI', atMs: NOW }).some((model) => model.model === 'gpt-4o-mini'),
    ).toBe(true);
    expect(listCatalogue({ provider: 'no-such-provider', atMs: NOW })).toEqual([]);
  });
});

describe('the bundled data', () => {
  it('is the release that the source of a price names', () => {
    const file = join(__dirname, '../../node_modules/@pydantic/genai-prices/package.json');
    const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as { name: string; version: string };
    expect(CATALOGUE_RELEASE.startsWith(`${name} ${version} of 20`)).toBe(true);
  });

  it('has no provider and no price key that the catalogue passes over', async () => {
    const providers = await bundled();
    expect([...CATALOGUE_PROVIDER_IDS].sort()).toEqual(providers.map((provider) => provider.id).sort());
    const blocks = providers
      .flatMap((provider) => provider.models.map((model) => model.prices))
      .flatMap((prices) => (Array.isArray(prices) ? prices.map((block) => block.prices) : [prices]));
    expect(blocks.flatMap((block) => unknownPriceKeys(block))).toEqual([]);
  });

  it('costs what the library computes, for every model, across thresholds, dates and hours', async () => {
    const instants = [
      '2026-01-15T02:00:00Z',
      '2026-11-24T02:30:00Z',
      '2026-11-24T12:00:00Z',
      '2027-03-01T20:00:00Z',
    ];
    const models = (await bundled()).flatMap((provider) =>
      provider.models.map(({ id }) => ({ provider, id })),
    );
    const scenarios = instants.flatMap((instant) => [1, 250, 1_300].map((scale) => ({ instant, scale })));
    const results = models.flatMap(({ provider, id }) =>
      scenarios.map(({ instant, scale }) => differenceFor(provider, id, instant, scale)),
    );
    const compared = results.filter((result) => result !== null).length;
    const differences = results.filter((result) => result !== null && result !== '');
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(15_000);
  });

  it('gives sheets that survive being stored', () => {
    for (const { price } of listCatalogue({ atMs: NOW })) {
      if (price === null) continue;
      const json = priceSheetToJson(price.sheet);
      const read = priceSheetFromJson(json);
      expect(read.ok && priceSheetToJson(read.value)).toEqual(json);
    }
  });
});

/** Null where there is nothing to compare, empty where both agree (the library computes in floats). */
function differenceFor(provider: Provider, model: string, instant: string, scale: number): string | null {
  const [text, read, written, output] = [700 * scale, 200 * scale, 100 * scale, 50 * scale];
  const usage = {
    input_tokens: text + read + written,
    cache_read_tokens: read,
    cache_write_tokens: written,
    output_tokens: output,
  };
  const atMs = Date.parse(instant);
  const expected = calcPrice(usage, model, { providerId: provider.id, timestamp: new Date(atMs) });
  const price = findCataloguePrice(provider.id, model, atMs);
  if (expected === null || price === null) return null;
  const cost = costOf(
    { inputText: text, inputCacheRead: read, inputCacheWrite5m: written, outputText: output },
    price.sheet,
    { atMs },
  );
  if (cost.total === null) return null;
  const dollars = Number(formatMoney(cost.total));
  const tolerance = 1e-9 * Math.max(1, expected.total_price);
  if (Math.abs(dollars - expected.total_price) <= tolerance) return '';
  return `${provider.id}/${model} at ${instant}: ${dollars}, the library says ${expected.total_price}`;
}
