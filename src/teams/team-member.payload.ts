import { Field, ID, ObjectType } from 'type-graphql';
import { Payload } from '../platform/graphql/payload';
import { TeamMember } from './team-member.type';

@ObjectType('AddTeamMemberPayload', { description: 'The outcome of `addTeamMember`.' })
export class AddTeamMemberPayload extends Payload {
  @Field(() => TeamMember, {
    nullable: true,
    description: 'The new membership; null when it was not made.',
  })
  member?: TeamMember | null;
}

@ObjectType('UpdateTeamMemberPayload', { description: 'The outcome of `updateTeamMember`.' })
export class UpdateTeamMemberPayload extends Payload {
  @Field(() => TeamMember, {
    nullable: true,
    description: 'The changed membership; null when it was not changed.',
  })
  member?: TeamMember | null;
}

@ObjectType('RemoveTeamMemberPayload', { description: 'The outcome of `removeTeamMember`.' })
export class RemoveTeamMemberPayload extends Payload {
  @Field(() => ID, {
    nullable: true,
    description: 'Id of the membership that ended; null when it did not.',
  })
  removedMemberId?: string | null;
}
