import { Field, ID, ObjectType } from 'type-graphql';
import { Payload } from '../platform/graphql/payload';
import { OrganizationMember } from './organization-member.type';

@ObjectType('AddOrganizationMemberPayload', { description: 'The outcome of `addOrganizationMember`.' })
export class AddOrganizationMemberPayload extends Payload {
  @Field(() => OrganizationMember, {
    nullable: true,
    description: 'The new membership; null when it was not made.',
  })
  member?: OrganizationMember | null;
}

@ObjectType('UpdateOrganizationMemberPayload', { description: 'The outcome of `updateOrganizationMember`.' })
export class UpdateOrganizationMemberPayload extends Payload {
  @Field(() => OrganizationMember, {
    nullable: true,
    description: 'The changed membership; null when it was not changed.',
  })
  member?: OrganizationMember | null;
}

@ObjectType('RemoveOrganizationMemberPayload', { description: 'The outcome of `removeOrganizationMember`.' })
export class RemoveOrganizationMemberPayload extends Payload {
  @Field(() => ID, {
    nullable: true,
    description: 'Id of the membership that ended; null when it did not.',
  })
  removedMemberId?: string | null;
}
