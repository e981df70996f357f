import type { AlertMessage } from './alert-message';

export interface AlertFact {
  readonly label: string;
  readonly value: string;
}

const MAX_FACTS = 12;
const MAX_VALUE_LENGTH = 300;

/** What people want to read beside the message: whom it is about, the window, and the single values of the details. */
export function factsOf(alert: AlertMessage): AlertFact[] {
  const { scope, scopeId, subject, windowStart, windowEnd } = alert;
  const facts: AlertFact[] = [
    {
      label: 'Scope',
      value: `${scope.toLowerCase().replaceAll('_', ' ')} ${subject === '' ? scopeId : subject}`,
    },
  ];
  if (windowStart !== null) {
    facts.push({ label: 'Window', value: `${windowStart} to ${windowEnd ?? 'no end'}` });
  }
  for (const [name, value] of Object.entries(alert.details)) {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') continue;
    facts.push({ label: labelOf(name), value: shorten(String(value), MAX_VALUE_LENGTH) });
  }
  return facts.slice(0, MAX_FACTS);
}

/** A list of the details, such as the teams of a report of spend. */
export interface AlertTable {
  readonly label: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const MAX_ROWS = 50;

/** The lists of the details, as tables with the names of their first item's members. */
export function tablesOf({ details }: AlertMessage): AlertTable[] {
  return Object.entries(details).flatMap(([name, value]) => {
    const rows = Array.isArray(value) ? value.filter(isRecord).slice(0, MAX_ROWS) : [];
    const [first] = rows;
    if (first === undefined) return [];
    const columns = Object.keys(first);
    return [
      {
        label: labelOf(name),
        columns: columns.map(labelOf),
        rows: rows.map((row) => columns.map((column) => cellOf(row[column]))),
      },
    ];
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function cellOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number'
    ? shorten(String(value), MAX_VALUE_LENGTH)
    : '';
}

/** The text, or its beginning and a sign that there was more. */
export function shorten(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  // A pair of surrogates is one letter: half of it would be none.
  const cut = text.slice(0, maxLength - 1).replace(/[\uD800-\uDBFF]$/, '');
  return `${cut}…`;
}

/** `limitAmount` and `limit_amount` are "Limit amount". */
function labelOf(name: string): string {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
