import { Field, Int, ObjectType } from 'type-graphql';
import { formatMoney } from '../domain/money/decimal-text';
import { Payload } from '../platform/graphql/payload';
import { DecimalScalar } from '../platform/graphql/scalars';
import type { RerateReport as Report, RerateSums as Sums } from './rerate-tally';

@ObjectType({ description: 'What a new rating changes.' })
abstract class RerateSums {
  @Field(() => Int, { description: 'Calls whose cost or pricing status changes.' })
  changed: number;

  @Field(() => DecimalScalar, { description: 'What was booked for them before, in US dollars.' })
  oldCost: string;

  @Field(() => DecimalScalar, { description: 'What they cost by the present prices, in US dollars.' })
  newCost: string;

  @Field(() => DecimalScalar, { description: 'New less old cost, in US dollars; may be negative.' })
  difference: string;
}

@ObjectType('RerateModelSummary', { description: 'What a new rating changes for one model of one provider.' })
export class RerateModelSummary extends RerateSums {
  @Field(() => String, { nullable: true, description: 'Provider of the calls; null when it is not known.' })
  provider: string | null;

  @Field(() => String, { description: 'Model that was asked for.' })
  model: string;
}

@ObjectType('RerateReport', { description: 'What a new rating of calls changed, or would change.' })
export class RerateReport extends RerateSums {
  @Field(() => Int, { description: 'Calls that were looked at in this run.' })
  examined: number;

  @Field(() => Int, { description: 'Calls that have no price still.' })
  stillUnpriced: number;

  @Field(() => Int, {
    description: 'Calls that somebody else rated at the same time; another run looks at them anew.',
  })
  ratedMeanwhile: number;

  @Field(() => [RerateModelSummary], { description: 'The same by provider and model.' })
  models: RerateModelSummary[];

  @Field(() => String, {
    nullable: true,
    description: 'For `after` of the next run; null when the whole range was looked at.',
  })
  nextCursor: string | null;
}

@ObjectType('RerateSpendPayload', { description: 'The outcome of `rerateSpend`.' })
export class RerateSpendPayload extends Payload {
  @Field(() => RerateReport, { nullable: true, description: 'What changed; null when nothing was tried.' })
  report?: RerateReport | null;
}

export function toRerateReport(report: Report): RerateReport {
  const { examined, stillUnpriced, ratedMeanwhile, nextCursor } = report;
  const models = report.models.map((each) =>
    Object.assign(toSums(each), { provider: each.provider, model: each.model }),
  );
  return Object.assign(toSums(report), { examined, stillUnpriced, ratedMeanwhile, nextCursor, models });
}

function toSums({ changed, oldCost, newCost }: Sums): RerateSums {
  return {
    changed,
    oldCost: formatMoney(oldCost),
    newCost: formatMoney(newCost),
    difference: formatMoney(newCost - oldCost),
  };
}
