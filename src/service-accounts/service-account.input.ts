import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { MemberRoleEnum } from '../access/member-role.enum';
import type { MemberRole } from '../access/principal';
import { PageArgs } from '../platform/graphql/page.args';
import { DateTimeScalar, JsonScalar } from '../platform/graphql/scalars';
import type { CreateServiceAccountToken } from './service-account-token.service';
import type { ServiceAccountFilter } from './service-account.repository';
import type { CreateServiceAccount, UpdateServiceAccount } from './service-account.service';

@InputType('ServiceAccountFilter', {
  description: 'Which service accounts to list. All conditions must hold.',
})
export class ServiceAccountFilterInput implements ServiceAccountFilter {
  @Field(() => ID, { nullable: true, description: 'Only those of this organization and its teams.' })
  organizationId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those of this team.' })
  teamId?: string | null;

  @Field(() => String, { nullable: true, description: 'Text that the name contains, in any case.' })
  search?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Only those that are blocked, or only those not.' })
  blocked?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether to list deleted ones too; by default not.' })
  includeDeleted?: boolean | null;
}

@ArgsType()
export class ServiceAccountsArgs extends PageArgs {
  @Field(() => ServiceAccountFilterInput, {
    nullable: true,
    description: 'Which service accounts to list; all visible ones that are not deleted by default.',
  })
  filter?: ServiceAccountFilterInput | null;
}

@InputType('CreateServiceAccountInput', { description: 'A new service account.' })
export class CreateServiceAccountInput implements CreateServiceAccount {
  @Field(() => ID, {
    nullable: true,
    description:
      'The organization it belongs to for good. Not needed with a team; the default organization without either.',
  })
  organizationId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The team it belongs to for good; none for one of the whole organization.',
  })
  teamId?: string | null;

  @Field(() => String, { description: 'Name for people, unique in its team or organization.' })
  name: string;

  @Field(() => MemberRoleEnum, { description: 'What it may do in its team or organization.' })
  role: MemberRole;

  @Field(() => String, { nullable: true, description: 'What it is for, for people.' })
  description?: string | null;

  @Field(() => JsonScalar, { nullable: true, description: 'Free metadata of the caller.' })
  metadata?: Record<string, unknown> | null;

  @Field(() => String, {
    nullable: true,
    description: 'Makes a retry safe: the same key and input give the same service account.',
  })
  idempotencyKey?: string | null;
}

@InputType('UpdateServiceAccountInput', {
  description: 'Changes to a service account. What is absent stays; null clears.',
})
export class UpdateServiceAccountInput implements UpdateServiceAccount {
  @Field(() => ID, { description: 'The service account to change.' })
  serviceAccountId: string;

  @Field(() => String, { nullable: true, description: 'New name.' })
  name?: string | null;

  @Field(() => MemberRoleEnum, { nullable: true, description: 'New role.' })
  role?: MemberRole | null;

  @Field(() => String, { nullable: true, description: 'New description.' })
  description?: string | null;

  @Field(() => JsonScalar, { nullable: true, description: 'New metadata, in place of the old.' })
  metadata?: Record<string, unknown> | null;
}

@InputType('BlockServiceAccountInput', { description: 'The service account to block.' })
export class BlockServiceAccountInput {
  @Field(() => ID, { description: 'The service account to block.' })
  serviceAccountId: string;
}

@InputType('UnblockServiceAccountInput', { description: 'The service account to unblock.' })
export class UnblockServiceAccountInput {
  @Field(() => ID, { description: 'The service account to unblock.' })
  serviceAccountId: string;
}

@InputType('DeleteServiceAccountInput', { description: 'The service account to delete.' })
export class DeleteServiceAccountInput {
  @Field(() => ID, { description: 'The service account to delete.' })
  serviceAccountId: string;
}

@InputType('CreateServiceAccountTokenInput', { description: 'A new access token of a service account.' })
export class CreateServiceAccountTokenInput implements CreateServiceAccountToken {
  @Field(() => ID, {
    nullable: true,
    description: 'The service account to make it for; the calling one by default.',
  })
  serviceAccountId?: string | null;

  @Field(() => String, { description: 'Name for people, such as where it will be used.' })
  name: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it ends by itself, in the future; never by default.',
  })
  expiresAt?: Date | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Makes a retry safe: the same key and input give the same token, but its secret only the first time.',
  })
  idempotencyKey?: string | null;
}
