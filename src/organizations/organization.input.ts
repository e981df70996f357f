import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { PageArgs } from '../platform/graphql/page.args';
import { JsonScalar } from '../platform/graphql/scalars';
import type { OrganizationFilter } from './organization.repository';
import type { CreateOrganization, UpdateOrganization } from './organization.service';

@InputType('OrganizationFilter', { description: 'Which organizations to list.' })
export class OrganizationFilterInput implements OrganizationFilter {
  @Field(() => String, { nullable: true, description: 'Text that the name contains, in any case.' })
  search?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether to list archived ones too; by default not.' })
  includeArchived?: boolean | null;
}

@ArgsType()
export class OrganizationsArgs extends PageArgs {
  @Field(() => OrganizationFilterInput, {
    nullable: true,
    description: 'Which organizations to list; all visible ones by default.',
  })
  filter?: OrganizationFilterInput | null;
}

@InputType('CreateOrganizationInput', { description: 'A new organization.' })
export class CreateOrganizationInput implements CreateOrganization {
  @Field(() => String, { description: 'Name for people.' })
  name: string;

  @Field(() => [String], {
    nullable: true,
    description: 'Models its keys may use, as names or patterns with `*`; all by default.',
  })
  models?: string[] | null;

  @Field(() => JsonScalar, { nullable: true, description: 'Free metadata of the caller.' })
  metadata?: Record<string, unknown> | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether to keep amounts from the holders of its keys; not by default.',
  })
  hidesAmounts?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'Makes a retry safe: the same key and input give the same organization.',
  })
  idempotencyKey?: string | null;
}

@InputType('UpdateOrganizationInput', {
  description: 'Changes to an organization. What is absent stays; null clears.',
})
export class UpdateOrganizationInput implements UpdateOrganization {
  @Field(() => ID, { description: 'The organization to change.' })
  organizationId: string;

  @Field(() => String, { nullable: true, description: 'New name.' })
  name?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'New list of models; null opens it to all. Server administrators only.',
  })
  models?: string[] | null;

  @Field(() => JsonScalar, { nullable: true, description: 'New metadata, in place of the old.' })
  metadata?: Record<string, unknown> | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether to keep amounts from the holders of its keys; null lets them see.',
  })
  hidesAmounts?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether to refuse all calls of its keys. Server administrators only.',
  })
  blocked?: boolean | null;
}

@InputType('ArchiveOrganizationInput', { description: 'The organization to archive.' })
export class ArchiveOrganizationInput {
  @Field(() => ID, { description: 'The organization to archive.' })
  organizationId: string;
}
