import { Field, ObjectType } from 'type-graphql';
import { Payload } from '../platform/graphql/payload';
import { AccessToken } from './access-token.type';
import { User } from './user.type';

@ObjectType('SignInPayload', { description: 'The outcome of `signIn`.' })
export class SignInPayload extends Payload {
  @Field(() => AccessToken, {
    nullable: true,
    description:
      'The session: an access token that ends after 12 hours. Revoke it to sign out. Null when refused.',
  })
  accessToken?: AccessToken | null;

  @Field(() => String, {
    nullable: true,
    description: 'The secret to send as `Authorization: Bearer …`. Null when refused.',
  })
  secret?: string | null;
}

@ObjectType('SetPasswordPayload', { description: 'The outcome of `setPassword`.' })
export class SetPasswordPayload extends Payload {
  @Field(() => User, { nullable: true, description: 'Whose password was set; null when it was not.' })
  user?: User | null;
}
