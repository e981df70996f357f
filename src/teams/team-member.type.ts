import { Field, ID, ObjectType } from 'type-graphql';
import { MemberRoleEnum } from '../access/member-role.enum';
import type { MemberRole } from '../access/principal';
import { connectionType } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node.type';
import { DateTimeScalar } from '../platform/graphql/scalars';
import type { TeamMemberEntity } from './team-member.entity';

@ObjectType('TeamMember', {
  implements: Node,
  description:
    'The membership of a user in a team. Visible to the members of the team and to those who see all of it or of its organization.',
})
export class TeamMember implements Node {
  @Field(() => ID, { description: 'Opaque id, prefixed `mem_`.' })
  id: string;

  @Field(() => MemberRoleEnum, { description: 'What the user may do in the team.' })
  role: MemberRole;

  @Field(() => DateTimeScalar, { description: 'When the user became a member.' })
  createdAt: Date;

  /** For the edges. */
  teamId: string;
  userId: string;
}

export const TeamMemberConnection = connectionType(TeamMember, 'TeamMember');

export function toTeamMember(row: TeamMemberEntity): TeamMember {
  const { id, role, createdAt, teamId, userId } = row;
  return { id, role, createdAt, teamId, userId };
}
