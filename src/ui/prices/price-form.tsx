import { InputForm } from '../components/input-form';
import { SetPriceDocument, type UsageUnit } from '../generated/operations';
import type { FormField } from '../lib/form';

/** Units that a price is usually told by; others are set through the graph. */
const RATES: readonly (readonly [unit: UsageUnit, label: string])[] = [
  ['INPUT_TEXT', 'USD a million input tokens'],
  ['OUTPUT_TEXT', 'USD a million output tokens'],
  ['INPUT_CACHE_READ', 'USD a million tokens read from the cache'],
  ['INPUT_CACHE_WRITE_5M', 'USD a million tokens written to the cache'],
];

const PLACES = [
  ['keyId', 'KEY'],
  ['teamId', 'TEAM'],
  ['organizationId', 'ORGANIZATION'],
] as const;

const FIELDS: readonly FormField[] = [
  { name: 'model', label: 'Model', kind: 'TEXT', isRequired: true, placeholder: 'gpt-4o or openai/*' },
  { name: 'effectiveFrom', label: 'From', kind: 'INSTANT', description: 'Now when left empty.' },
  ...RATES.map(([name, label], index): FormField => ({ name, label, kind: 'TEXT', isRequired: index < 2 })),
  {
    ...{ name: 'organizationId', label: 'Organization', kind: 'ORGANIZATION' },
    description: 'Everybody when no one is picked.',
  },
  { name: 'teamId', label: 'Team', kind: 'TEAM' },
  { name: 'keyId', label: 'Key', kind: 'KEY' },
];

/** A new version of a price: the one before ends where it starts, and the past keeps what it was booked by. */
export function PriceForm({ onClose }: { readonly onClose: () => void }) {
  return (
    <InputForm
      title="Set a price"
      submit="Set"
      fields={FIELDS}
      before={null}
      mutation={SetPriceDocument}
      toInput={toPriceInput}
      done="The price is set."
      onMade={() => undefined}
      onClose={onClose}
    />
  );
}

function toPriceInput(input: Readonly<Record<string, unknown>>): object {
  const place = PLACES.find(([name]) => input[name] != null);
  const { model, effectiveFrom } = input;
  return {
    ...{ model, source: 'web page' },
    ...(effectiveFrom == null ? {} : { effectiveFrom }),
    ...(place ? { scope: place[1], scopeId: input[place[0]] } : { scope: 'MODEL' }),
    rates: RATES.flatMap(([unit]) => (input[unit] == null ? [] : [{ unit, usdPerMillion: input[unit] }])),
  };
}
