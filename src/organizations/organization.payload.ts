import { Field, ObjectType } from 'type-graphql';
import { Payload } from '../platform/graphql/payload';
import { Organization } from './organization.type';

@ObjectType('CreateOrganizationPayload', { description: 'The outcome of `createOrganization`.' })
export class CreateOrganizationPayload extends Payload {
  @Field(() => Organization, {
    nullable: true,
    description: 'The new organization; null when it was not made.',
  })
  organization?: Organization | null;
}

@ObjectType('UpdateOrganizationPayload', { description: 'The outcome of `updateOrganization`.' })
export class UpdateOrganizationPayload extends Payload {
  @Field(() => Organization, {
    nullable: true,
    description: 'The changed organization; null when it was not changed.',
  })
  organization?: Organization | null;
}

@ObjectType('ArchiveOrganizationPayload', { description: 'The outcome of `archiveOrganization`.' })
export class ArchiveOrganizationPayload extends Payload {
  @Field(() => Organization, {
    nullable: true,
    description: 'The archived organization; null when it was not archived.',
  })
  organization?: Organization | null;
}
