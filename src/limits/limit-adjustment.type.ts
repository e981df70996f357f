import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { formatMoney } from '../domain/money/decimal-text';
import { connectionType } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node.type';
import { DateTimeScalar, DecimalScalar } from '../platform/graphql/scalars';
import type { AdjustmentKind, LimitAdjustmentEntity } from './limit-adjustment.entity';
import type { LimitIncreaseEntity } from './limit-increase.entity';

export const LimitAdjustmentKindEnum = { CREDIT: 'CREDIT', RESET: 'RESET' } as const;
registerEnumType(LimitAdjustmentKindEnum, {
  name: 'LimitAdjustmentKind',
  description: 'Why what is spent in a window was adjusted.',
  valuesConfig: {
    CREDIT: { description: 'An amount was given back.' },
    RESET: { description: 'What was spent was set to zero.' },
  },
});

@ObjectType('LimitAdjustment', {
  implements: Node,
  description: 'A credit or a reset of one window of a limit. It is never changed; another one corrects it.',
})
export class LimitAdjustment implements Node {
  @Field(() => ID, { description: 'Opaque id, prefixed `adj_`.' })
  id: string;

  @Field(() => LimitAdjustmentKindEnum, { description: 'Whether it was a credit or a reset.' })
  kind: AdjustmentKind;

  @Field(() => DecimalScalar, {
    description:
      "What was added to what is spent, in the limit's unit: below zero where room was given back.",
  })
  amount: string;

  @Field(() => DateTimeScalar, {
    description: 'When it was booked; it counts in the window of that instant.',
  })
  bookedAt: Date;

  @Field(() => String, { description: 'Who booked it: the id of a user, or `master`.' })
  actor: string;

  @Field(() => String, { description: 'Why, in the words of who booked it.' })
  reason: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Of a limit of a template: the assignment whose window it is; else null.',
  })
  assignmentId: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Of a limit of a template: the holder whose window it is; else null.',
  })
  holderId: string | null;
}

export const LimitAdjustmentConnection = connectionType(LimitAdjustment, 'LimitAdjustment');

@ObjectType('LimitIncrease', {
  implements: Node,
  description: 'More room in a limit for a while. It ends by itself when its time has come.',
})
export class LimitIncrease implements Node {
  @Field(() => ID, { description: 'Opaque id, prefixed `inc_`.' })
  id: string;

  @Field(() => DecimalScalar, { description: "What is added to the limit's amount, in its unit." })
  amount: string;

  @Field(() => DateTimeScalar, { description: 'First instant at which it no longer holds.' })
  expiresAt: Date;

  @Field(() => DateTimeScalar, { description: 'When it was made; it holds from then on.' })
  createdAt: Date;

  @Field(() => String, { description: 'Who made it: the id of a user, or `master`.' })
  actor: string;

  @Field(() => String, { description: 'Why, in the words of who made it.' })
  reason: string;
}

export const LimitIncreaseConnection = connectionType(LimitIncrease, 'LimitIncrease');

export function toLimitAdjustment(row: LimitAdjustmentEntity): LimitAdjustment {
  const { id, kind, bookedAt, actor, reason, assignmentId, holderId } = row;
  return {
    ...{ id, kind, bookedAt, actor, reason },
    amount: formatMoney(row.amount),
    assignmentId: assignmentId === '' ? null : assignmentId,
    holderId: holderId === '' ? null : holderId,
  };
}

export function toLimitIncrease(row: LimitIncreaseEntity): LimitIncrease {
  const { id, expiresAt, createdAt, actor, reason } = row;
  return { id, amount: formatMoney(row.amount), expiresAt, createdAt, actor, reason };
}
