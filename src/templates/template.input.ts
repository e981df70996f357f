import { Field, ID, InputType } from 'type-graphql';
import type { LimitScope } from '../domain/limits/scope';
import { LimitScopeEnum } from '../limits/limit.enum';
import type { LimitPlace } from '../limits/limit-place';
import type { AssignTemplate, DefaultHolders } from './assign-template';
import type { CreateTemplate, UpdateTemplate } from './template.service';

@InputType('CreateLimitTemplateInput', { description: 'A new template, still without limits.' })
export class CreateLimitTemplateInput implements CreateTemplate {
  @Field(() => ID, {
    nullable: true,
    description: 'Id of your choice, which is never used again; made up by default.',
  })
  id?: string | null;

  @Field(() => String, { description: 'Name for people.' })
  name: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The organization whose things it can be given to; those of the whole server by default.',
  })
  organizationId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Makes a retry safe: the same key and input give the same template.',
  })
  idempotencyKey?: string | null;
}

@InputType('UpdateLimitTemplateInput', { description: 'Changes to a template. What is absent stays.' })
export class UpdateLimitTemplateInput implements UpdateTemplate {
  @Field(() => ID, { description: 'The template to change.' })
  templateId: string;

  @Field(() => String, { nullable: true, description: 'New name.' })
  name?: string | null;
}

@InputType('DeleteLimitTemplateInput', { description: 'The template to delete.' })
export class DeleteLimitTemplateInput {
  @Field(() => ID, { description: 'The template to delete.' })
  templateId: string;
}

@InputType('LimitHolderInput', { description: 'One thing that limits can be set on.' })
export class LimitHolderInput implements LimitPlace {
  @Field(() => LimitScopeEnum, { description: 'What kind of thing it is.' })
  scope: LimitScope;

  @Field(() => ID, {
    description: 'Its id, or the name of a tag. The team for TEAM_MEMBER; the external id for CUSTOMER.',
  })
  scopeId: string;

  @Field(() => ID, { nullable: true, description: 'With TEAM_MEMBER: the member, by the id of the user.' })
  memberId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'With CUSTOMER: the organization whose customer it is; the default one by default.',
  })
  organizationId?: string | null;
}

@InputType('DefaultHoldersInput', {
  description: 'Each thing of a kind within something, also those that are still to come.',
})
export class DefaultHoldersInput implements DefaultHolders {
  @Field(() => LimitScopeEnum, {
    description: 'The kind of the holders: TEAM, USER, TEAM_MEMBER, KEY or CUSTOMER.',
  })
  each: LimitScope;

  @Field(() => LimitScopeEnum, {
    description:
      'What they are in: SERVER or ORGANIZATION; for TEAM_MEMBER, KEY and CUSTOMER also TEAM, and for CUSTOMER also KEY.',
  })
  within: LimitScope;

  @Field(() => ID, { nullable: true, description: 'Id of what they are in; left out for SERVER.' })
  withinId?: string | null;
}

@InputType('AssignLimitTemplateInput', {
  description: 'To whom to give a template: one `holder`, or by `defaultFor` each of a kind.',
})
export class AssignLimitTemplateInput implements AssignTemplate {
  @Field(() => ID, { description: 'The template to give.' })
  templateId: string;

  @Field(() => LimitHolderInput, { nullable: true, description: 'The one holder.' })
  holder?: LimitHolderInput | null;

  @Field(() => DefaultHoldersInput, { nullable: true, description: 'Each holder of a kind.' })
  defaultFor?: DefaultHoldersInput | null;
}

@InputType('UnassignLimitTemplateInput', { description: 'The assignment to end.' })
export class UnassignLimitTemplateInput {
  @Field(() => ID, { description: 'The assignment to end.' })
  assignmentId: string;
}
