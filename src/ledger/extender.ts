import type { CallSnapshot } from '../domain/ledger/call-ask';
import { refuses, type LimitTermsSnapshot } from '../domain/ledger/verdict';
import { scopesOfCall } from '../domain/limits/scope';
import type { Money } from '../domain/money/money';
import type { Queryable } from '../platform/database/pool';
import { AppError } from '../platform/errors';
import { extendCalls, type ExtendRow } from './extend.repository';
import type { LimitBook } from './limit-book';

/** What an open call is to hold in all from now on. */
export interface ExtendAsk {
  readonly callId: string;
  readonly snapshot: CallSnapshot;
  readonly hold: Money;
  readonly holdOutputTokens: number;
}

/** ENDED: somebody else has ended the call, so that nothing is held for it any more. */
export type ExtendVerdict =
  | { readonly kind: 'EXTENDED' }
  | { readonly kind: 'ENDED' }
  | {
      readonly kind: 'REFUSED';
      readonly limitId: string;
      readonly spent: bigint;
      readonly reserved: bigint;
    };

const MAX_ATTEMPTS = 20;

/** Turns a batch of asks for more room into one statement, with the limits as they are now. */
export class Extender {
  constructor(
    private readonly db: Queryable,
    private readonly limits: LimitBook,
  ) {}

  async run(asks: readonly ExtendAsk[]): Promise<ExtendVerdict[]> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const reading = await this.limits.read(asks.map((ask) => scopesOfCall(ask.snapshot)));
      // Every holder of a template's limit has its amount, so that one of them tells it.
      const held = reading.paths.flatMap((path) => path.limits);
      const limits = [...new Map(held.map((limit) => [limit.id, limit])).values()];
      const rows = await extendCalls(this.db, {
        limitsVersion: reading.version,
        limitIds: limits.map((limit) => limit.id),
        caps: limits.map(capOf),
        calls: asks,
      });
      if (rows[0]?.verdict !== 'STALE_LIMITS') return verdicts(asks, rows);
      await this.limits.refresh();
    }
    throw new AppError('UNAVAILABLE', 'The limits on this call keep changing.');
  }
}

function capOf(limit: LimitTermsSnapshot): bigint | null {
  return refuses(limit) ? limit.amount : null;
}

function verdicts(asks: readonly ExtendAsk[], rows: readonly ExtendRow[]): ExtendVerdict[] {
  const byCall = new Map<string, ExtendRow>();
  for (const row of rows) if ('callId' in row) byCall.set(row.callId, row);
  return asks.map(({ callId }) => {
    const row = byCall.get(callId);
    if (!row || row.verdict === 'STALE_LIMITS')
      throw new Error(`ledger_extend gave no verdict for ${callId}`);
    if (row.verdict === 'EXTENDED') return { kind: 'EXTENDED' };
    if (row.verdict === 'ENDED') return { kind: 'ENDED' };
    const { limitId, spent, reserved } = row;
    return { kind: 'REFUSED', limitId, spent, reserved };
  });
}
