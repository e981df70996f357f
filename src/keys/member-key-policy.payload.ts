import { Field, ObjectType } from 'type-graphql';
import { Payload } from '../platform/graphql/payload';
import { Team } from '../teams/team.type';

@ObjectType('SetMemberKeyPolicyPayload', { description: 'The outcome of `setMemberKeyPolicy`.' })
export class SetMemberKeyPolicyPayload extends Payload {
  @Field(() => Team, { nullable: true, description: 'The team; null when its rules were not changed.' })
  team?: Team | null;
}
