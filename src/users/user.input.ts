import { ArgsType, Field, ID, InputType } from 'type-graphql';
import type { ServerRole } from '../access/principal';
import { ServerRoleEnum } from '../access/server-role.enum';
import { PageArgs } from '../platform/graphql/page.args';
import { JsonScalar } from '../platform/graphql/scalars';
import type { UserFilter } from './user.repository';
import type { CreateUser, UpdateUser } from './user.service';

@InputType('UserFilter', { description: 'Which users to list.' })
export class UserFilterInput implements UserFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Text that the name or e-mail address contains, in any case.',
  })
  search?: string | null;

  @Field(() => String, { nullable: true, description: 'The whole e-mail address, in any case.' })
  email?: string | null;

  @Field(() => ServerRoleEnum, { nullable: true, description: 'Only users with this role on the server.' })
  role?: ServerRole | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether to list deleted ones too; by default not.' })
  includeDeleted?: boolean | null;
}

@ArgsType()
export class UsersArgs extends PageArgs {
  @Field(() => UserFilterInput, {
    nullable: true,
    description: 'Which users to list; all visible ones by default.',
  })
  filter?: UserFilterInput | null;
}

@InputType('CreateUserInput', { description: 'A new user.' })
export class CreateUserInput implements CreateUser {
  @Field(() => String, { nullable: true, description: 'E-mail address, which no other user may have.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'Name for people.' })
  name?: string | null;

  @Field(() => ServerRoleEnum, {
    nullable: true,
    description: 'Role on the whole server; MEMBER by default.',
  })
  role?: ServerRole | null;

  @Field(() => JsonScalar, { nullable: true, description: 'Free metadata of the caller.' })
  metadata?: Record<string, unknown> | null;

  @Field(() => String, {
    nullable: true,
    description: 'Makes a retry safe: the same key and input give the same user.',
  })
  idempotencyKey?: string | null;
}

@InputType('UpdateUserInput', { description: 'Changes to a user. What is absent stays; null clears.' })
export class UpdateUserInput implements UpdateUser {
  @Field(() => ID, { description: 'The user to change.' })
  userId: string;

  @Field(() => String, { nullable: true, description: 'New e-mail address.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'New name.' })
  name?: string | null;

  @Field(() => ServerRoleEnum, {
    nullable: true,
    description: 'New role on the whole server; null makes it MEMBER.',
  })
  role?: ServerRole | null;

  @Field(() => JsonScalar, { nullable: true, description: 'New metadata, in place of the old.' })
  metadata?: Record<string, unknown> | null;
}

@InputType('BlockUserInput', { description: 'The user to block.' })
export class BlockUserInput {
  @Field(() => ID, { description: 'The user to block.' })
  userId: string;
}

@InputType('UnblockUserInput', { description: 'The user to unblock.' })
export class UnblockUserInput {
  @Field(() => ID, { description: 'The user to unblock.' })
  userId: string;
}

@InputType('DeleteUserInput', { description: 'The user to delete.' })
export class DeleteUserInput {
  @Field(() => ID, { description: 'The user to delete.' })
  userId: string;
}
