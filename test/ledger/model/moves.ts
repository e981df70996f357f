import {
  heldIn,
  isOn,
  NOTHING,
  presentSpan,
  SCOPES,
  standing,
  type ModelCall,
  type ModelLimit,
  type Place,
  type Standing,
  type Use,
  type World,
} from './world';

/** What calls ask of the ledger, and what it answers: each move makes a new world. */
export type Move =
  | {
      readonly kind: 'RESERVE';
      readonly id: string;
      readonly owner: number;
      readonly place: Place;
      readonly hold: Use;
      readonly deadlineAfterMs: number;
      readonly isKeyStale: boolean;
    }
  | {
      readonly kind: 'END';
      readonly id: string;
      readonly outcome: 'SETTLED' | 'VOIDED' | 'EXPIRED';
      readonly use: Use;
    }
  | {
      readonly kind: 'AMEND';
      readonly limitId: string;
      readonly change: Partial<Pick<ModelLimit, 'amount' | 'isAdvisory' | 'period'>>;
    };

type Ended = Exclude<ModelCall['state'], 'OPEN'>;

export interface Refuser extends Standing {
  readonly limitId: string;
}

export type Answer =
  | { readonly kind: 'ADMITTED' | 'KEY_CHANGED' | 'AMENDED' }
  /** Any of the limits on the first scope of the path that the call does not fit under. */
  | { readonly kind: 'REFUSED'; readonly by: readonly Refuser[] }
  | { readonly kind: Ended | 'ALREADY_ENDED' | 'UNKNOWN' };

export interface Step {
  readonly world: World;
  readonly answer: Answer;
}

/** How long a process's lease lasts, by its place among the processes. */
export const LEASES_MS = [3 * 86_400_000, 3 * 86_400_000, 3_600_000] as const;

export function move(world: World, made: Move): Step {
  if (made.kind === 'RESERVE') return reserve(world, made);
  if (made.kind === 'END') return end(world, made);
  const change = (limit: ModelLimit): ModelLimit =>
    limit.id === made.limitId ? { ...limit, ...made.change } : limit;
  return { world: { ...world, limits: world.limits.map(change) }, answer: { kind: 'AMENDED' } };
}

function reserve(before: World, ask: Move & { kind: 'RESERVE' }): Step {
  const world = renewLease(before, ask.owner);
  if (ask.isKeyStale) return { world, answer: { kind: 'KEY_CHANGED' } };
  for (const scope of SCOPES) {
    const by = world.limits
      .filter((limit) => limit.scope === scope && limit.isLive && isOn(limit, ask.place))
      .flatMap((limit) => refusers(world, limit, ask.hold));
    if (by.length > 0) return { world, answer: { kind: 'REFUSED', by } };
  }
  const call: ModelCall = {
    id: ask.id,
    place: ask.place,
    owner: ask.owner,
    admittedMs: world.nowMs,
    deadlineMs: world.nowMs + ask.deadlineAfterMs,
    hold: ask.hold,
    state: 'OPEN',
    booked: NOTHING,
  };
  return { world: { ...world, calls: [...world.calls, call] }, answer: { kind: 'ADMITTED' } };
}

function refusers(world: World, limit: ModelLimit, hold: Use): Refuser[] {
  const ask = heldIn(limit.unit, hold);
  if (limit.isAdvisory || ask === 0n) return [];
  const { spent, reserved } = standing(world, limit, presentSpan(world, limit));
  return spent + reserved + ask > limit.amount ? [{ limitId: limit.id, spent, reserved }] : [];
}

/** A process that asks after its lease has ended takes a new one. */
function renewLease(world: World, owner: number): World {
  if ((world.leases[owner] ?? 0) > world.nowMs) return world;
  const renewed = world.nowMs + (LEASES_MS[owner] ?? 0);
  return { ...world, leases: world.leases.map((each, index) => (index === owner ? renewed : each)) };
}

function end(world: World, made: Move & { kind: 'END' }): Step {
  const call = world.calls.find((each) => each.id === made.id);
  if (!call) return { world, answer: { kind: 'UNKNOWN' } };
  const isLate = call.state === 'EXPIRED' && made.outcome !== 'EXPIRED';
  if (call.state !== 'OPEN' && !isLate) return { world, answer: { kind: 'ALREADY_ENDED' } };
  const state: Ended = isLate ? 'ADJUSTED' : made.outcome;
  const booked = made.outcome === 'EXPIRED' ? { ...call.hold, requests: 1 } : made.use;
  const calls = world.calls.map((each) => (each === call ? { ...call, state, booked } : each));
  return { world: { ...world, calls }, answer: { kind: state } };
}

/** The calls that nobody finishes: their process has let its lease end, or their own time is up. */
export function overdue(world: World): ModelCall[] {
  const { nowMs } = world;
  return world.calls.filter(
    (call) => call.state === 'OPEN' && (call.deadlineMs < nowMs || (world.leases[call.owner] ?? 0) < nowMs),
  );
}
