import { Field, ID, ObjectType } from 'type-graphql';
import { Payload } from '../platform/graphql/payload';
import { TemplateAssignment } from './assignment.type';
import { LimitTemplate } from './template.type';

@ObjectType('CreateLimitTemplatePayload', { description: 'The outcome of `createLimitTemplate`.' })
export class CreateLimitTemplatePayload extends Payload {
  @Field(() => LimitTemplate, { nullable: true, description: 'The new template; null when it was not made.' })
  template?: LimitTemplate | null;
}

@ObjectType('UpdateLimitTemplatePayload', { description: 'The outcome of `updateLimitTemplate`.' })
export class UpdateLimitTemplatePayload extends Payload {
  @Field(() => LimitTemplate, {
    nullable: true,
    description: 'The changed template; null when it was not changed.',
  })
  template?: LimitTemplate | null;
}

@ObjectType('DeleteLimitTemplatePayload', { description: 'The outcome of `deleteLimitTemplate`.' })
export class DeleteLimitTemplatePayload extends Payload {
  @Field(() => ID, {
    nullable: true,
    description: 'Id of the deleted template; null when it was not deleted.',
  })
  deletedTemplateId?: string | null;
}

@ObjectType('AssignLimitTemplatePayload', { description: 'The outcome of `assignLimitTemplate`.' })
export class AssignLimitTemplatePayload extends Payload {
  @Field(() => TemplateAssignment, {
    nullable: true,
    description: 'The assignment that holds now; null when the template was not given.',
  })
  assignment?: TemplateAssignment | null;
}

@ObjectType('UnassignLimitTemplatePayload', { description: 'The outcome of `unassignLimitTemplate`.' })
export class UnassignLimitTemplatePayload extends Payload {
  @Field(() => ID, { nullable: true, description: 'Id of the ended assignment; null when it was not ended.' })
  endedAssignmentId?: string | null;
}
