import { Field, ID, InputType } from 'type-graphql';
import { DateTimeScalar } from '../platform/graphql/scalars';
import type { CreateAccessToken } from './access-token.service';

@InputType('CreateAccessTokenInput', { description: 'A new access token.' })
export class CreateAccessTokenInput implements CreateAccessToken {
  @Field(() => ID, {
    nullable: true,
    description: 'The user to make it for; the calling user by default.',
  })
  userId?: string | null;

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

@InputType('RevokeAccessTokenInput', { description: 'The access token to revoke.' })
export class RevokeAccessTokenInput {
  @Field(() => ID, { description: 'The access token to revoke.' })
  accessTokenId: string;
}
