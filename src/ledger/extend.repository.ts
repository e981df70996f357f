import { formatMoney } from '../domain/money/decimal-text';
import type { Money } from '../domain/money/money';
import { moneyFromDatabase } from '../platform/database/money-column';
import type { Queryable } from '../platform/database/pool';

export interface ExtendBatch {
  readonly limitsVersion: string;
  readonly limitIds: readonly string[];
  /** The amount of each limit; null where it is advisory. */
  readonly caps: readonly (bigint | null)[];
  /** What each call is to hold in all. */
  readonly calls: readonly {
    readonly callId: string;
    readonly hold: Money;
    readonly holdOutputTokens: number;
  }[];
}

export type ExtendRow =
  | { readonly verdict: 'STALE_LIMITS' }
  | { readonly verdict: 'EXTENDED'; readonly callId: string }
  | { readonly verdict: 'ENDED'; readonly callId: string }
  | {
      readonly verdict: 'REFUSED';
      readonly callId: string;
      readonly limitId: string;
      readonly spent: bigint;
      readonly reserved: bigint;
    };

interface RawRow {
  readonly call_id: string;
  readonly verdict: ExtendRow['verdict'];
  readonly limit_id: string;
  readonly spent: string;
  readonly reserved: string;
}

/** Asks for more room for open calls: one statement, one transaction. See the function for the verdicts. */
export async function extendCalls(db: Queryable, batch: ExtendBatch): Promise<ExtendRow[]> {
  const { rows } = await db.query<RawRow>(`SELECT * FROM ledger_extend($1, $2, $3, $4)`, [
    batch.limitsVersion,
    batch.limitIds,
    batch.caps.map((cap) => (cap === null ? null : formatMoney(cap))),
    JSON.stringify(
      batch.calls.map(({ callId, hold, holdOutputTokens }, n) => ({
        n,
        id: callId,
        hold: formatMoney(hold),
        hold_output_tokens: holdOutputTokens,
      })),
    ),
  ]);
  return rows.map(toExtendRow);
}

function toExtendRow(row: RawRow): ExtendRow {
  const { verdict, call_id: callId } = row;
  switch (verdict) {
    case 'STALE_LIMITS':
      return { verdict };
    case 'EXTENDED':
      return { verdict, callId };
    case 'ENDED':
      return { verdict, callId };
    case 'REFUSED':
      return {
        verdict,
        callId,
        limitId: row.limit_id,
        spent: moneyFromDatabase(row.spent),
        reserved: moneyFromDatabase(row.reserved),
      };
  }
}
