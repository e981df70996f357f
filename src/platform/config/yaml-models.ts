import { parseDuration } from '../../domain/limits/duration';
import { parseMoney } from '../../domain/money/decimal-text';
import { err, ok } from '../../domain/result';
import { looksLikeCost, parseCostKey } from '../../domain/pricing/litellm-cost-keys';
import { litellmEntry } from '../../domain/pricing/litellm-entry';
import { closestName } from './closest-name';
import { integer, url, type Kind } from './setting-kinds';
import { LITELLM_PARAMS_KEYS, MODEL_INFO_KEYS, MODEL_KEYS } from './yaml-keys';
import type { PlainValue, YamlReader } from './yaml-reader';

/** One entry of `model_list`: a deployment of the model that callers ask for by `modelName`. */
export interface ModelDeployment {
  /** Line of the entry in the file. */
  readonly line: number;
  /** Name that callers use; may hold `*`. Several deployments may share it. */
  readonly modelName: string;
  /** `provider/model` as the provider's side is called. */
  readonly model: string;
  readonly id: string | null;
  readonly apiBase: string | null;
  readonly apiKey: string | null;
  /** Azure's version of its API. */
  readonly apiVersion: string | null;
  readonly awsRegionName: string | null;
  /** Names of groups that keys and limits may name in place of the model. */
  readonly accessGroups: readonly string[];
  /** Share of the model's calls, and rank among its deployments, as decimal text. */
  readonly weight: string | null;
  readonly order: string | null;
  readonly timeoutMs: number | null;
  readonly streamTimeoutMs: number | null;
  /** Requests and tokens per minute. */
  readonly rpm: number | null;
  readonly tpm: number | null;
  /** Dollars, as decimal text. */
  readonly maxBudget: string | null;
  /** LiteLLM's duration, such as 30d. */
  readonly budgetDuration: string | null;
  readonly mode: string | null;
  readonly baseModel: string | null;
  readonly maxInputTokens: number | null;
  readonly maxOutputTokens: number | null;
  /** An entry in the shape of LiteLLM's price map, numbers as decimal text, valid for `litellmEntry`; null: no price. */
  readonly prices: Readonly<Record<string, PlainValue>> | null;
}

export const dollars: Kind<string> = {
  type: 'dollars',
  parse: (value) => {
    const parsed = parseMoney(value);
    if (!parsed.ok) return err(`is not an amount of dollars: ${parsed.error}`);
    return parsed.value < 0n ? err(`is negative: ${value}`) : ok(value.trim());
  },
};

export const duration: Kind<string> = {
  type: 'duration',
  parse: (value) => {
    const parsed = parseDuration(value);
    return parsed.ok ? ok(value.trim()) : err(`is wrong: ${parsed.error}`);
  },
};

export const seconds: Kind<number> = {
  type: 'seconds',
  parse: (value) => {
    const milliseconds = Math.round(Number(value) * 1000);
    return milliseconds >= 1 && milliseconds <= 86_400_000
      ? ok(milliseconds)
      : err(`is "${value}"; write seconds`);
  },
};

const share: Kind<string> = {
  type: 'number',
  parse: (value) =>
    /^\d+(\.\d+)?$/.test(value.trim()) ? ok(value.trim()) : err(`is "${value}"; write a number from 0 on`),
};

const count = integer(1, Number.MAX_SAFE_INTEGER);
const httpUrl = url('http:', 'https:');

/** Fields of `model_info` that the price reader needs beside the prices. */
const PRICE_CONTEXT = ['mode', 'litellm_provider', 'max_tokens', 'max_input_tokens', 'max_output_tokens'];
const PRICE_BLOCKS = new Set(['tiered_pricing', 'off_peak_pricing', 'provider_specific_entry']);
/** The commonest, to suggest from. */
const COMMON_COST_KEYS = [
  'input_cost_per_token',
  'output_cost_per_token',
  'cache_read_input_token_cost',
  'cache_creation_input_token_cost',
  'cache_creation_input_token_cost_above_1hr',
  'output_cost_per_reasoning_token',
  'input_cost_per_audio_token',
  'output_cost_per_audio_token',
  'input_cost_per_image',
  'output_cost_per_image',
  'input_cost_per_second',
  'output_cost_per_second',
  'input_cost_per_character',
  'input_cost_per_query',
  'input_cost_per_request',
  'search_context_cost_per_query',
];

export function readModels(root: YamlReader): ModelDeployment[] {
  const entries = root.sections('model_list');
  const models = entries.flatMap((entry) => readModel(entry) ?? []);
  const lines = new Map<string, number>();
  for (const { id, line } of models) {
    if (id === null) continue;
    const other = lines.get(id);
    if (other === undefined) lines.set(id, line);
    else {
      root.context.problems.error(
        `line ${line}: the model_info.id ${id} is taken by the model at line ${other}.`,
      );
    }
  }
  return models;
}

function readModel(entry: YamlReader): ModelDeployment | undefined {
  const params = entry.section('litellm_params');
  const info = entry.section('model_info');
  entry.checkKeys(MODEL_KEYS);
  params.checkKeys(LITELLM_PARAMS_KEYS, isPriceKey);
  info.checkKeys(MODEL_INFO_KEYS, (key) => isPriceKey(key) || key.startsWith('supports_'));
  const modelName = entry.text('model_name');
  const model = params.text('model');
  if (modelName === null) entry.error('model_name', 'is missing; it is the name that callers use');
  if (model === null) entry.error('litellm_params', 'lacks the key model, such as openai/gpt-4o');
  const prices = readPrices(params, info);
  if (modelName === null || model === null) return undefined;
  return {
    line: entry.map.line,
    modelName,
    model,
    id: info.text('id'),
    apiBase: params.read('api_base', httpUrl) ?? params.read('aws_bedrock_runtime_endpoint', httpUrl),
    apiKey: params.text('api_key') ?? awsSecret(params),
    apiVersion: params.text('api_version'),
    awsRegionName: params.text('aws_region_name'),
    accessGroups: readGroups(info),
    weight: params.read('weight', share),
    order: params.read('order', share),
    timeoutMs: params.read('timeout', seconds),
    streamTimeoutMs: params.read('stream_timeout', seconds),
    rpm: params.read('rpm', count),
    tpm: params.read('tpm', count),
    maxBudget: params.read('max_budget', dollars),
    budgetDuration: params.read('budget_duration', duration),
    mode: info.text('mode'),
    baseModel: info.text('base_model'),
    maxInputTokens: info.read('max_input_tokens', count),
    maxOutputTokens: info.read('max_output_tokens', count) ?? info.read('max_tokens', count),
    prices,
  };
}

function readGroups(info: YamlReader): readonly string[] {
  const value = info.plain('access_groups');
  if (value === null) return [];
  const groups: readonly PlainValue[] = Array.isArray(value) ? value : [value];
  const names = groups.filter((group): group is string => typeof group === 'string' && group !== '');
  const isNamed = names.length === groups.length && names.every((name) => !name.includes('*'));
  if (!isNamed) info.error('access_groups', 'must be a list of names of groups, without wildcards');
  return names;
}

const AWS_SECRETS = ['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token'] as const;

/** The parts of an AWS credential as the one text that a deployment's secret is; null when there is none. */
function awsSecret(params: YamlReader): string | null {
  const given = AWS_SECRETS.map((name) => [name, params.text(name)] as const).filter(([, value]) => value);
  if (given.length === 0) return null;
  for (const name of ['aws_access_key_id', 'aws_secret_access_key']) {
    if (!given.some(([each]) => each === name)) params.error(name, 'is missing beside the other AWS keys');
  }
  return JSON.stringify(Object.fromEntries(given));
}

function isPriceKey(key: string): boolean {
  return PRICE_BLOCKS.has(key) || parseCostKey(key, null) !== null || looksLikeCost(key);
}

/** Prices may stand under litellm_params or under model_info. One that the price reader doesn't know is an error. */
function readPrices(params: YamlReader, info: YamlReader): Record<string, PlainValue> | null {
  const prices: Record<string, PlainValue> = {};
  for (const reader of [info, params]) {
    for (const key of reader.keys().filter(isPriceKey)) {
      const value = reader.plain(key);
      if (key in prices && JSON.stringify(prices[key]) !== JSON.stringify(value)) {
        reader.error(key, 'differs from the same price under model_info; give it once');
      }
      if (value !== null) prices[key] = value;
    }
  }
  if (Object.keys(prices).length === 0) return null;
  for (const key of PRICE_CONTEXT.filter((each) => info.plain(each) !== null)) prices[key] = info.plain(key);
  checkPrices(prices, (key) => (params.keys().includes(key) ? params : info));
  return prices;
}

function checkPrices(
  prices: Readonly<Record<string, PlainValue>>,
  readerOf: (key: string) => YamlReader,
): void {
  const parsed = litellmEntry(prices);
  if (!parsed.ok) {
    const key = topKey(parsed.error.field);
    readerOf(key).error(key, `is no price: ${parsed.error.message}`);
    return;
  }
  for (const path of parsed.value.unknownKeys) {
    const key = topKey(path);
    const suggestion = closestName(key, COMMON_COST_KEYS);
    const hint = suggestion === undefined ? '' : `; did you mean ${suggestion}?`;
    readerOf(key).error(key, `is not a known price${hint}`);
  }
}

/** `tiered_pricing` of the path `tiered_pricing[0].range`. */
function topKey(path: string): string {
  return /^[^.[]*/.exec(path)?.[0] ?? path;
}
