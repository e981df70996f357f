import type { SpendSums } from '../spend/spend-sums.repository';
import { NO_SPEND, plus, sumOf, partsBy, type SpendLabel, type SpendPart } from './spend-parts';

/** What one model, provider, endpoint or entity did on a day. */
export interface ActivityPart {
  readonly sums: SpendSums;
  readonly byKey: ReadonlyMap<string, SpendSums>;
}

export interface ActivityDay {
  readonly day: string;
  readonly sums: SpendSums;
  readonly models: ReadonlyMap<string, ActivityPart>;
  readonly providers: ReadonlyMap<string, ActivityPart>;
  readonly endpoints: ReadonlyMap<string, ActivityPart>;
  readonly entities: ReadonlyMap<string, ActivityPart>;
  readonly keys: ReadonlyMap<string, SpendSums>;
}

/** The days on which anything was booked, latest first. Parts without a name are in the sum of the day alone. */
export function activityDays(parts: readonly SpendPart[], entity: SpendLabel): ActivityDay[] {
  return [...partsBy(parts, ({ day }) => day)].reverse().map(([day, of]) => ({
    day,
    sums: sumOf(of),
    models: breakdown(of, 'MODEL'),
    providers: breakdown(of, 'PROVIDER'),
    endpoints: breakdown(of, 'ENDPOINT'),
    entities: breakdown(of, entity),
    keys: sumsBy(of, 'KEY'),
  }));
}

export function sumOfDays(days: readonly ActivityDay[]): SpendSums {
  return days.reduce((sum, day) => plus(sum, day.sums), NO_SPEND);
}

function breakdown(parts: readonly SpendPart[], label: SpendLabel): Map<string, ActivityPart> {
  return new Map(
    named(parts, label).map(([name, of]) => [name, { sums: sumOf(of), byKey: sumsBy(of, 'KEY') }]),
  );
}

function sumsBy(parts: readonly SpendPart[], label: SpendLabel): Map<string, SpendSums> {
  return new Map(named(parts, label).map(([name, of]) => [name, sumOf(of)]));
}

function named(parts: readonly SpendPart[], label: SpendLabel): [string, SpendPart[]][] {
  return [...partsBy(parts, (part) => part.of(label))].filter(([name]) => name !== '');
}
