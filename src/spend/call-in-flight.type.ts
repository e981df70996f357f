import { Field, ID, ObjectType } from 'type-graphql';
import { formatMoney } from '../domain/money/decimal-text';
import { connectionType } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node.type';
import { BigIntScalar, DateTimeScalar, DecimalScalar } from '../platform/graphql/scalars';
import { orNull } from './absent';
import type { ReservationEntity } from './reservation.entity';

@ObjectType('CallInFlight', {
  implements: Node,
  description:
    'A call that was let through and has not ended. What it holds counts against every limit on its path. Once it has ' +
    'ended, its row in the spend log has the same `callId`.',
})
export class CallInFlight implements Node {
  @Field(() => ID, { description: 'Opaque id, prefixed `call_`.' })
  id: string;

  @Field(() => DateTimeScalar, { description: 'When it was let through.' })
  admittedAt: Date;

  @Field(() => DateTimeScalar, { description: 'When it must have ended.' })
  deadlineAt: Date;

  @Field(() => DecimalScalar, {
    description: 'What is held for it, in US dollars: the most that it can cost.',
  })
  hold: string;

  @Field(() => BigIntScalar, { description: 'Input tokens held for it.' })
  holdInputTokens: string;

  @Field(() => BigIntScalar, { description: 'Output tokens held for it.' })
  holdOutputTokens: string;

  @Field(() => String, { description: 'Model that was asked for.' })
  model: string;

  @Field(() => String, { description: 'Provider that it went to.' })
  provider: string;

  @Field(() => String, { description: 'Route that was called, such as `/v1/chat/completions`.' })
  endpoint: string;

  @Field(() => Boolean, { description: 'Whether the answer is a stream.' })
  stream: boolean;

  @Field(() => [String], { description: 'Tags of the call.' })
  tags: string[];

  @Field(() => ID, {
    nullable: true,
    description: "The caller's own id of its end user; null when it sent none.",
  })
  customerId: string | null;

  readonly organizationId: string;
  readonly teamId: string | null;
  readonly projectId: string | null;
  readonly userId: string | null;
  readonly keyId: string | null;
}

export const CallInFlightConnection = connectionType(CallInFlight, 'CallInFlight');

export function toCallInFlight(row: ReservationEntity): CallInFlight {
  const { id, admittedAt, deadlineAt, holdInputTokens, holdOutputTokens } = row;
  const { model, provider, endpoint, stream, tags, organizationId } = row;
  return {
    ...{ id, admittedAt, deadlineAt, holdInputTokens, holdOutputTokens },
    ...{ model, provider, endpoint, stream, tags, organizationId },
    hold: formatMoney(row.hold),
    customerId: orNull(row.customerId),
    teamId: orNull(row.teamId),
    projectId: orNull(row.projectId),
    userId: orNull(row.userId),
    keyId: orNull(row.keyId),
  };
}
