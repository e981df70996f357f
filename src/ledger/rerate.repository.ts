import { formatMoney } from '../domain/money/decimal-text';
import type { Rerating } from '../domain/pricing/rerating';
import type { Queryable } from '../platform/database/pool';
import { transactionNote } from '../platform/database/transaction-note';

/** What one call costs more or less than is booked. */
export interface CallRating extends Rerating {
  /** Id of the call's own row, and its instant, which tells the partition. */
  readonly spendId: string;
  readonly admittedAt: string;
  /** The last of the call's rows that the difference was computed from. */
  readonly lastSeq: string;
  readonly priceId: string | null;
}

export interface RatingAuthor {
  readonly actor: string;
  readonly reason: string;
}

export interface BookedRatings {
  readonly spendIds: readonly string[];
  readonly limitIds: readonly string[];
}

/** Books them in one transaction, each once: a call that was rated meanwhile is left out. */
export async function bookRatings(
  db: Queryable,
  ratings: readonly CallRating[],
  by: RatingAuthor,
): Promise<BookedRatings> {
  const { rows } = await db.query<{ result: { spend: string[]; limits: string[] } }>(
    `SELECT ledger_rerate($1, $2, $3) AS result, audit_event($4, 'SpendLog', NULL, NULL, NULL, $5)`,
    [
      JSON.stringify(ratings.map(ratingJson)),
      by.actor,
      by.reason,
      transactionNote(),
      JSON.stringify({ reason: by.reason, spend_ids: ratings.map(({ spendId }) => spendId) }),
    ],
  );
  const result = rows[0]?.result;
  if (!result) throw new Error('ledger_rerate gave no answer');
  return { spendIds: result.spend, limitIds: result.limits };
}

function ratingJson(rating: CallRating): Record<string, unknown> {
  return {
    id: rating.spendId,
    admitted_at: rating.admittedAt,
    last_seq: rating.lastSeq,
    difference: formatMoney(rating.difference),
    pricing_status: rating.status,
    price_id: rating.priceId,
    cost_breakdown: rating.breakdown,
  };
}
