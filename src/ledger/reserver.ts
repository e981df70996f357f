import { askOf, type CallAsk, type CallSnapshot } from '../domain/ledger/call-ask';
import { refuses, type LimitStanding, type LimitTermsSnapshot, type Verdict } from '../domain/ledger/verdict';
import { namesOfModel, scopesOfCall } from '../domain/limits/scope';
import { allowsModel } from '../domain/models/model-pattern';
import { AppError } from '../platform/errors';
import type { Queryable } from '../platform/database/pool';
import { DryWindows } from './dry-windows';
import type { LedgerClock } from './ledger-clock';
import type { LimitBook } from './limit-book';
import {
  explainCalls,
  reserveCalls,
  type ReserveAnswer,
  type ReserveBatch,
  type ReserveLine,
  type ReserveRow,
} from './reserve.repository';
import type { OpenWindow, WindowBook } from './window-book';

/** Each attempt fails only when a limit, a window or the lease changed under it; that many in a row is no accident. */
const MAX_ATTEMPTS = 20;

export interface ReserverParts {
  readonly db: Queryable;
  readonly ownerId: string;
  readonly clock: LedgerClock;
  readonly limits: LimitBook;
  readonly windows: WindowBook;
  readonly renewLease: () => Promise<void>;
}

/** Turns a batch of asks into one reserve statement, and its rows into verdicts. */
export class Reserver {
  constructor(private readonly parts: ReserverParts) {}

  async run(asks: readonly CallAsk[]): Promise<Verdict[]> {
    const { db, clock, limits, renewLease } = this.parts;
    let isFresh = false;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const plan = await this.plan(asks);
      // What the reserve statement cannot prove is asked of the database anew: that somebody is blocked still.
      if (plan === null || (plan.blocked.size > 0 && !isFresh)) {
        await limits.refresh();
        isFresh = true;
        continue;
      }
      if (plan.batch.calls.length === 0) return verdicts(asks, NO_ANSWER, plan);
      const answer = await reserveCalls(db, plan.batch);
      const [first] = answer.rows;
      if (first) clock.observe(first.nowMs);
      if (first?.verdict === 'STALE_LIMITS') await limits.refresh();
      else if (first?.verdict === 'LEASE_LOST') await renewLease();
      else if (first?.verdict !== 'STALE_WINDOWS') return verdicts(asks, answer, plan);
    }
    throw new AppError('UNAVAILABLE', 'The limits on this call keep changing. Try again in a moment.');
  }

  /** What `run` would say, with nothing written. */
  async explain(ask: CallAsk): Promise<Verdict> {
    const { db, limits, renewLease } = this.parts;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const windows = new DryWindows(db);
      const plan = await this.plan([ask], windows);
      if (plan && plan.blocked.size > 0) return { kind: 'CUSTOMER_BLOCKED' };
      const answer = plan && (await explainCalls(db, plan.batch, windows.absent));
      if (!plan || !answer) {
        await limits.refresh();
        continue;
      }
      const [first] = answer.rows;
      if (first?.verdict === 'STALE_LIMITS') await limits.refresh();
      else if (first?.verdict === 'LEASE_LOST') await renewLease();
      else if (first?.verdict !== 'STALE_WINDOWS') {
        const [verdict] = verdicts([ask], answer, plan);
        if (verdict) return verdict;
      }
    }
    throw new AppError('UNAVAILABLE', 'The limits on this call keep changing. Try again in a moment.');
  }

  private async plan(
    asks: readonly CallAsk[],
    windows: Pick<WindowBook, 'at'> = this.parts.windows,
  ): Promise<ReservePlan | null> {
    const { clock, limits, ownerId } = this.parts;
    const scopes = asks.map((ask) => scopesOfCall(ask.snapshot));
    const reading = await limits.read(scopes);
    const blocked = new Set(asks.filter((_, index) => reading.paths[index]?.isBlocked === true));
    const limitsOfAsk = asks.map((ask, index) =>
      blocked.has(ask)
        ? []
        : (reading.paths[index]?.limits ?? []).filter((limit) => coversModel(limit, ask.snapshot)),
    );
    const distinct = new Map<string, LimitTermsSnapshot>();
    for (const limit of limitsOfAsk.flat()) distinct.set(limit.series, limit);
    const open = await windows.at(distinct.values(), reading.version, clock.now());
    if (open.size !== distinct.size) return null;
    const slots = [...distinct.values()]
      .map((limit) => ({ limit, open: open.get(limit.series) as OpenWindow }))
      .sort((a, b) => (BigInt(a.open.id) < BigInt(b.open.id) ? -1 : 1));
    const slotOf = new Map(slots.map((slot, index) => [slot.limit.series, index + 1]));
    const lines = (ask: CallAsk, path: readonly LimitTermsSnapshot[]): ReserveLine[] =>
      path.map((limit) => ({
        slot: slotOf.get(limit.series) ?? 0,
        windowId: open.get(limit.series)?.id ?? '0',
        held: heldUnder(limit, ask),
      }));
    return {
      slots,
      blocked,
      batch: {
        ownerId,
        limitsVersion: reading.version,
        windowIds: slots.map((slot) => slot.open.id),
        caps: slots.map(({ limit }) => (refuses(limit) ? limit.amount : null)),
        calls: asks
          .map((ask, index) => ({ ask, lines: lines(ask, limitsOfAsk[index] ?? []) }))
          .filter(({ ask }) => !blocked.has(ask)),
      },
    };
  }
}

function heldUnder({ id, unit }: LimitTermsSnapshot, ask: CallAsk): bigint {
  return ask.unheldLimitIds?.includes(id) === true ? 0n : askOf(unit, ask);
}

export function coversModel(limit: LimitTermsSnapshot, call: CallSnapshot): boolean {
  return limit.models.length === 0 || namesOfModel(call).some((name) => allowsModel(limit.models, name));
}

interface ReservePlan {
  readonly slots: readonly { readonly limit: LimitTermsSnapshot; readonly open: OpenWindow }[];
  /** Calls that are refused, whatever the limits say. */
  readonly blocked: ReadonlySet<CallAsk>;
  readonly batch: ReserveBatch;
}

const NO_ANSWER: ReserveAnswer = { rows: [], spent: [], reserved: [] };

/** Goes through the calls as the database did, so that each knows what stood in its windows when its turn came. */
function verdicts(
  asks: readonly CallAsk[],
  { rows, spent, reserved }: ReserveAnswer,
  { slots, batch, blocked }: ReservePlan,
): Verdict[] {
  const byCall = new Map<string, ReserveRow>();
  for (const row of rows) if ('callId' in row) byCall.set(row.callId, row);
  const held = [...reserved];
  const linesOf = new Map(batch.calls.map(({ ask, lines }) => [ask, lines]));
  return asks.map((ask) => {
    if (blocked.has(ask)) return { kind: 'CUSTOMER_BLOCKED' };
    const lines = linesOf.get(ask) ?? [];
    const row = byCall.get(ask.callId);
    if (!row) throw new Error(`ledger_reserve gave no verdict for ${ask.callId}`);
    const standings = lines.map((line) => standingOf(line, slots, spent, held));
    if (row.verdict === 'ADMITTED')
      for (const { slot, held: asked } of lines) held[slot - 1] = (held[slot - 1] ?? 0n) + asked;
    return verdict(ask, row, standings, lines);
  });
}

function standingOf(
  { slot, windowId, held: ask }: ReserveLine,
  slots: ReservePlan['slots'],
  spent: readonly bigint[],
  held: readonly bigint[],
): LimitStanding {
  const place = slots[slot - 1];
  if (!place) throw new Error(`A call has a line in the unknown window ${windowId}`);
  const { limit, open } = place;
  return {
    ...{ limit, windowId, ask, window: open.window },
    spent: spent[slot - 1] ?? 0n,
    reserved: held[slot - 1] ?? 0n,
  };
}

function verdict(
  ask: CallAsk,
  row: ReserveRow,
  standings: readonly LimitStanding[],
  lines: readonly ReserveLine[],
): Verdict {
  switch (row.verdict) {
    case 'ADMITTED':
      return { kind: 'ADMITTED', admittedAtMs: row.nowMs, keySpend: row.keySpend, standings };
    case 'REFUSED': {
      const standing = standings[lines.findIndex(({ slot }) => slot === row.slot)];
      if (!standing) throw new Error(`ledger_reserve refused by an unknown window for ${ask.callId}`);
      const refusal = { ...standing, spent: row.spent, reserved: row.reserved };
      return { kind: 'REFUSED', refusal, keySpend: row.keySpend, standings };
    }
    case 'DUPLICATE':
      return {
        kind: 'DUPLICATE',
        firstCallId: row.firstCallId,
        sameBody: row.firstBodyHash === ask.idempotency?.bodyHash,
        inFlight: row.firstState === 'RESERVED',
      };
    default:
      return { kind: 'KEY_CHANGED' };
  }
}
