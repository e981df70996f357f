import fc from 'fast-check';
import type { PlaceShape } from './cast';
import { PERIODS, type Period } from './span';
import { UNITS, type Unit } from './world';

/** Commands name calls and limits by number, counted round those that there are, so that every shrunk list makes sense. */
export type Command =
  | { readonly do: 'reserve'; readonly call: CallShape }
  | { readonly do: 'at once'; readonly members: readonly MemberShape[] }
  | { readonly do: 'end'; readonly end: EndShape }
  | { readonly do: 'sweep' }
  | { readonly do: 'set'; readonly limit: LimitShape }
  | { readonly do: 'amend'; readonly pick: number; readonly change: AmendShape }
  | { readonly do: 'remove'; readonly pick: number }
  | { readonly do: 'advance'; readonly advance: AdvanceShape }
  | { readonly do: 'skew'; readonly process: number; readonly byMs: number };

export interface CallShape extends PlaceShape {
  readonly process: number;
  readonly hold: bigint;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly deadlineMs: number;
  readonly isKeyStale: boolean;
}

export interface EndShape {
  readonly process: number;
  readonly among: 'open' | 'expired' | 'all';
  readonly pick: number;
  readonly outcome: 'SETTLED' | 'VOIDED';
  readonly cost: 'less' | 'equal' | 'more' | 'nothing' | 'unpriced';
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly requests: 0 | 1;
}

export type MemberShape =
  | { readonly do: 'reserve'; readonly call: CallShape }
  | { readonly do: 'end'; readonly end: EndShape }
  /** What a sweeper of another process does to a call that is overdue. */
  | { readonly do: 'expire'; readonly end: EndShape }
  | { readonly do: 'amend'; readonly pick: number; readonly level: number; readonly isAdvisory: boolean };

export interface LimitShape {
  readonly target: number;
  readonly unit: Unit;
  /** How high the limit is, from nothing to hardly ever reached. */
  readonly level: number;
  readonly isAdvisory: boolean;
  readonly period: Period;
  readonly models: number;
}

export interface AmendShape {
  readonly level?: number | undefined;
  readonly isAdvisory?: boolean | undefined;
  readonly period?: Period | undefined;
}

export type AdvanceShape =
  | { readonly byMs: number }
  /** To the end of the present window of that period, and so many milliseconds past it. */
  | { readonly toEndOf: Exclude<Period, 'TOTAL'>; readonly pastMs: -2 | -1 | 0 | 1 };

const USD = 1_000_000_000_000n;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const picks = fc.nat({ max: 30 });
const processes = fc.constantFrom(0, 1, 0, 1, 2);
const tokens = fc.constantFrom(0, 1, 5, 10, 10);
const levels = fc.integer({ min: 0, max: 6 });
const periods = fc.constantFrom(...PERIODS);
const rarely = fc.integer({ min: 0, max: 14 }).map((drawn) => drawn === 14);
const advisory = fc.constantFrom(false, false, false, false, true);

const anyCalls: fc.Arbitrary<CallShape> = fc.record({
  process: processes,
  key: fc.constantFrom(0, 0, 0, 1, 1, 2, 3, 4),
  customer: fc.constantFrom(0, 0, 1, null),
  tags: fc.constantFrom<readonly number[]>([0], [0], [0, 1], [1], [], [0, 0]),
  deployment: fc.constantFrom(0, 1, null),
  model: fc.constantFrom(0, 0, 1, 2),
  hold: fc.constantFrom(USD, USD, USD, USD / 2n, 2n * USD, 333_333_333_333n, 1n, 0n),
  inputTokens: tokens,
  outputTokens: tokens,
  deadlineMs: fc.constantFrom(40 * DAY_MS, 40 * DAY_MS, 40 * DAY_MS, 10 * MINUTE_MS),
  isKeyStale: rarely,
});

/** Every other call is of one place, so that processes often meet what they have in memory already. */
const USUAL: PlaceShape = { key: 0, customer: 0, tags: [0], deployment: 0, model: 0 };
const calls = fc.oneof(
  anyCalls,
  anyCalls.map((call): CallShape => ({ ...call, ...USUAL })),
);

const ends: fc.Arbitrary<EndShape> = fc.record({
  process: processes,
  among: fc.constantFrom<EndShape['among'][]>('open', 'open', 'open', 'expired', 'all'),
  pick: picks,
  outcome: fc.constantFrom<EndShape['outcome'][]>('SETTLED', 'SETTLED', 'SETTLED', 'VOIDED'),
  cost: fc.constantFrom<EndShape['cost'][]>('less', 'less', 'equal', 'more', 'nothing', 'unpriced'),
  inputTokens: tokens,
  outputTokens: tokens,
  requests: fc.constantFrom(1, 1, 1, 0),
});

const members: fc.Arbitrary<MemberShape> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('reserve' as const), call: calls }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('end' as const), end: ends }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('expire' as const), end: ends }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('amend' as const),
      pick: picks,
      level: levels,
      isAdvisory: advisory,
    }),
  },
);

const limits: fc.Arbitrary<LimitShape> = fc.record({
  target: fc.nat({ max: 40 }),
  unit: fc.constantFrom(...UNITS, 'USD' as const, 'USD' as const, 'CONCURRENT' as const),
  level: levels,
  isAdvisory: advisory,
  period: periods,
  models: fc.constantFrom(0, 0, 0, 0, 1, 2, 3, 4),
});

const advances: fc.Arbitrary<AdvanceShape> = fc.oneof(
  fc.record({ byMs: fc.constantFrom(1, 5_000, MINUTE_MS, 61 * MINUTE_MS, DAY_MS, 32 * DAY_MS) }),
  fc.record({
    toEndOf: fc.constantFrom(
      'MINUTE' as const,
      'FIVE_MINUTES' as const,
      'HOUR' as const,
      'DAY' as const,
      'MONTH' as const,
    ),
    pastMs: fc.constantFrom(-2 as const, -1 as const, 0 as const, 0 as const, 1 as const),
  }),
);

const setLimits = fc.record({ do: fc.constant('set' as const), limit: limits });

const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('reserve' as const), call: calls }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('at once' as const),
      members: fc.array(members, { minLength: 2, maxLength: 8, size: 'max' }),
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('end' as const), end: ends }) },
  { weight: 2, arbitrary: fc.constant({ do: 'sweep' as const }) },
  { weight: 2, arbitrary: setLimits },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('amend' as const),
      pick: picks,
      change: fc.record({ level: levels, isAdvisory: advisory, period: periods }, { requiredKeys: [] }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), pick: picks }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('advance' as const), advance: advances }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('skew' as const),
      process: processes,
      byMs: fc.constantFrom(-61_000, -1, 1, 2_000, 61_000, DAY_MS),
    }),
  },
);

/** A few limits, then what calls, administrators and the clock do to them. */
export const histories: fc.Arbitrary<readonly Command[]> = fc
  .tuple(
    fc.array(setLimits, { minLength: 1, maxLength: 5, size: 'max' }),
    fc.array(anyCommand, { minLength: 6, maxLength: 24, size: 'max' }),
  )
  .map(([first, then]) => [...first, ...then]);
