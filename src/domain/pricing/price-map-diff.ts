import { canonicalProvider } from './model-name';
import type { PriceMap } from './litellm-price-map';
import type { PriceSheetJson, RatesJson } from './price-json';

export const PRICE_CHANGE_KINDS = ['ADDED', 'CHANGED', 'REMOVED', 'UNREADABLE'] as const;
export type PriceChangeKind = (typeof PRICE_CHANGE_KINDS)[number];

/** One part of a price sheet, such as `rates.inputText`, before and after; null where it is absent. */
export interface FieldChange {
  readonly field: string;
  readonly old: string | null;
  readonly new: string | null;
}

export interface PriceChange {
  readonly kind: PriceChangeKind;
  readonly provider: string | null;
  readonly model: string;
  /** The price that would hold; null for REMOVED and UNREADABLE. */
  readonly sheet: PriceSheetJson | null;
  /** The imported version that would end; null when there is none. */
  readonly priceId: string | null;
  readonly fields: readonly FieldChange[];
  /** Why an entry cannot be read; null for the other kinds. */
  readonly reason: string | null;
}

/** A list price that was imported before and is the latest of its model. */
export interface ImportedPrice {
  readonly id: string;
  readonly provider: string | null;
  readonly model: string;
  readonly sheet: PriceSheetJson;
}

export interface PriceMapDiff {
  readonly changes: readonly PriceChange[];
  readonly unchanged: number;
}

/**
 * What a price map would change. Each model is compared with its imported price, or else with the list price that comes
 * with the program. An entry that cannot be read changes nothing: what was imported before stays.
 */
export function diffPriceMap(
  map: PriceMap,
  imported: readonly ImportedPrice[],
  listed: (provider: string | null, model: string) => PriceSheetJson | null,
): PriceMapDiff {
  const rest = new Map(imported.map((price) => [slotName(price), price]));
  const changes: PriceChange[] = [];
  let unchanged = 0;
  for (const { provider, model, sheet } of map.priced) {
    const before = rest.get(slotName({ provider, model })) ?? null;
    rest.delete(slotName({ provider, model }));
    const old = before?.sheet ?? listed(provider, model);
    const fields = diffSheets(old, sheet);
    const priceId = before?.id ?? null;
    const kind = old === null ? 'ADDED' : 'CHANGED';
    if (fields.length === 0) unchanged += 1;
    else changes.push({ kind, provider, model, sheet, priceId, fields, reason: null });
  }
  for (const { provider, model, reason } of map.unreadable) {
    rest.delete(slotName({ provider, model }));
    const nothing = { sheet: null, priceId: null, fields: [] };
    changes.push({ kind: 'UNREADABLE', provider, model, ...nothing, reason });
  }
  for (const { id, provider, model, sheet } of rest.values()) {
    const fields = diffSheets(sheet, null);
    changes.push({ kind: 'REMOVED', provider, model, sheet: null, priceId: id, fields, reason: null });
  }
  return { changes, unchanged };
}

function slotName({ provider, model }: { provider: string | null; model: string }): string {
  return JSON.stringify([provider === null ? null : canonicalProvider(provider), model]);
}

/** Field by field, in the order of the fields' names. */
export function diffSheets(before: PriceSheetJson | null, after: PriceSheetJson | null): FieldChange[] {
  const [old, now] = [flat(before), flat(after)];
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((field) => {
    const change = { field, old: old.get(field) ?? null, new: now.get(field) ?? null };
    return change.old === change.new ? [] : [change];
  });
}

function flat(sheet: PriceSheetJson | null): Map<string, string> {
  const fields = new Map<string, string>();
  if (sheet === null) return fields;
  const addRates = (path: string, rates: RatesJson): void => {
    for (const [unit, rate] of Object.entries(rates)) fields.set(`${path}.${unit}`, rate);
  };
  addRates('rates', sheet.rates);
  for (const { when, rates } of sheet.variants ?? []) addRates(`variants[${sorted(when)}].rates`, rates);
  for (const { when, factor } of sheet.multipliers ?? []) fields.set(`multipliers[${sorted(when)}]`, factor);
  if (sheet.batchMultiplier !== undefined) fields.set('batchMultiplier', sheet.batchMultiplier);
  if (sheet.webSearchBilledPer !== undefined) fields.set('webSearchBilledPer', sheet.webSearchBilledPer);
  for (const [unit, count] of Object.entries(sheet.minimums ?? {})) {
    fields.set(`minimums.${unit}`, String(count));
  }
  return fields;
}

/** A condition by its parts in a fixed order: the database keeps no order of keys. */
function sorted(when: object): string {
  const parts = Object.entries(when).sort(([a], [b]) => (a < b ? -1 : 1));
  return parts
    .map(([key, value]: [string, unknown]) => `${key}=${typeof value === 'string' ? value : ordered(value)}`)
    .join(', ');
}

function ordered(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
