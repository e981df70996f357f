import { Field, ID, InputType } from 'type-graphql';
import { MemberRoleEnum } from '../access/member-role.enum';
import type { MemberRole } from '../access/principal';
import type { RemoveOrganizationMember, SetOrganizationMember } from './organization-member.service';

@InputType('AddOrganizationMemberInput', { description: 'A new member of an organization.' })
export class AddOrganizationMemberInput implements SetOrganizationMember {
  @Field(() => ID, { description: 'The organization.' })
  organizationId: string;

  @Field(() => ID, { description: 'The user to add.' })
  userId: string;

  @Field(() => MemberRoleEnum, { description: 'What the user may do in the organization.' })
  role: MemberRole;
}

@InputType('UpdateOrganizationMemberInput', { description: 'Another role for a member of an organization.' })
export class UpdateOrganizationMemberInput implements SetOrganizationMember {
  @Field(() => ID, { description: 'The organization.' })
  organizationId: string;

  @Field(() => ID, { description: 'The member.' })
  userId: string;

  @Field(() => MemberRoleEnum, { description: 'The new role.' })
  role: MemberRole;
}

@InputType('RemoveOrganizationMemberInput', { description: 'The member to remove from an organization.' })
export class RemoveOrganizationMemberInput implements RemoveOrganizationMember {
  @Field(() => ID, { description: 'The organization.' })
  organizationId: string;

  @Field(() => ID, { description: 'The member to remove.' })
  userId: string;
}
