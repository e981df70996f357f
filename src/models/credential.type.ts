import { Field, ID, ObjectType } from 'type-graphql';
import { connectionType } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node.type';
import { DateTimeScalar } from '../platform/graphql/scalars';
import type { CredentialEntity } from './credential.entity';

@ObjectType('Credential', {
  implements: Node,
  description: 'A secret that a provider gave, by a name. The secret itself is encrypted and never returned.',
})
export class Credential implements Node {
  @Field(() => ID, { description: 'Opaque id, prefixed `cred_`.' })
  id: string;

  @Field(() => String, { description: 'Name for people, unique among credentials that are not deleted.' })
  name: string;

  @Field(() => String, { description: 'The provider that it is for, such as `openai`.' })
  provider: string;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt: Date;

  @Field(() => DateTimeScalar, { description: 'When it was last changed.' })
  updatedAt: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was deleted; null while it is not.' })
  deletedAt: Date | null;
}

export const CredentialConnection = connectionType(Credential, 'Credential');

export function toCredential(row: CredentialEntity): Credential {
  const { id, name, provider, createdAt, updatedAt, deletedAt } = row;
  return { id, name, provider, createdAt, updatedAt, deletedAt };
}
