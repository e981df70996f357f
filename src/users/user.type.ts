import { Field, ID, ObjectType } from 'type-graphql';
import type { ServerRole } from '../access/principal';
import { ServerRoleEnum } from '../access/server-role.enum';
import { connectionType } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node.type';
import { DateTimeScalar, JsonScalar } from '../platform/graphql/scalars';
import type { UserEntity } from './user.entity';

@ObjectType('User', {
  implements: Node,
  description:
    'A person or a service that signs in with access tokens, owns keys and is a member of organizations and teams. ' +
    'Visible to itself, to the members of its teams, and to those who see all of an organization or team of its.',
})
export class User implements Node {
  @Field(() => ID, { description: 'Opaque id, prefixed `user_` unless it was chosen.' })
  id: string;

  @Field(() => String, { nullable: true, description: 'E-mail address; no other user has it.' })
  email: string | null;

  @Field(() => String, { nullable: true, description: 'Name for people.' })
  name: string | null;

  @Field(() => ServerRoleEnum, { description: 'What the user may do on the whole server.' })
  role: ServerRole;

  @Field(() => JsonScalar, { description: 'Free metadata of the caller.' })
  metadata: Record<string, unknown>;

  @Field(() => Boolean, { description: 'Whether the access tokens and keys of the user are refused.' })
  blocked: boolean;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt: Date;

  @Field(() => DateTimeScalar, { description: 'When it was last changed.' })
  updatedAt: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was deleted; null while it is in use.',
  })
  deletedAt: Date | null;
}

export const UserConnection = connectionType(User, 'User');

export function toUser(row: UserEntity): User {
  const { id, email, name, role, metadata, blocked, createdAt, updatedAt, deletedAt } = row;
  return { id, email, name, role, metadata, blocked, createdAt, updatedAt, deletedAt };
}
