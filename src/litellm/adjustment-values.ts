import { isLosslessNumber } from 'lossless-json';
import type { RequestContext } from '../access/context';
import { canonicalProvider } from '../domain/pricing/model-name';
import { parseAdjustments } from '../domain/pricing/price-adjustments';
import { ok, type Result } from '../domain/result';
import type { PriceAdjustmentEntity } from '../pricing/price-adjustment.entity';
import { allPages } from './all-pages';
import { badRequest, fromIssues, type LitellmFailure } from './failure';
import { decimalOf } from './lossless';
import type { LitellmServices } from './services';

/** LiteLLM's word for every provider. */
const GLOBAL = 'global';
const REASON = 'Set under the name of LiteLLM.';

export type AdjustmentKind = 'discount' | 'margin';

/** Of one provider, as decimal text: a fraction taken off, or what is put on. */
export type AdjustmentValue =
  { readonly discount: string } | { readonly marginPercentage: string; readonly marginFixedUsd: string };

export type AdjustmentValues = ReadonlyMap<string, AdjustmentValue>;

type Services = Pick<LitellmServices, 'priceAdjustments' | 'configuredAdjustments'>;

/** The server's discounts or margins that are in force, by provider: those that were set before those of the file. */
export async function presentValues(
  ctx: RequestContext,
  services: Services,
  kind: AdjustmentKind,
): Promise<Result<AdjustmentValues, LitellmFailure>> {
  const rows = await rowsInForce(ctx, services);
  if (!rows.ok) return rows;
  const values = new Map<string, AdjustmentValue>(configuredValues(services, kind));
  for (const row of rows.value) {
    const value = valueOf(row, kind);
    if (value !== null) values.set(row.provider ?? GLOBAL, value);
  }
  return ok(values);
}

/** Makes the server's discounts or margins those that are given, and no others, from now on. */
export async function replaceValues(
  ctx: RequestContext,
  services: Services,
  kind: AdjustmentKind,
  raw: unknown,
): Promise<Result<AdjustmentValues, LitellmFailure>> {
  const read = readValues(raw, kind);
  if (!read.ok) return read;
  const wanted = read.value;
  for (const provider of configuredValues(services, kind).keys()) {
    if (wanted.has(provider)) continue;
    const message = `The configuration file sets "${provider}". Take it out there, or give it 0.`;
    return badRequest(provider, message);
  }
  const rows = await rowsInForce(ctx, services);
  if (!rows.ok) return rows;
  const bySlot = new Map(rows.value.map((row) => [row.provider ?? GLOBAL, row]));
  for (const [provider, value] of wanted) {
    const set = await setValue(ctx, services, provider, { ...otherOf(bySlot.get(provider), kind), ...value });
    if (!set.ok) return set;
  }
  for (const [provider, row] of bySlot) {
    if (wanted.has(provider) || valueOf(row, kind) === null) continue;
    const other = otherOf(row, kind);
    const gone =
      Object.keys(other).length > 0
        ? await setValue(ctx, services, provider, other)
        : await services.priceAdjustments.end(ctx, { priceAdjustmentId: row.id });
    if (!gone.ok)
      return 'status' in gone.error ? { ok: false, error: gone.error } : fromIssues(gone.error, {});
  }
  return presentValues(ctx, services, kind);
}

async function setValue(
  ctx: RequestContext,
  { priceAdjustments }: Services,
  provider: string,
  amounts: Partial<Record<'discount' | 'marginPercentage' | 'marginFixedUsd', string>>,
): Promise<Result<null, LitellmFailure>> {
  const slot = { scope: 'SERVER' as const, provider: provider === GLOBAL ? null : provider };
  const set = await priceAdjustments.set(ctx, { ...slot, ...amounts, reason: REASON });
  return set.ok ? ok(null) : fromIssues(set.error, {});
}

async function rowsInForce(
  ctx: RequestContext,
  { priceAdjustments }: Services,
): Promise<Result<PriceAdjustmentEntity[], LitellmFailure>> {
  const filter = { scope: 'SERVER' as const, effectiveAt: new Date(ctx.clock.now()) };
  return allPages('discounts and margins', (page) => priceAdjustments.list(ctx, filter, page));
}

function configuredValues(
  { configuredAdjustments }: Services,
  kind: AdjustmentKind,
): Map<string, AdjustmentValue> {
  return new Map(
    configuredAdjustments.flatMap(({ provider, discount, margin }): [string, AdjustmentValue][] => {
      const name = provider ?? GLOBAL;
      if (kind === 'discount') return discount === null ? [] : [[name, { discount: discount.toFixed() }]];
      if (margin === null) return [];
      const { percentage, fixed } = margin;
      return [[name, { marginPercentage: percentage.toFixed(), marginFixedUsd: fixed.toFixed() }]];
    }),
  );
}

function valueOf(row: PriceAdjustmentEntity, kind: AdjustmentKind): AdjustmentValue | null {
  if (kind === 'discount') return row.discount === null ? null : { discount: row.discount };
  const { marginPercentage: percentage, marginFixedUsd: fixed } = row;
  if (percentage === null && fixed === null) return null;
  return { marginPercentage: percentage ?? '0', marginFixedUsd: fixed ?? '0' };
}

/** What the slot holds of the other kind, which is to stay. */
function otherOf(
  row: PriceAdjustmentEntity | undefined,
  kind: AdjustmentKind,
): Partial<Record<'discount' | 'marginPercentage' | 'marginFixedUsd', string>> {
  return (row && valueOf(row, kind === 'discount' ? 'margin' : 'discount')) ?? {};
}

function readValues(raw: unknown, kind: AdjustmentKind): Result<AdjustmentValues, LitellmFailure> {
  if (!isObject(raw))
    return badRequest('values', '"values" must be an object with an entry for each provider.');
  const values = new Map<string, AdjustmentValue>();
  for (const [name, sent] of Object.entries(raw)) {
    const provider = name === GLOBAL ? GLOBAL : canonicalProvider(name);
    const value = kind === 'discount' ? readDiscount(sent) : readMargin(sent);
    if (value === null) return badRequest(name, `"${name}" must be a fraction such as 0.05.`);
    const texts = 'discount' in value ? value : { ...value, marginFixed: value.marginFixedUsd };
    const checked = parseAdjustments(texts);
    if (!checked.ok) return badRequest(name, `"${name}": ${checked.error.message}.`);
    values.set(provider, value);
  }
  return ok(values);
}

function readDiscount(sent: unknown): AdjustmentValue | null {
  const discount = decimalOf(sent);
  return discount === null ? null : { discount };
}

function readMargin(sent: unknown): AdjustmentValue | null {
  const fraction = decimalOf(sent);
  if (fraction !== null) return { marginPercentage: fraction, marginFixedUsd: '0' };
  if (!isObject(sent)) return null;
  const { percentage = '0', fixed_amount: fixed = '0', ...others } = sent;
  const [marginPercentage, marginFixedUsd] = [decimalOf(percentage), decimalOf(fixed)];
  if (marginPercentage === null || marginFixedUsd === null || Object.keys(others).length > 0) return null;
  return { marginPercentage, marginFixedUsd };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value);
}
