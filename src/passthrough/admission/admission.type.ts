import { Field, Int, ObjectType } from 'type-graphql';
import { fitsUnder, type LimitStanding } from '../../domain/ledger/verdict';
import type { LimitScope, LimitUnit } from '../../domain/limits/scope';
import { formatMoney } from '../../domain/money/decimal-text';
import { LimitScopeEnum, LimitUnitEnum } from '../../limits/limit.enum';
import { DateTimeScalar, DecimalScalar } from '../../platform/graphql/scalars';
import type { Explanation } from '../pipeline/explain';

@ObjectType({
  description:
    'How one limit stands towards a call. Amounts are null where the limit is not visible to the caller.',
})
export class AdmissionLimitStatus {
  @Field(() => LimitScopeEnum, { description: 'What kind of thing the limit is set on.' })
  scope: LimitScope;

  @Field(() => LimitUnitEnum, { description: 'What it counts.' })
  unit: LimitUnit;

  @Field(() => Boolean, { description: 'Whether it has room for what the call asks.' })
  fits: boolean;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When its window ends; null when it never does.',
  })
  resetsAt: Date | null;

  readonly standing: LimitStanding;
}

@ObjectType({
  description: 'What would become of a call now. Nothing is held for it and nothing is written.',
})
export class AdmissionReport {
  @Field(() => Boolean, { description: 'Whether the call would be sent.' })
  isAdmitted: boolean;

  @Field(() => String, {
    nullable: true,
    description:
      'The model that would be called: another than asked for where a limit falls back; null when refused.',
  })
  model: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'US dollars that would be held: the most that the call can cost; null when refused.',
  })
  hold: string | null;

  @Field(() => Int, { nullable: true, description: 'Input tokens that would be held; null when refused.' })
  inputTokens: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Output tokens of all answers together that would be held; null when refused.',
  })
  outputTokens: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The bound of one answer that would be written into the request, because it sets none or a limit lowers it; else null.',
  })
  writtenMaxOutputTokens: number | null;

  @Field(() => Int, { nullable: true, description: 'HTTP status of the refusal; null when admitted.' })
  status: number | null;

  @Field(() => String, { nullable: true, description: 'Kind of the refusal, such as `budget_exceeded`.' })
  errorType: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The refusal in the words that the client would read.',
  })
  message: string | null;

  @Field(() => [AdmissionLimitStatus], {
    description:
      'Every limit that stands on the path, from the widest to the narrowest, at the time of asking. Empty when the call ' +
      'would be refused before limits are asked, as for a model that the key may not use.',
  })
  limits: AdmissionLimitStatus[];
}

export function toAdmissionReport({ admitted, refusal, standings }: Explanation): AdmissionReport {
  return {
    isAdmitted: admitted !== null,
    ...heldBy(admitted),
    status: refusal?.status ?? null,
    errorType: refusal?.type ?? null,
    message: refusal?.message ?? null,
    limits: standings.map((standing) => ({
      scope: standing.limit.scope,
      unit: standing.limit.unit,
      fits: fitsUnder(standing),
      resetsAt: standing.window.endsAtMs === null ? null : new Date(standing.window.endsAtMs),
      standing,
    })),
  };
}

const HELD_NOTHING = {
  model: null,
  hold: null,
  inputTokens: null,
  outputTokens: null,
  writtenMaxOutputTokens: null,
};

function heldBy(admitted: Explanation['admitted']): Pick<AdmissionReport, keyof typeof HELD_NOTHING> {
  if (admitted === null) return HELD_NOTHING;
  const { request, bound } = admitted;
  return {
    model: request.model,
    hold: formatMoney(bound.hold),
    inputTokens: bound.inputTokens,
    outputTokens: bound.outputTokens,
    writtenMaxOutputTokens: bound.writtenOutputBound,
  };
}
