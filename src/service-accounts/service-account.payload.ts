import { Field, ObjectType } from 'type-graphql';
import { Payload } from '../platform/graphql/payload';
import { AccessToken } from '../users/access-token.type';
import { ServiceAccount } from './service-account.type';

@ObjectType('CreateServiceAccountPayload', { description: 'The outcome of `createServiceAccount`.' })
export class CreateServiceAccountPayload extends Payload {
  @Field(() => ServiceAccount, {
    nullable: true,
    description: 'The new service account; null when it was not made.',
  })
  serviceAccount?: ServiceAccount | null;
}

@ObjectType('UpdateServiceAccountPayload', { description: 'The outcome of `updateServiceAccount`.' })
export class UpdateServiceAccountPayload extends Payload {
  @Field(() => ServiceAccount, {
    nullable: true,
    description: 'The changed service account; null when it was not changed.',
  })
  serviceAccount?: ServiceAccount | null;
}

@ObjectType('BlockServiceAccountPayload', { description: 'The outcome of `blockServiceAccount`.' })
export class BlockServiceAccountPayload extends Payload {
  @Field(() => ServiceAccount, {
    nullable: true,
    description: 'The blocked service account; null when it was not blocked.',
  })
  serviceAccount?: ServiceAccount | null;
}

@ObjectType('UnblockServiceAccountPayload', { description: 'The outcome of `unblockServiceAccount`.' })
export class UnblockServiceAccountPayload extends Payload {
  @Field(() => ServiceAccount, {
    nullable: true,
    description: 'The unblocked service account; null when it was not unblocked.',
  })
  serviceAccount?: ServiceAccount | null;
}

@ObjectType('DeleteServiceAccountPayload', { description: 'The outcome of `deleteServiceAccount`.' })
export class DeleteServiceAccountPayload extends Payload {
  @Field(() => ServiceAccount, {
    nullable: true,
    description: 'The deleted service account; null when it was not deleted.',
  })
  serviceAccount?: ServiceAccount | null;
}

@ObjectType('CreateServiceAccountTokenPayload', {
  description: 'The outcome of `createServiceAccountToken`.',
})
export class CreateServiceAccountTokenPayload extends Payload {
  @Field(() => AccessToken, { nullable: true, description: 'The new token; null when it was not made.' })
  accessToken?: AccessToken | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The secret to send as `Authorization: Bearer …`. Shown this once and never again: keep it now. Null when the ' +
      'token was not made, or was made by an earlier attempt with the same idempotencyKey.',
  })
  secret?: string | null;
}
