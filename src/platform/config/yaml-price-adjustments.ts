import { parseAdjustments } from '../../domain/pricing/price-adjustments';
import { err, ok } from '../../domain/result';
import type { Kind } from './setting-kinds';
import type { YamlReader } from './yaml-reader';

/** Decimal text: a fraction of the discounted price, and USD on every call. */
export interface CostMargin {
  readonly percentage: string;
  readonly fixedUsd: string;
}

const discount: Kind<string> = amount('discount');
const percentage: Kind<string> = amount('marginPercentage');
const fixed: Kind<string> = amount('marginFixed');

/** `cost_discount_config`: the fraction taken off each provider's prices. */
export function readDiscounts(section: YamlReader): Record<string, string> {
  const entries = section.keys().map((provider) => [provider, section.read(provider, discount)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== null));
}

/** `cost_margin_config`: a fraction, or `percentage` and `fixed_amount`, for each provider, or `global` for the others. */
export function readMargins(section: YamlReader): Record<string, CostMargin> {
  const entries = section.keys().map((provider) => [provider, readMargin(section, provider)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, CostMargin] => entry[1] !== null));
}

function readMargin(section: YamlReader, provider: string): CostMargin | null {
  if (section.map.entries.get(provider)?.value.kind !== 'map') {
    const fraction = section.read(provider, percentage);
    return fraction === null ? null : { percentage: fraction, fixedUsd: '0' };
  }
  const margin = section.section(provider);
  const unknown = margin.keys().find((key) => key !== 'percentage' && key !== 'fixed_amount');
  if (unknown !== undefined) margin.error(unknown, 'is not known; write percentage and fixed_amount');
  return {
    percentage: margin.read('percentage', percentage) ?? '0',
    fixedUsd: margin.read('fixed_amount', fixed) ?? '0',
  };
}

function amount(field: 'discount' | 'marginPercentage' | 'marginFixed'): Kind<string> {
  const example =
    field === 'marginFixed' ? 'USD, such as 0.0005' : 'a fraction such as 0.05, which is five percent';
  return {
    type: 'decimal number',
    parse: (value) => {
      const parsed = parseAdjustments({ [field]: value });
      return parsed.ok ? ok(value.trim()) : err(`is ${value}; write ${example}`);
    },
  };
}
