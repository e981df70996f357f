import { Field, Int, ObjectType } from 'type-graphql';
import type { WindowAlignment, WindowPeriod, WindowSpec } from '../domain/limits/window-spec';
import { DateTimeScalar } from '../platform/graphql/scalars';
import { WindowAlignmentEnum, WindowPeriodEnum } from './limit.enum';

@ObjectType('LimitWindowSpec', {
  description: 'How time is cut into the windows of a limit. The cuts are computed; nothing is ever reset.',
})
export class LimitWindowSpec {
  @Field(() => WindowPeriodEnum, { description: 'What the windows are made of.' })
  period: WindowPeriod;

  @Field(() => Int, { description: 'Periods per window.' })
  count: number;

  @Field(() => WindowAlignmentEnum, { description: 'Where the windows begin.' })
  alignment: WindowAlignment;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Where rolling windows begin; null for others.',
  })
  anchorAt: Date | null;

  @Field(() => String, { description: 'IANA time zone whose days, weeks and months count.' })
  timezone: string;

  @Field(() => Int, { description: 'When a day begins, in minutes after midnight.' })
  startOfDayMinutes: number;

  @Field(() => Int, { description: 'Day on which a week begins: 1 is Monday, 7 Sunday.' })
  firstDayOfWeek: number;

  @Field(() => Int, { description: 'Month in which a year begins, 1 to 12.' })
  fiscalStartMonth: number;
}

export function toLimitWindowSpec(spec: WindowSpec): LimitWindowSpec {
  const { anchorMs, ...rest } = spec;
  return { ...rest, anchorAt: anchorMs === null ? null : new Date(anchorMs) };
}
