import { Field, ID, InputType } from 'type-graphql';
import { JsonScalar } from '../platform/graphql/scalars';
import type { CreateTeam, UpdateTeam } from './team.service';

@InputType('CreateTeamInput', { description: 'A new team.' })
export class CreateTeamInput implements CreateTeam {
  @Field(() => ID, {
    nullable: true,
    description: 'The organization it belongs to for good; the default organization by default.',
  })
  organizationId?: string | null;

  @Field(() => String, { description: 'Name for people.' })
  name: string;

  @Field(() => [String], {
    nullable: true,
    description:
      'Models its keys may use, as names or patterns with `*`, within those of the organization; all of them by default.',
  })
  models?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Tags to put on every call of its keys.' })
  tags?: string[] | null;

  @Field(() => JsonScalar, { nullable: true, description: 'Free metadata of the caller.' })
  metadata?: Record<string, unknown> | null;

  @Field(() => String, {
    nullable: true,
    description: 'Makes a retry safe: the same key and input give the same team.',
  })
  idempotencyKey?: string | null;
}

@InputType('UpdateTeamInput', { description: 'Changes to a team. What is absent stays; null clears.' })
export class UpdateTeamInput implements UpdateTeam {
  @Field(() => ID, { description: 'The team to change.' })
  teamId: string;

  @Field(() => String, { nullable: true, description: 'New name.' })
  name?: string | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'New list of models, within those of the organization; null opens it to all of them. Administrators of the ' +
      'organization only.',
  })
  models?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'New tags, in place of the old.' })
  tags?: string[] | null;

  @Field(() => JsonScalar, { nullable: true, description: 'New metadata, in place of the old.' })
  metadata?: Record<string, unknown> | null;
}

@InputType('BlockTeamInput', { description: 'The team to block.' })
export class BlockTeamInput {
  @Field(() => ID, { description: 'The team to block.' })
  teamId: string;
}

@InputType('UnblockTeamInput', { description: 'The team to unblock.' })
export class UnblockTeamInput {
  @Field(() => ID, { description: 'The team to unblock.' })
  teamId: string;
}

@InputType('ArchiveTeamInput', { description: 'The team to archive.' })
export class ArchiveTeamInput {
  @Field(() => ID, { description: 'The team to archive.' })
  teamId: string;
}
