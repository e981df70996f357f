import { Field, ID, ObjectType } from 'type-graphql';
import { MemberRoleEnum } from '../access/member-role.enum';
import type { MemberRole } from '../access/principal';
import { connectionType } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node.type';
import { DateTimeScalar } from '../platform/graphql/scalars';
import type { OrganizationMemberEntity } from './organization-member.entity';

@ObjectType('OrganizationMember', {
  implements: Node,
  description:
    'The membership of a user in an organization. Visible to the user itself and to those who see all of the organization.',
})
export class OrganizationMember implements Node {
  @Field(() => ID, { description: 'Opaque id, prefixed `mem_`.' })
  id: string;

  @Field(() => MemberRoleEnum, { description: 'What the user may do in the organization.' })
  role: MemberRole;

  @Field(() => DateTimeScalar, { description: 'When the user became a member.' })
  createdAt: Date;

  /** For the edges. */
  organizationId: string;
  userId: string;
}

export const OrganizationMemberConnection = connectionType(OrganizationMember, 'OrganizationMember');

export function toOrganizationMember(row: OrganizationMemberEntity): OrganizationMember {
  const { id, role, createdAt, organizationId, userId } = row;
  return { id, role, createdAt, organizationId, userId };
}
