import { Field, ID, ObjectType } from 'type-graphql';
import { connectionType } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node.type';
import { DateTimeScalar } from '../platform/graphql/scalars';
import type { AccessTokenEntity } from './access-token.entity';

@ObjectType('AccessToken', {
  implements: Node,
  description:
    'A credential with which a user or a service account signs in to this API. Its secret is shown once, when it is ' +
    'made, and kept only as a keyed hash. Visible to its holder and to those who see the whole server; one of a service ' +
    'account also to those who see all of its team or organization.',
})
export class AccessToken implements Node {
  @Field(() => ID, { description: 'Opaque id, prefixed `tok_`.' })
  id: string;

  @Field(() => String, { description: 'Name for people, such as where it is used.' })
  name: string;

  @Field(() => String, { description: 'What may be shown of the secret: its prefix and last characters.' })
  display: string;

  @Field(() => Boolean, { description: 'Whether signing in with a password made it.' })
  isSession: boolean;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ends by itself; null means never.' })
  expiresAt: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was revoked; null when it was not.' })
  revokedAt: Date | null;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt: Date;

  /** For the edges to its holder. */
  userId: string | null;
  serviceAccountId: string | null;
}

export const AccessTokenConnection = connectionType(AccessToken, 'AccessToken');

export function toAccessToken(row: AccessTokenEntity): AccessToken {
  const { id, name, display, isSession, expiresAt, revokedAt, createdAt, userId, serviceAccountId } = row;
  return { id, name, display, isSession, expiresAt, revokedAt, createdAt, userId, serviceAccountId };
}
