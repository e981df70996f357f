import { Field, ID, ObjectType } from 'type-graphql';
import { connectionType } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node.type';
import { DateTimeScalar, JsonScalar } from '../platform/graphql/scalars';
import type { ProjectEntity } from './project.entity';

@ObjectType('Project', {
  implements: Node,
  description:
    'A piece of work of a team, with keys and limits of its own. Visible to the members of the team and to those who ' +
    'see all of it or of its organization.',
})
export class Project implements Node {
  @Field(() => ID, { description: 'Opaque id, prefixed `proj_` unless it was chosen.' })
  id: string;

  @Field(() => String, { description: 'Name for people.' })
  name: string;

  @Field(() => String, { nullable: true, description: 'What it is about, for people.' })
  description: string | null;

  @Field(() => [String], {
    description:
      'Models its keys may use, as names or patterns with `*`; empty means all that its team may use.',
  })
  models: string[];

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

  /** For the edges. */
  organizationId: string;
  teamId: string;
}

export const ProjectConnection = connectionType(Project, 'Project');

export function toProject(row: ProjectEntity): Project {
  const { id, name, description, models, metadata, blocked, createdAt, updatedAt, archivedAt } = row;
  const { organizationId, teamId } = row;
  return {
    id,
    name,
    description,
    models,
    metadata,
    blocked,
    createdAt,
    updatedAt,
    archivedAt,
    organizationId,
    teamId,
  };
}
