import { err, ok, type Result } from '../result';
import { litellmEntry } from './litellm-entry';
import { canonicalProvider, splitModel } from './model-name';
import { hasRates } from './price';
import { priceSheetFromJson, priceSheetToJson, type PriceSheetJson } from './price-json';

/** LiteLLM's own file has some 2 MB and 3,000 models. */
export const MAX_PRICE_MAP_CHARACTERS = 16_000_000;
const MAX_MODELS = 20_000;
const MAX_NAME_LENGTH = 256;

/** The file's explanation of itself, which is no model. */
const EXPLANATION = 'sample_spec';

export interface PricedModel {
  readonly provider: string | null;
  readonly model: string;
  readonly sheet: PriceSheetJson;
}

export interface UnreadableModel {
  readonly provider: string | null;
  readonly model: string;
  readonly reason: string;
}

export interface PriceMap {
  readonly priced: readonly PricedModel[];
  /** Entries of which a price is malformed. Nothing of them is taken. */
  readonly unreadable: readonly UnreadableModel[];
  /** How many entries name no price at all. */
  readonly unpriced: number;
  /** Keys that look like a cost and are not understood, with the models that have them. */
  readonly unknownKeys: ReadonlyMap<string, readonly string[]>;
}

/** Reads the text of `model_prices_and_context_window.json`. Digits are taken as they are written. */
export function readPriceMap(text: string): Result<PriceMap, string> {
  if (text.length > MAX_PRICE_MAP_CHARACTERS) {
    return err(`The price map is longer than ${MAX_PRICE_MAP_CHARACTERS} characters.`);
  }
  const map = parseKeepingDigits(text);
  if (map === null) return err('The price map is no JSON.');
  if (!isObject(map)) return err('The price map must be an object of models.');
  const models = Object.entries(map).filter(([name]) => name !== EXPLANATION);
  if (models.length === 0) return err('The price map holds no models.');
  if (models.length > MAX_MODELS) return err(`The price map holds more than ${MAX_MODELS} models.`);
  return ok(readModels(models));
}

function readModels(models: readonly (readonly [string, unknown])[]): PriceMap {
  const priced: PricedModel[] = [];
  const unreadable: UnreadableModel[] = [];
  const unknownKeys = new Map<string, string[]>();
  let unpriced = 0;
  for (const [name, entry] of models) {
    const given = isObject(entry) ? entry['litellm_provider'] : null;
    const provider = providerOf(name, typeof given === 'string' ? given : null);
    const read = readModel(name, entry);
    if (!read.ok) {
      unreadable.push({ provider, model: name.slice(0, MAX_NAME_LENGTH), reason: read.error });
      continue;
    }
    for (const key of read.value.unknownKeys) {
      unknownKeys.set(key, [...(unknownKeys.get(key) ?? []), name]);
    }
    if (read.value.sheet === null) unpriced += 1;
    else priced.push({ provider, model: name, sheet: read.value.sheet });
  }
  return { priced, unreadable, unpriced, unknownKeys };
}

function readModel(
  name: string,
  entry: unknown,
): Result<{ sheet: PriceSheetJson | null; unknownKeys: readonly string[] }, string> {
  if (name.trim() === '' || name.length > MAX_NAME_LENGTH) {
    return err(`The name must have 1 to ${MAX_NAME_LENGTH} characters.`);
  }
  if (!isObject(entry)) return err('The entry must be an object.');
  const read = litellmEntry(entry);
  if (!read.ok) return err(`${read.error.field}: ${read.error.message}`);
  const { sheet, unknownKeys } = read.value;
  if (!hasRates(sheet)) return ok({ sheet: null, unknownKeys });
  // What is stored is read by the stricter reader of stored sheets, so that it has to pass it here.
  const json = priceSheetToJson(sheet);
  const stored = priceSheetFromJson(json);
  if (!stored.ok) return err(`${stored.error.field}: ${stored.error.message}`);
  return ok({ sheet: json, unknownKeys });
}

/** LiteLLM's names of a provider's parts: "vertex_ai-language-models", "bedrock_converse", "text-completion-openai". */
const PARTS: ReadonlyMap<string, string> = new Map([
  ['bedrock_converse', 'bedrock'],
  ['text-completion-openai', 'openai'],
  ['text-completion-codestral', 'codestral'],
  ['cohere_chat', 'cohere'],
  ['azure_text', 'azure'],
]);

function providerOf(name: string, given: string | null): string | null {
  const { provider } = splitModel(name);
  if (provider !== null) return wholeProvider(provider);
  return given === null || given.trim() === '' ? null : wholeProvider(given);
}

function wholeProvider(name: string): string {
  const provider = canonicalProvider(name);
  return provider.startsWith('vertex_ai-') ? 'vertex_ai' : (PARTS.get(provider) ?? provider);
}

const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Null when it is no JSON. Numbers become text: in a document that is JSON, what is no string and has digits is a number. */
function parseKeepingDigits(text: string): unknown {
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  return JSON.parse(
    text.replace(STRING_OR_NUMBER, (token) => (token.startsWith('"') ? token : `"${token}"`)),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
