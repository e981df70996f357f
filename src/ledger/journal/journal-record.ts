import type { CallAsk } from '../../domain/ledger/call-ask';
import type { CallEnd } from '../../domain/ledger/call-end';
import type { JournalledAsk } from '../../domain/ledger/journal-entry';
import { formatMoney, parseMoney } from '../../domain/money/decimal-text';
import type { Money } from '../../domain/money/money';
import type { ProcessIdentity } from '../../platform/embedded-postgres/process-identity';

/** One line of the journal. Each file begins with who writes it. */
export type JournalRecord =
  | { readonly kind: 'OWNER'; readonly ownerId: string; readonly process: ProcessIdentity }
  | ({ readonly kind: 'ASK' } & JournalledAsk)
  | { readonly kind: 'END'; readonly end: CallEnd };

/** An end that is larger than this is kept without the provider's own usage block, so that room for it can be set aside. */
const MAX_END_CHARACTERS = 12 * 1024;

/** As JSON without line breaks, amounts as decimal text. */
export function encodeRecord(record: JournalRecord): string {
  if (record.kind === 'OWNER') return JSON.stringify(record);
  if (record.kind === 'ASK') {
    const { ask, admittedAtMs } = record;
    return JSON.stringify({ kind: 'ASK', admittedAtMs, ask: { ...ask, hold: formatMoney(ask.hold) } });
  }
  const { end } = record;
  const encode = (kept: CallEnd): string =>
    JSON.stringify({
      kind: 'END',
      end: { ...kept, cost: kept.cost === null ? null : formatMoney(kept.cost) },
    });
  const text = encode(end);
  return text.length <= MAX_END_CHARACTERS ? text : encode({ ...end, rawUsage: null });
}

/** Reads what `encodeRecord` wrote; its checksum has been proved. Null for a kind that this version does not know. */
export function decodeRecord(text: string): JournalRecord | null {
  const record = JSON.parse(text) as { kind: string } & Record<string, unknown>;
  if (record.kind === 'OWNER') return record as unknown as JournalRecord;
  if (record.kind === 'ASK') {
    const { ask, admittedAtMs } = record as unknown as { ask: Stored<CallAsk>; admittedAtMs: number };
    return { kind: 'ASK', admittedAtMs, ask: { ...ask, hold: money(ask.hold) } };
  }
  if (record.kind !== 'END') return null;
  const { end } = record as unknown as { end: Stored<CallEnd> };
  return { kind: 'END', end: { ...end, cost: end.cost === null ? null : money(end.cost) } };
}

/** The same with its amounts as text. */
type Stored<T> = { readonly [K in keyof T]: bigint extends T[K] ? string | Exclude<T[K], bigint> : T[K] };

function money(text: string): Money {
  const parsed = parseMoney(text);
  if (!parsed.ok) throw new Error(`The journal holds an amount that is none: ${parsed.error}`);
  return parsed.value;
}
