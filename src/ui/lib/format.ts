/** Amounts are exact decimal text. They are formatted as text: a float would round what the ledger does not. */
const locale = navigator.language;

type DecimalText = Intl.StringNumericLiteral;

const dollars = new Intl.NumberFormat(locale, {
  style: 'currency',
  currency: 'USD',
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});
const smallDollars = new Intl.NumberFormat(locale, {
  style: 'currency',
  currency: 'USD',
  maximumSignificantDigits: 4,
});
const counts = new Intl.NumberFormat(locale);
const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
const dateTimes = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
const hours = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', hour: 'numeric' });
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });

/** Below a cent all digits that matter are shown, because calls cost fractions of one. */
export function usd(amount: string | null | undefined): string {
  if (amount == null) return 'unknown';
  const isSmall = /^-?0\.0*[1-9]/.test(amount) && /^-?0\.00/.test(amount);
  return (isSmall ? smallDollars : dollars).format(amount as DecimalText);
}

export function count(value: string | number | null | undefined): string {
  if (value == null) return '';
  return counts.format(typeof value === 'string' ? (value as DecimalText) : value);
}

export function short(value: string | number): string {
  return compact.format(typeof value === 'string' ? (value as DecimalText) : value);
}

/** An amount of a limit's unit. */
export function amountOf(amount: string, unit: string): string {
  return unit === 'USD' ? usd(amount) : count(amount);
}

export function when(instant: string | null | undefined): string {
  return instant == null ? '' : dateTimes.format(new Date(instant));
}

export function day(instant: string | null | undefined): string {
  return instant == null ? '' : dates.format(new Date(instant));
}

export function hour(instant: string | null | undefined): string {
  return instant == null ? '' : hours.format(new Date(instant));
}

const SPANS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

/** "in 3 days". */
export function until(instant: string, nowMs = Date.now()): string {
  const ms = new Date(instant).getTime() - nowMs;
  const [unit, size] = SPANS.find(([, each]) => Math.abs(ms) >= each) ??
    SPANS[SPANS.length - 1] ?? ['second', 1_000];
  return relative.format(Math.trunc(ms / size), unit);
}

/** For lengths of bars and heights of charts alone, which are pixels: never shown as a figure. */
export function pixels(amount: string | null | undefined): number {
  return amount == null ? 0 : Number(amount);
}

/** "TEAM_MEMBER" as "Team member". */
export function words(name: string): string {
  const text = name.toLowerCase().replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
