import { Field, ObjectType } from 'type-graphql';
import { Payload } from '../platform/graphql/payload';
import { AccessToken } from './access-token.type';

@ObjectType('CreateAccessTokenPayload', { description: 'The outcome of `createAccessToken`.' })
export class CreateAccessTokenPayload extends Payload {
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

@ObjectType('RevokeAccessTokenPayload', { description: 'The outcome of `revokeAccessToken`.' })
export class RevokeAccessTokenPayload extends Payload {
  @Field(() => AccessToken, {
    nullable: true,
    description: 'The revoked token; null when it was not revoked.',
  })
  accessToken?: AccessToken | null;
}
