import { Field, ObjectType } from 'type-graphql';
import { Payload } from '../platform/graphql/payload';
import { User } from './user.type';

@ObjectType('CreateUserPayload', { description: 'The outcome of `createUser`.' })
export class CreateUserPayload extends Payload {
  @Field(() => User, { nullable: true, description: 'The new user; null when it was not made.' })
  user?: User | null;
}

@ObjectType('UpdateUserPayload', { description: 'The outcome of `updateUser`.' })
export class UpdateUserPayload extends Payload {
  @Field(() => User, { nullable: true, description: 'The changed user; null when it was not changed.' })
  user?: User | null;
}

@ObjectType('BlockUserPayload', { description: 'The outcome of `blockUser`.' })
export class BlockUserPayload extends Payload {
  @Field(() => User, { nullable: true, description: 'The blocked user; null when it was not blocked.' })
  user?: User | null;
}

@ObjectType('UnblockUserPayload', { description: 'The outcome of `unblockUser`.' })
export class UnblockUserPayload extends Payload {
  @Field(() => User, { nullable: true, description: 'The unblocked user; null when it was not unblocked.' })
  user?: User | null;
}

@ObjectType('DeleteUserPayload', { description: 'The outcome of `deleteUser`.' })
export class DeleteUserPayload extends Payload {
  @Field(() => User, { nullable: true, description: 'The deleted user; null when it was not deleted.' })
  user?: User | null;
}
