import { Field, ID, ObjectType } from 'type-graphql';
import type { LimitScope } from '../domain/limits/scope';
import { LimitScopeEnum } from '../limits/limit.enum';
import { connectionType } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node.type';
import { DateTimeScalar } from '../platform/graphql/scalars';
import type { AssignmentEntity } from './assignment.entity';

@ObjectType('TemplateAssignment', {
  implements: Node,
  description:
    'A template given to one holder, or by default to each of a kind within something. A limit that is set on the holder ' +
    'itself wins over one of a template that counts the same unit of the same models, and a template that the holder was ' +
    'given by name over a default. Defaults of several levels all hold, each counting what was done within its own.',
})
export class TemplateAssignment implements Node {
  @Field(() => ID, { description: 'Opaque id, prefixed `asg_`.' })
  id: string;

  @Field(() => LimitScopeEnum, { description: 'The kind of its holders.' })
  holderScope: LimitScope;

  @Field(() => ID, {
    nullable: true,
    description: 'The one holder, by the id of its scope; null for a default.',
  })
  holderId: string | null;

  @Field(() => LimitScopeEnum, {
    nullable: true,
    description: 'Of a default: what it is set within; null when it has one holder.',
  })
  withinScope: LimitScope | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Of a default: the thing that it is set within; null when it has one holder.',
  })
  withinId: string | null;

  @Field(() => String, { description: 'Who gave it: the id of a user, `master`, or `configuration`.' })
  createdBy: string;

  @Field(() => DateTimeScalar, { description: 'When it was given.' })
  createdAt: Date;

  /** For the edge to the template. */
  templateId: string;
}

export const TemplateAssignmentConnection = connectionType(TemplateAssignment, 'TemplateAssignment');

export function toTemplateAssignment(row: AssignmentEntity): TemplateAssignment {
  const { id, templateId, holderScope, holderId, withinScope, withinId, createdBy, createdAt } = row;
  const isDefault = withinScope !== '';
  return {
    ...{ id, templateId, holderScope, createdBy, createdAt },
    holderId: isDefault ? null : holderId,
    withinScope: isDefault ? withinScope : null,
    withinId: isDefault ? withinId : null,
  };
}
