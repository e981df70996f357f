import { Field, ObjectType } from 'type-graphql';
import { Payload } from '../platform/graphql/payload';
import { VirtualKey } from './key.type';

@ObjectType('CreateKeyPayload', { description: 'The outcome of `createKey`.' })
export class CreateKeyPayload extends Payload {
  @Field(() => VirtualKey, { nullable: true, description: 'The new key; null when it was not made.' })
  key?: VirtualKey | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The secret, shown here and never again: only a hash of it is stored. Null when the key was not made, or was made ' +
      'by an earlier attempt with the same idempotencyKey.',
  })
  secret?: string | null;

  @Field(() => [String], {
    description: 'What may surprise when the key is used, such as a model without deployment or price.',
  })
  warnings: string[];
}

@ObjectType('RotateKeyPayload', { description: 'The outcome of `rotateKey`.' })
export class RotateKeyPayload extends Payload {
  @Field(() => VirtualKey, { nullable: true, description: 'The key; null when it was not rotated.' })
  key?: VirtualKey | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The new secret, shown here and never again: only a hash of it is stored. Null when it was not rotated.',
  })
  secret?: string | null;
}

@ObjectType('UpdateKeyPayload', { description: 'The outcome of `updateKey`.' })
export class UpdateKeyPayload extends Payload {
  @Field(() => VirtualKey, { nullable: true, description: 'The key; null when it was not changed.' })
  key?: VirtualKey | null;
}

@ObjectType('BlockKeyPayload', { description: 'The outcome of `blockKey`.' })
export class BlockKeyPayload extends Payload {
  @Field(() => VirtualKey, { nullable: true, description: 'The key; null when it was not blocked.' })
  key?: VirtualKey | null;
}

@ObjectType('UnblockKeyPayload', { description: 'The outcome of `unblockKey`.' })
export class UnblockKeyPayload extends Payload {
  @Field(() => VirtualKey, { nullable: true, description: 'The key; null when it was not unblocked.' })
  key?: VirtualKey | null;
}

@ObjectType('ExpireKeyPayload', { description: 'The outcome of `expireKey`.' })
export class ExpireKeyPayload extends Payload {
  @Field(() => VirtualKey, { nullable: true, description: 'The key; null when it was not expired.' })
  key?: VirtualKey | null;
}

@ObjectType('DeleteKeyPayload', { description: 'The outcome of `deleteKey`.' })
export class DeleteKeyPayload extends Payload {
  @Field(() => VirtualKey, { nullable: true, description: 'The deleted key; null when it was not deleted.' })
  key?: VirtualKey | null;
}
