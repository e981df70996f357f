import { Field, ID, ObjectType } from 'type-graphql';
import { isSoftExceeded } from '../domain/ledger/verdict';
import { formatMoney } from '../domain/money/decimal-text';
import { maxMoney } from '../domain/money/money';
import { connectionType } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node.type';
import { DateTimeScalar, DecimalScalar } from '../platform/graphql/scalars';
import { limitWindowId } from './limit-window-id';
import type { WindowHolding } from './limit-window.repository';

@ObjectType('LimitWindow', {
  implements: Node,
  description:
    "A span of time in which a limit counts. Amounts are in the limit's unit: US dollars, tokens or calls.",
})
export class LimitWindow implements Node {
  @Field(() => ID, { description: 'Opaque id, prefixed `win_`.' })
  id: string;

  @Field(() => DateTimeScalar, { description: 'First instant of the window.' })
  startsAt: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'First instant after the window, when a new one begins; null when it never ends.',
  })
  endsAt: Date | null;

  @Field(() => DecimalScalar, { description: 'What calls that have ended were booked with.' })
  spent: string;

  @Field(() => DecimalScalar, { description: 'What is held for calls in flight.' })
  reserved: string;

  @Field(() => DecimalScalar, {
    description: "The limit's present amount less what is spent and reserved; never below zero.",
  })
  remaining: string;

  @Field(() => DecimalScalar, {
    description:
      "What is spent beyond the limit's present amount: by calls that cost more than they held, corrections, changes of " +
      'the limit, or because it only warns. Zero when nothing is.',
  })
  overrun: string;

  @Field(() => Boolean, {
    description: "Whether what is spent has reached the limit's `softAmount`; false when it has none.",
  })
  isSoftExceeded: boolean;

  /** Null when no call has needed the window yet. */
  readonly rowId: string | null;
}

export const LimitWindowConnection = connectionType(LimitWindow, 'LimitWindow');

export function toLimitWindow(
  limit: { id: string; rawAmount: bigint; rawSoftAmount: bigint | null },
  window: WindowHolding,
): LimitWindow {
  const { startsAt, endsAt, spent, reserved } = window;
  return {
    id: limitWindowId(limit.id, startsAt),
    startsAt,
    endsAt,
    spent: formatMoney(spent),
    reserved: formatMoney(reserved),
    overrun: formatMoney(maxMoney(spent - limit.rawAmount, 0n)),
    isSoftExceeded: isSoftExceeded(spent, limit.rawSoftAmount),
    rowId: window.id ?? null,
    remaining: formatMoney(maxMoney(limit.rawAmount - spent - reserved, 0n)),
  };
}
