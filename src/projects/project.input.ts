import { Field, ID, InputType } from 'type-graphql';
import { JsonScalar } from '../platform/graphql/scalars';
import type { CreateProject, UpdateProject } from './project.service';

@InputType('CreateProjectInput', { description: 'A new project.' })
export class CreateProjectInput implements CreateProject {
  @Field(() => ID, { description: 'The team it belongs to for good.' })
  teamId: string;

  @Field(() => String, { description: 'Name for people.' })
  name: string;

  @Field(() => String, { nullable: true, description: 'What it is about, for people.' })
  description?: string | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'Models its keys may use, as names or patterns with `*`, within those of the team; all of them by default.',
  })
  models?: string[] | null;

  @Field(() => JsonScalar, { nullable: true, description: 'Free metadata of the caller.' })
  metadata?: Record<string, unknown> | null;

  @Field(() => String, {
    nullable: true,
    description: 'Makes a retry safe: the same key and input give the same project.',
  })
  idempotencyKey?: string | null;
}

@InputType('UpdateProjectInput', { description: 'Changes to a project. What is absent stays; null clears.' })
export class UpdateProjectInput implements UpdateProject {
  @Field(() => ID, { description: 'The project to change.' })
  projectId: string;

  @Field(() => String, { nullable: true, description: 'New name.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'New description.' })
  description?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'New list of models, within those of the team; null opens it to all of them.',
  })
  models?: string[] | null;

  @Field(() => JsonScalar, { nullable: true, description: 'New metadata, in place of the old.' })
  metadata?: Record<string, unknown> | null;
}

@InputType('BlockProjectInput', { description: 'The project to block.' })
export class BlockProjectInput {
  @Field(() => ID, { description: 'The project to block.' })
  projectId: string;
}

@InputType('UnblockProjectInput', { description: 'The project to unblock.' })
export class UnblockProjectInput {
  @Field(() => ID, { description: 'The project to unblock.' })
  projectId: string;
}

@InputType('ArchiveProjectInput', { description: 'The project to archive.' })
export class ArchiveProjectInput {
  @Field(() => ID, { description: 'The project to archive.' })
  projectId: string;
}
