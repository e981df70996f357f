import { Field, ID, ObjectType } from 'type-graphql';
import { connectionType } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node.type';
import { JsonScalar, DateTimeScalar } from '../platform/graphql/scalars';
import type { OrganizationEntity } from './organization.entity';

@ObjectType('Organization', {
  implements: Node,
  description:
    'A tenant: the top of the tree of teams, keys and limits. Members see it; others cannot tell that it exists.',
})
export class Organization implements Node {
  @Field(() => ID, { description: 'Opaque id, prefixed `org_`.' })
  id: string;

  @Field(() => String, { description: 'Name for people.' })
  name: string;

  @Field(() => [String], {
    description: 'Models its keys may use, as names or patterns with `*`; empty means all.',
  })
  models: string[];

  @Field(() => JsonScalar, { description: 'Free metadata of the caller.' })
  metadata: Record<string, unknown>;

  @Field(() => Boolean, { description: 'Whether all calls of its keys are refused.' })
  blocked: boolean;

  @Field(() => Boolean, {
    description:
      'Whether amounts are kept from the holders of its keys: answers and refusals carry none, and its keys do not get into the graph.',
  })
  hidesAmounts: boolean;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt: Date;

  @Field(() => DateTimeScalar, { description: 'When it was last changed.' })
  updatedAt: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was archived; null while it is in use.',
  })
  archivedAt: Date | null;
}

export const OrganizationConnection = connectionType(Organization, 'Organization');

export function toOrganization(row: OrganizationEntity): Organization {
  const { id, name, models, metadata, blocked, hidesAmounts, createdAt, updatedAt, archivedAt } = row;
  return { id, name, models, metadata, blocked, hidesAmounts, createdAt, updatedAt, archivedAt };
}
