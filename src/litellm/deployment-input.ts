import { isLosslessNumber } from 'lossless-json';
import { litellmEntry } from '../domain/pricing/litellm-entry';
import { looksLikeCost, parseCostKey } from '../domain/pricing/litellm-cost-keys';
import { priceSheetToJson } from '../domain/pricing/price-json';
import { ok, type Result } from '../domain/result';
import {
  DEPLOYMENT_INFO,
  DEPLOYMENT_PARAMS,
  type DeploymentInfo,
  type DeploymentParams,
} from './deployment.schema';
import { badRequest, type LitellmFailure } from './failure';
import { readMembers, type InputMembers } from './members';

/** What a request says of a deployment, checked. */
export interface DeploymentRequest {
  readonly params: DeploymentParams;
  readonly info: DeploymentInfo;
  /** A price sheet in the form of `priceSheetFromJson`; null when no prices were sent. */
  readonly sheet: unknown;
  readonly ignored: readonly string[];
}

type Raw = Readonly<Record<string, unknown>>;

const PRICE_BLOCKS = new Set(['tiered_pricing', 'off_peak_pricing', 'provider_specific_entry']);

/** Reads both blocks of a deployment. Prices may stand in either; one that is not understood is refused. */
export function readDeploymentRequest(
  paramsRaw: unknown,
  infoRaw: unknown,
): Result<DeploymentRequest, LitellmFailure> {
  const params = readBlock('litellm_params', DEPLOYMENT_PARAMS, paramsRaw);
  if (!params.ok) return params;
  const info = readBlock('model_info', DEPLOYMENT_INFO, infoRaw);
  if (!info.ok) return info;
  const sheet = readSheet({ ...info.value.prices, ...params.value.prices });
  if (!sheet.ok) return sheet;
  return ok({
    params: params.value.input,
    info: info.value.input,
    sheet: sheet.value,
    ignored: [...params.value.ignored, ...info.value.ignored],
  });
}

function readBlock<Members extends InputMembers>(
  name: string,
  members: Members,
  raw: unknown,
): Result<
  { input: ReturnType<Members['schema']['parse']>; ignored: readonly string[]; prices: Raw },
  LitellmFailure
> {
  const block = raw ?? {};
  if (typeof block !== 'object' || Array.isArray(block) || isLosslessNumber(block)) {
    return badRequest(name, `"${name}" must be a JSON object.`);
  }
  const entries = Object.entries(block).filter(([key]) => !key.startsWith('supports_'));
  const prices = entries.filter(([key, value]) => isPrice(key) && value !== null);
  const others = entries.filter(([key]) => !isPrice(key));
  const read = readMembers(members, Object.fromEntries(others));
  if (!read.ok) {
    const { param, message } = read.error;
    const path = param === null ? name : `${name}.${param}`;
    return { ok: false, error: { ...read.error, param: path, message: `In "${name}": ${message}` } };
  }
  const ignored = read.value.ignored.map((each) => `${name}.${each}`);
  const input = read.value.input as ReturnType<Members['schema']['parse']>;
  return ok({ input, ignored, prices: Object.fromEntries(prices) });
}

function isPrice(key: string): boolean {
  return PRICE_BLOCKS.has(key) || parseCostKey(key, null) !== null || looksLikeCost(key);
}

function readSheet(prices: Raw): Result<unknown, LitellmFailure> {
  if (Object.keys(prices).length === 0) return ok(null);
  const entry = litellmEntry(digitsOf(prices) as Raw);
  if (!entry.ok)
    return badRequest(entry.error.field, `"${entry.error.field}" is no price: ${entry.error.message}.`);
  const [unknown] = entry.value.unknownKeys;
  if (unknown !== undefined) {
    return badRequest(
      unknown,
      `"${unknown}" is not known as a price. Without it the model would be too cheap.`,
    );
  }
  return ok(priceSheetToJson(entry.value.sheet));
}

/** The same with every number as the digits that were sent. */
function digitsOf(value: unknown): unknown {
  if (isLosslessNumber(value)) return value.toString();
  if (Array.isArray(value)) return value.map(digitsOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, digitsOf(inner)]));
}
