import { Field, ObjectType } from 'type-graphql';
import { Payload } from '../platform/graphql/payload';
import { Project } from './project.type';

@ObjectType('CreateProjectPayload', { description: 'The outcome of `createProject`.' })
export class CreateProjectPayload extends Payload {
  @Field(() => Project, { nullable: true, description: 'The new project; null when it was not made.' })
  project?: Project | null;
}

@ObjectType('UpdateProjectPayload', { description: 'The outcome of `updateProject`.' })
export class UpdateProjectPayload extends Payload {
  @Field(() => Project, { nullable: true, description: 'The changed project; null when it was not changed.' })
  project?: Project | null;
}

@ObjectType('BlockProjectPayload', { description: 'The outcome of `blockProject`.' })
export class BlockProjectPayload extends Payload {
  @Field(() => Project, { nullable: true, description: 'The blocked project; null when it was not blocked.' })
  project?: Project | null;
}

@ObjectType('UnblockProjectPayload', { description: 'The outcome of `unblockProject`.' })
export class UnblockProjectPayload extends Payload {
  @Field(() => Project, {
    nullable: true,
    description: 'The unblocked project; null when it was not unblocked.',
  })
  project?: Project | null;
}

@ObjectType('ArchiveProjectPayload', { description: 'The outcome of `archiveProject`.' })
export class ArchiveProjectPayload extends Payload {
  @Field(() => Project, {
    nullable: true,
    description: 'The archived project; null when it was not archived.',
  })
  project?: Project | null;
}
