import { Field, ObjectType } from 'type-graphql';
import { Payload } from '../platform/graphql/payload';
import { Team } from './team.type';

@ObjectType('CreateTeamPayload', { description: 'The outcome of `createTeam`.' })
export class CreateTeamPayload extends Payload {
  @Field(() => Team, { nullable: true, description: 'The new team; null when it was not made.' })
  team?: Team | null;
}

@ObjectType('UpdateTeamPayload', { description: 'The outcome of `updateTeam`.' })
export class UpdateTeamPayload extends Payload {
  @Field(() => Team, { nullable: true, description: 'The changed team; null when it was not changed.' })
  team?: Team | null;
}

@ObjectType('BlockTeamPayload', { description: 'The outcome of `blockTeam`.' })
export class BlockTeamPayload extends Payload {
  @Field(() => Team, { nullable: true, description: 'The blocked team; null when it was not blocked.' })
  team?: Team | null;
}

@ObjectType('UnblockTeamPayload', { description: 'The outcome of `unblockTeam`.' })
export class UnblockTeamPayload extends Payload {
  @Field(() => Team, { nullable: true, description: 'The unblocked team; null when it was not unblocked.' })
  team?: Team | null;
}

@ObjectType('ArchiveTeamPayload', { description: 'The outcome of `archiveTeam`.' })
export class ArchiveTeamPayload extends Payload {
  @Field(() => Team, { nullable: true, description: 'The archived team; null when it was not archived.' })
  team?: Team | null;
}
