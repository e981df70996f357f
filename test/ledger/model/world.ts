import { whole } from './amount';
import { isWithin, spanAt, type Period, type Span } from './span';

/** The order in which a call meets its limits. */
export const SCOPES = [
  'SERVER',
  'ORGANIZATION',
  'TEAM',
  'PROJECT',
  'USER',
  'TEAM_MEMBER',
  'KEY',
  'CUSTOMER',
  'TAG',
  'PROVIDER',
  'DEPLOYMENT',
  'MODEL',
] as const;
export type Scope = (typeof SCOPES)[number];

export const UNITS = ['USD', 'TOKENS', 'INPUT_TOKENS', 'OUTPUT_TOKENS', 'REQUESTS', 'CONCURRENT'] as const;
export type Unit = (typeof UNITS)[number];

/** What a call belongs to: the ids of each scope, several for tags and for a model with several names. */
export type Place = Readonly<Record<Scope, readonly string[]>>;

/** What a call holds, or what it is booked at. */
export interface Use {
  readonly usd: bigint;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly requests: number;
}

export const NOTHING: Use = { usd: 0n, inputTokens: 0, outputTokens: 0, requests: 0 };

export interface ModelCall {
  readonly id: string;
  readonly place: Place;
  readonly owner: number;
  readonly admittedMs: number;
  readonly deadlineMs: number;
  readonly hold: Use;
  /** ADJUSTED is an expired call whose true cost came late. */
  readonly state: 'OPEN' | 'SETTLED' | 'VOIDED' | 'EXPIRED' | 'ADJUSTED';
  readonly booked: Use;
}

export interface ModelLimit {
  readonly id: string;
  readonly scope: Scope;
  readonly scopeId: string;
  readonly unit: Unit;
  readonly amount: bigint;
  readonly isAdvisory: boolean;
  readonly period: Period;
  /** Names, or beginnings of names that end with a star; empty for all. */
  readonly models: readonly string[];
  readonly isLive: boolean;
}

/** What was booked before the world began; only limits on the server can see it. */
export interface PastUse {
  readonly admittedMs: number;
  readonly use: Use;
}

/** All that the model keeps: what a limit holds is summed up from the calls whenever it is asked for. */
export interface World {
  readonly nowMs: number;
  readonly calls: readonly ModelCall[];
  readonly limits: readonly ModelLimit[];
  /** When the lease of each process ends. */
  readonly leases: readonly number[];
  readonly past: readonly PastUse[];
}

export interface Standing {
  readonly spent: bigint;
  readonly reserved: bigint;
}

export function bookedIn(unit: Unit, use: Use): bigint {
  switch (unit) {
    case 'USD':
      return use.usd;
    case 'TOKENS':
      return whole(use.inputTokens + use.outputTokens);
    case 'INPUT_TOKENS':
      return whole(use.inputTokens);
    case 'OUTPUT_TOKENS':
      return whole(use.outputTokens);
    case 'REQUESTS':
      return whole(use.requests);
    case 'CONCURRENT':
      return 0n;
  }
}

/** What a call holds while it is open: one request, and one place among those in flight. */
export function heldIn(unit: Unit, hold: Use): bigint {
  return unit === 'CONCURRENT' ? whole(1) : bookedIn(unit, { ...hold, requests: 1 });
}

export function isOn(limit: ModelLimit, place: Place): boolean {
  const isCounted = limit.models.some((name) =>
    place.MODEL.some((model) => (name.endsWith('*') ? model.startsWith(name.slice(0, -1)) : model === name)),
  );
  if (limit.models.length > 0 && !isCounted) return false;
  return limit.scope === 'SERVER' || place[limit.scope].includes(limit.scopeId);
}

/** What stands against a limit in a span: the calls that were admitted in it. */
export function standing(world: World, limit: ModelLimit, span: Span): Standing {
  let spent = 0n;
  let reserved = 0n;
  for (const call of world.calls) {
    if (!isOn(limit, call.place) || !isWithin(span, call.admittedMs)) continue;
    if (call.state === 'OPEN') reserved += heldIn(limit.unit, call.hold);
    else spent += bookedIn(limit.unit, call.booked);
  }
  // Earlier worlds had other models, so that a limit on some models cannot see them.
  if (limit.scope === 'SERVER' && limit.models.length === 0)
    for (const { admittedMs, use } of world.past)
      if (isWithin(span, admittedMs)) spent += bookedIn(limit.unit, use);
  return { spent, reserved };
}

export function presentSpan(world: World, limit: ModelLimit): Span {
  return spanAt(limit.period, world.nowMs);
}
