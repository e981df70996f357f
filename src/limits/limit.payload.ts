import { Field, ID, ObjectType } from 'type-graphql';
import { Payload } from '../platform/graphql/payload';
import { Limit } from './limit.type';

@ObjectType('SetLimitPayload', { description: 'The outcome of `setLimit`.' })
export class SetLimitPayload extends Payload {
  @Field(() => Limit, { nullable: true, description: 'The limit that holds now; null when it was not set.' })
  limit?: Limit | null;
}

@ObjectType('UpdateLimitPayload', { description: 'The outcome of `updateLimit`.' })
export class UpdateLimitPayload extends Payload {
  @Field(() => Limit, { nullable: true, description: 'The changed limit; null when it was not changed.' })
  limit?: Limit | null;
}

@ObjectType('DeleteLimitPayload', { description: 'The outcome of `deleteLimit`.' })
export class DeleteLimitPayload extends Payload {
  @Field(() => ID, { nullable: true, description: 'Id of the deleted limit; null when it was not deleted.' })
  deletedLimitId?: string | null;
}
