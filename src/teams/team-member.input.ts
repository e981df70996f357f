import { Field, ID, InputType } from 'type-graphql';
import { MemberRoleEnum } from '../access/member-role.enum';
import type { MemberRole } from '../access/principal';
import type { RemoveTeamMember, SetTeamMember } from './team-member.service';

@InputType('AddTeamMemberInput', { description: 'A new member of a team.' })
export class AddTeamMemberInput implements SetTeamMember {
  @Field(() => ID, { description: 'The team.' })
  teamId: string;

  @Field(() => ID, { description: 'The user to add.' })
  userId: string;

  @Field(() => MemberRoleEnum, { description: 'What the user may do in the team.' })
  role: MemberRole;
}

@InputType('UpdateTeamMemberInput', { description: 'Another role for a member of a team.' })
export class UpdateTeamMemberInput implements SetTeamMember {
  @Field(() => ID, { description: 'The team.' })
  teamId: string;

  @Field(() => ID, { description: 'The member.' })
  userId: string;

  @Field(() => MemberRoleEnum, { description: 'The new role.' })
  role: MemberRole;
}

@InputType('RemoveTeamMemberInput', { description: 'The member to remove from a team.' })
export class RemoveTeamMemberInput implements RemoveTeamMember {
  @Field(() => ID, { description: 'The team.' })
  teamId: string;

  @Field(() => ID, { description: 'The member to remove.' })
  userId: string;
}
