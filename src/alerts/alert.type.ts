import { Field, ID, ObjectType } from 'type-graphql';
import type { AlertSeverity } from '../domain/alerts/alert-message';
import type { AlertKind } from '../domain/alerts/kinds';
import { connectionType } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node.type';
import { DateTimeScalar, JsonScalar } from '../platform/graphql/scalars';
import type { AlertEntity } from './alert.entity';
import { AlertKindEnum, AlertSeverityEnum } from './alert.enum';

@ObjectType('Alert', {
  implements: Node,
  description:
    'Something that a rule noticed, once. Visible with the organization, team, user or key that it concerned then.',
})
export class Alert implements Node {
  @Field(() => ID, { description: 'Opaque id, prefixed `alert_`.' })
  id: string;

  @Field(() => AlertKindEnum, { description: 'What it is about.' })
  kind: AlertKind;

  @Field(() => AlertSeverityEnum, { description: 'How much it matters.' })
  severity: AlertSeverity;

  @Field(() => String, { description: 'One line that says what happened.' })
  title: string;

  @Field(() => String, { description: 'What happened, in sentences.' })
  message: string;

  @Field(() => String, { description: 'Whom or what it concerns, by the name it had then.' })
  subject: string;

  @Field(() => String, { description: 'What kind of thing that is, such as KEY, TEAM, PROVIDER.' })
  scope: string;

  @Field(() => ID, { description: 'Its id.' })
  scopeId: string;

  @Field(() => String, {
    nullable: true,
    description:
      'What was crossed: a percentage such as "80", an amount such as "25 USD", or `soft`; null where nothing is.',
  })
  threshold: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Start of the window that it happened in; null without one.',
  })
  windowStart: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'First instant after that window; null without one, or when it never ends.',
  })
  windowEnd: Date | null;

  @Field(() => JsonScalar, {
    description: 'Figures, by kind: `spent`, `limit`, `percent`, `projected`, … Amounts are decimal text.',
  })
  details: unknown;

  @Field(() => DateTimeScalar, { description: 'When it was raised.' })
  raisedAt: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When its channels are told, where quiet hours or a digest hold it back; null when at once.',
  })
  tellsAt: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When somebody said to see to it; null until then.',
  })
  acknowledgedAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Who that was: the id of a user, or `master`.' })
  acknowledgedBy: string | null;

  @Field(() => String, { nullable: true, description: 'What they said about it; null for nothing.' })
  acknowledgeNote: string | null;

  /** For the edges. */
  readonly ruleId: string;
  readonly organizationId: string | null;
  readonly teamId: string | null;
  readonly keyId: string | null;
  readonly limitId: string | null;
}

export const AlertConnection = connectionType(Alert, 'Alert');

export function toAlert(row: AlertEntity): Alert {
  const { id, kind, severity, title, message, subject, scope, scopeId, threshold, windowStart, windowEnd } =
    row;
  const { details, raisedAt, acknowledgedAt, acknowledgedBy, acknowledgeNote } = row;
  const { ruleId, organizationId, teamId, keyId, limitId, heldUntil, digestAt } = row;
  return {
    ...{ id, kind, severity, title, message, subject, scope, scopeId, threshold, windowStart, windowEnd },
    ...{ details, raisedAt, acknowledgedAt, acknowledgedBy, acknowledgeNote },
    ...{ ruleId, organizationId, teamId, keyId, limitId },
    tellsAt:
      heldUntil !== null && digestAt !== null && heldUntil > digestAt ? heldUntil : (digestAt ?? heldUntil),
  };
}
