import { Field, ID, ObjectType } from 'type-graphql';
import { connectionType } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node.type';
import { DateTimeScalar, JsonScalar } from '../platform/graphql/scalars';
import type { TeamEntity } from './team.entity';

@ObjectType('Team', {
  implements: Node,
  description:
    'A group of users, projects and keys in an organization. Visible to its members and to those who see all of the ' +
    'organization; others cannot tell that it exists.',
})
export class Team implements Node {
  @Field(() => ID, { description: 'Opaque id, prefixed `team_` unless it was chosen.' })
  id: string;

  @Field(() => String, { description: 'Name for people.' })
  name: string;

  @Field(() => [String], {
    description:
      'Models its keys may use, as names or patterns with `*`; empty means all that its organization may use.',
  })
  models: string[];

  @Field(() => [String], { description: 'Tags put on every call of its keys.' })
  tags: string[];

  @Field(() => JsonScalar, { description: 'Free metadata of the caller.' })
  metadata: Record<string, unknown>;

  @Field(() => Boolean, { description: 'Whether all calls of its keys are refused.' })
  blocked: boolean;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt: Date;

  @Field(() => DateTimeScalar, { description: 'When it was last changed.' })
  updatedAt: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was archived; null while it is in use.',
  })
  archivedAt: Date | null;

  /** For the edge to the organization. */
  organizationId: string;
}

export const TeamConnection = connectionType(Team, 'Team');

export function toTeam(row: TeamEntity): Team {
  const { id, name, models, tags, metadata, blocked, createdAt, updatedAt, archivedAt, organizationId } = row;
  return { id, name, models, tags, metadata, blocked, createdAt, updatedAt, archivedAt, organizationId };
}
