import { Field, ID, ObjectType } from 'type-graphql';
import { connectionType } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node.type';
import { DateTimeScalar } from '../platform/graphql/scalars';
import type { TemplateEntity } from './template.entity';

@ObjectType('LimitTemplate', {
  implements: Node,
  description:
    'A named set of limits, also known as a budget, that many keys, customers, members, teams or users share the terms of. ' +
    'Each holder has windows of its own; a change of the terms holds for all of them at once. Its limits are set with ' +
    '`setLimit` on the scope TEMPLATE.',
})
export class LimitTemplate implements Node {
  @Field(() => ID, { description: 'Opaque id, prefixed `tmpl_` unless it was chosen.' })
  id: string;

  @Field(() => String, { description: 'Name for people.' })
  name: string;

  @Field(() => String, { description: 'Who made it: the id of a user, `master`, or `configuration`.' })
  createdBy: string;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt: Date;

  @Field(() => DateTimeScalar, { description: 'When its name last changed.' })
  updatedAt: Date;

  /** For the edge to the organization. */
  organizationId: string | null;
}

export const LimitTemplateConnection = connectionType(LimitTemplate, 'LimitTemplate');

export function toLimitTemplate(row: TemplateEntity): LimitTemplate {
  const { id, name, createdBy, createdAt, updatedAt, organizationId } = row;
  return { id, name, createdBy, createdAt, updatedAt, organizationId };
}
