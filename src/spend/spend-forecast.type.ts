import { Field, ObjectType } from 'type-graphql';
import { formatMoney } from '../domain/money/decimal-text';
import type { SpendProjection } from '../domain/spend/spend-projection';
import { LimitWindow, toLimitWindow } from '../limits/limit-window.type';
import { Limit, toLimit } from '../limits/limit.type';
import { DateTimeScalar, DecimalScalar } from '../platform/graphql/scalars';
import type { SpendForecastAnswer } from './spend-forecast.service';

@ObjectType('SpendProjectionSummary', {
  description:
    "An average carried on in a straight line. Amounts are in the limit's unit, rounded to 12 places.",
})
export class SpendProjectionSummary {
  @Field(() => String, { description: 'How it is computed, in words.' })
  method: string;

  @Field(() => DateTimeScalar, { description: 'First instant of the span whose average it is.' })
  since: Date;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'What an hour of the span took; null when the span has no length yet.',
  })
  ratePerHour: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'What is spent at this rate when the window ends, as if nothing were refused; null when it never ends, or there is no rate.',
  })
  projectedTotal: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When all of the amount is spent at this rate; null when that is not before the window ends. The instant of the ' +
      'answer when it is spent already.',
  })
  exhaustedAt: Date | null;
}

@ObjectType('SpendForecastReport', {
  description: 'Where the spend against a limit is heading in its present window.',
})
export class SpendForecastReport {
  @Field(() => Limit, { description: 'The limit.' })
  limit: Limit;

  @Field(() => LimitWindow, { description: 'Its present window, with what is spent so far.' })
  window: LimitWindow;

  @Field(() => DateTimeScalar, { description: "The instant of the answer, by the ledger's clock." })
  asOf: Date;

  @Field(() => SpendProjectionSummary, { description: 'By the average since the window began.' })
  sinceWindowStart: SpendProjectionSummary;

  @Field(() => SpendProjectionSummary, { description: 'By the average of the 24 hours before the answer.' })
  last24Hours: SpendProjectionSummary;
}

const SINCE_START =
  'Linear: what is spent in the window, by the hours since it began (since the first call that counts, if it never ends).';
const LAST_DAY =
  'Linear: what was booked for calls that the limit counts and that began in the last 24 hours, also in an earlier window, by 24 hours.';

export function toSpendForecast(answer: SpendForecastAnswer): SpendForecastReport {
  const limit = toLimit(answer.limit);
  return {
    limit,
    window: toLimitWindow(limit, answer.window),
    asOf: answer.asOf,
    sinceWindowStart: toProjection(answer.sinceWindowStart, SINCE_START),
    last24Hours: toProjection(answer.last24Hours, LAST_DAY),
  };
}

function toProjection(
  projection: SpendProjection & { readonly since: Date },
  method: string,
): SpendProjectionSummary {
  const { since, ratePerHour, projectedTotal, exhaustedAtMs } = projection;
  return {
    method,
    since,
    ratePerHour: ratePerHour === null ? null : formatMoney(ratePerHour),
    projectedTotal: projectedTotal === null ? null : formatMoney(projectedTotal),
    exhaustedAt: exhaustedAtMs === null ? null : new Date(exhaustedAtMs),
  };
}
