import type { CallAsk } from '../../../src/domain/ledger/call-ask';
import type { Verdict } from '../../../src/domain/ledger/verdict';
import { anAsk, settledAt } from '../../support/ledger';
import { textOfAmount, whole } from './amount';
import { expectSame } from './books';
import { keyOf, modelListsOf, placeOf, targetsOf, type Cast } from './cast';
import type { AmendShape, CallShape, EndShape, LimitShape } from './commands';
import type { Answer, Move } from './moves';
import type { Rig } from './rig';
import {
  standing,
  type ModelCall,
  type ModelLimit,
  type Scope,
  type Unit,
  type Use,
  type World,
} from './world';

/** A move as both sides make it: the model's, and what does it to the product. */
export interface Attempt {
  readonly move: Move;
  /** Makes the move in the product; the result is checked against an answer of the model. */
  run(): Promise<(answer: Answer, before: World) => boolean>;
}

const NO_KEY_VERSION = null;
const FIRST_VERSION = 1;

export function attemptReserve(rig: Rig, cast: Cast, shape: CallShape, id: string): Attempt {
  const place = placeOf(cast, shape);
  const isKeyStale = shape.isKeyStale && keyOf(cast, shape) !== null;
  const { hold, inputTokens, outputTokens } = shape;
  const made: Move = {
    kind: 'RESERVE',
    id,
    owner: shape.process,
    place,
    hold: { usd: hold, inputTokens, outputTokens, requests: 1 },
    deadlineAfterMs: shape.deadlineMs,
    isKeyStale,
  };
  return {
    move: made,
    run: async () => {
      const verdict = await processOf(rig, shape.process).reserve(askOf(cast, shape, id, isKeyStale));
      return (answer, before) => isVerdict(verdict, answer) && isKeySpend(verdict, before, place.KEY[0]);
    },
  };
}

function askOf(cast: Cast, shape: CallShape, id: string, isKeyStale: boolean): CallAsk {
  const key = keyOf(cast, shape);
  const place = placeOf(cast, shape);
  const one = (scope: Scope): string | null => place[scope][0] ?? null;
  return anAsk(
    shape.hold,
    {
      callId: id,
      keyVersion: key === null ? NO_KEY_VERSION : FIRST_VERSION + Number(isKeyStale),
      holdInputTokens: shape.inputTokens,
      holdOutputTokens: shape.outputTokens,
      deadlineMs: shape.deadlineMs,
    },
    {
      organizationId: one('ORGANIZATION') ?? '',
      teamId: one('TEAM'),
      projectId: one('PROJECT'),
      userId: one('USER'),
      keyId: one('KEY'),
      customerId: one('CUSTOMER')?.split('/')[1] ?? null,
      tags: place.TAG,
      provider: cast.provider,
      deploymentId: one('DEPLOYMENT'),
      model: one('MODEL') ?? '',
      modelNames: place.MODEL.slice(1),
    },
  );
}

function isVerdict(verdict: Verdict, answer: Answer): boolean {
  if (verdict.kind !== 'REFUSED' || answer.kind !== 'REFUSED') return verdict.kind === answer.kind;
  const { limit, spent, reserved } = verdict.refusal;
  return answer.by.some((by) => by.limitId === limit.id && by.spent === spent && by.reserved === reserved);
}

/** What the key had spent when the call was judged. */
function isKeySpend(verdict: Verdict, before: World, keyId: string | undefined): boolean {
  if (verdict.kind !== 'ADMITTED' && verdict.kind !== 'REFUSED') return true;
  if (keyId === undefined) return verdict.keySpend === 0n;
  const ended = before.calls.filter((call) => call.place.KEY[0] === keyId && call.state !== 'OPEN');
  return verdict.keySpend === ended.reduce((sum, call) => sum + call.booked.usd, 0n);
}

/** Null when there is no call to end. */
export function attemptEnd(rig: Rig, world: World, shape: EndShape, isExpiry: boolean): Attempt | null {
  const pool = world.calls.filter((each) => shape.among === 'all' || each.state === STATES[shape.among]);
  const call = pool[shape.pick % Math.max(pool.length, 1)];
  if (!call) return null;
  const outcome = isExpiry ? 'EXPIRED' : shape.outcome;
  const cost = costOf(call, shape);
  const isVoid = outcome !== 'SETTLED';
  const use: Use = isVoid
    ? { usd: 0n, inputTokens: 0, outputTokens: 0, requests: 0 }
    : {
        usd: cost ?? 0n,
        inputTokens: shape.inputTokens,
        outputTokens: shape.outputTokens,
        requests: shape.requests,
      };
  const end = settledAt(call.id, use.usd, {
    outcome,
    cost: isVoid ? 0n : cost,
    pricingStatus: !isVoid && cost === null ? 'UNPRICED' : 'PRICED',
    inputTokens: use.inputTokens,
    outputTokens: use.outputTokens,
    requests: use.requests === 0 ? 0 : 1,
  });
  return {
    move: { kind: 'END', id: call.id, outcome, use },
    run: async () => {
      const result = await processOf(rig, shape.process).settle(end);
      return (answer) => answer.kind === result;
    },
  };
}

const STATES = { open: 'OPEN', expired: 'EXPIRED' } as const;

function costOf(call: ModelCall, shape: EndShape): bigint | null {
  switch (shape.cost) {
    case 'less':
      return call.hold.usd / 3n;
    case 'equal':
      return call.hold.usd;
    case 'more':
      return call.hold.usd + whole(1);
    case 'nothing':
      return 0n;
    case 'unpriced':
      return null;
  }
}

export function attemptAmend(rig: Rig, world: World, pick: number, change: AmendShape): Attempt | null {
  const limit = pickLimit(world, pick);
  if (!limit) return null;
  const period = limit.unit === 'CONCURRENT' ? undefined : change.period;
  const level = change.level === undefined ? {} : { amount: amountAt(world, limit, change.level) };
  const amended: Partial<ModelLimit> = {
    ...level,
    ...(change.isAdvisory === undefined ? {} : { isAdvisory: change.isAdvisory }),
    ...(period === undefined ? {} : { period }),
  };
  const { amount, isAdvisory } = amended;
  // A window that would make it the twin of another limit is refused, and nothing changes.
  const isRefused =
    period !== undefined &&
    period !== limit.period &&
    world.limits.some((each) => each.isLive && each !== limit && isTwin(each, { ...limit, period }));
  return {
    move: { kind: 'AMEND', limitId: limit.id, change: isRefused ? {} : amended },
    run: async () => {
      const updated = await rig.fixture.limits.update(rig.fixture.master, {
        limitId: limit.id,
        amount: amount === undefined ? undefined : textOfAmount(amount),
        enforcement: isAdvisory === undefined ? undefined : enforcement(isAdvisory),
        window: period === undefined ? undefined : windowOf(period),
      });
      if (updated.ok === isRefused) throw new Error(JSON.stringify(updated));
      return (answer) => answer.kind === 'AMENDED';
    },
  };
}

/** Sets a limit, or new terms for the one that is there, in both; returns the world with it. */
export async function setLimit(rig: Rig, cast: Cast, world: World, shape: LimitShape): Promise<World> {
  const targets = targetsOf(cast);
  const lists = modelListsOf(cast);
  const target = targets[shape.target % targets.length] as (typeof targets)[number];
  const period = shape.unit === 'CONCURRENT' ? 'TOTAL' : shape.period;
  const draft: ModelLimit = {
    ...target,
    id: '',
    unit: shape.unit,
    amount: 0n,
    isAdvisory: shape.isAdvisory,
    period,
    models: lists[shape.models % lists.length] ?? [],
    isLive: true,
  };
  const limit = { ...draft, amount: amountAt(world, draft, shape.level) };
  const set = await rig.fixture.limits.set(rig.fixture.master, {
    ...inputOf(target),
    unit: limit.unit,
    amount: textOfAmount(limit.amount),
    enforcement: enforcement(limit.isAdvisory),
    window: limit.unit === 'CONCURRENT' ? undefined : windowOf(period),
    models: limit.models,
  });
  if (!set.ok) throw new Error(JSON.stringify(set.error));
  const { id } = set.value;
  const twins = world.limits.filter((each) => each.isLive && isTwin(each, limit));
  expectSame(
    'whether a limit was there already',
    world.limits.some((each) => each.id === id),
    twins.length > 0,
  );
  if (twins.length === 0) return { ...world, limits: [...world.limits, { ...limit, id }] };
  expectSame(
    'whether it is the same',
    twins.some((each) => each.id === id),
    true,
  );
  return { ...world, limits: world.limits.map((each) => (each.id === id ? { ...limit, id } : each)) };
}

/** A target as callers name it: a customer by the organization and its own id. */
function inputOf(target: { readonly scope: Scope; readonly scopeId: string }) {
  if (target.scope !== 'CUSTOMER') return target;
  const [organizationId, scopeId] = target.scopeId.split('/');
  return { scope: target.scope, scopeId, organizationId };
}

export async function removeLimit(rig: Rig, world: World, pick: number): Promise<World> {
  const limit = pickLimit(world, pick);
  if (!limit) return world;
  const removed = await rig.fixture.limits.remove(rig.fixture.master, limit.id);
  if (!removed.ok) throw new Error(JSON.stringify(removed.error));
  const limits = world.limits.map((each) => (each === limit ? { ...each, isLive: false } : each));
  return { ...world, limits };
}

function isTwin(a: ModelLimit, b: ModelLimit): boolean {
  const text = (limit: ModelLimit): string =>
    JSON.stringify([limit.scope, limit.scopeId, limit.unit, limit.period, [...limit.models].sort()]);
  return text(a) === text(b);
}

function pickLimit(world: World, pick: number): ModelLimit | undefined {
  const live = world.limits.filter((limit) => limit.isLive);
  return live[pick % Math.max(live.length, 1)];
}

/** What was booked before the run does not count, so that limits on the server are as tight in every run. */
function amountAt(world: World, limit: ModelLimit, level: number): bigint {
  const before = standing({ ...world, calls: [] }, limit, { fromMs: 0, untilMs: null }).spent;
  return before + whole(level * STEPS[limit.unit]);
}

const STEPS: Readonly<Record<Unit, number>> = {
  USD: 1,
  TOKENS: 12,
  INPUT_TOKENS: 7,
  OUTPUT_TOKENS: 7,
  REQUESTS: 1,
  CONCURRENT: 1,
};

function windowOf(period: ModelLimit['period']) {
  return period === 'FIVE_MINUTES' ? { period: 'MINUTE' as const, count: 5 } : { period };
}

function enforcement(isAdvisory: boolean): 'ADVISORY' | 'HARD' {
  return isAdvisory ? 'ADVISORY' : 'HARD';
}

function processOf(rig: Rig, index: number): Rig['processes'][number]['ledger'] {
  const server = rig.processes[index];
  if (!server) throw new Error(`There is no process ${index}`);
  return server.ledger;
}
