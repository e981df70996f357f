import { Field, ID, ObjectType } from 'type-graphql';
import { MemberRoleEnum } from '../access/member-role.enum';
import type { MemberRole } from '../access/principal';
import { connectionType } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node.type';
import { DateTimeScalar, JsonScalar } from '../platform/graphql/scalars';
import type { ServiceAccountEntity } from './service-account.entity';

@ObjectType('ServiceAccount', {
  implements: Node,
  description:
    'A principal that is no person, such as a pipeline: of an organization or one of its teams, where it may do what its ' +
    'role says. It signs in with access tokens alone and may own keys. Visible to itself and to those who see all of its ' +
    'team or organization.',
})
export class ServiceAccount implements Node {
  @Field(() => ID, { description: 'Opaque id, prefixed `svc_`.' })
  id: string;

  @Field(() => String, { description: 'Name for people, unique in its team or organization.' })
  name: string;

  @Field(() => String, { nullable: true, description: 'What it is for, for people.' })
  description: string | null;

  @Field(() => MemberRoleEnum, { description: 'What it may do in its team or organization.' })
  role: MemberRole;

  @Field(() => JsonScalar, { description: 'Free metadata of the caller.' })
  metadata: Record<string, unknown>;

  @Field(() => Boolean, { description: 'Whether its access tokens and keys are refused.' })
  blocked: boolean;

  @Field(() => String, {
    description: 'Who made it: the id of a user or service account, or `master`.',
  })
  createdBy: string;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt: Date;

  @Field(() => DateTimeScalar, { description: 'When it was last changed.' })
  updatedAt: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was deleted; null while it is in use.',
  })
  deletedAt: Date | null;

  /** For the edges. */
  readonly organizationId: string;
  readonly teamId: string | null;
}

export const ServiceAccountConnection = connectionType(ServiceAccount, 'ServiceAccount');

export function toServiceAccount(row: ServiceAccountEntity): ServiceAccount {
  const { id, name, description, role, metadata, blocked, createdBy } = row;
  const { createdAt, updatedAt, deletedAt, organizationId, teamId } = row;
  return {
    ...{ id, name, description, role, metadata, blocked, createdBy },
    ...{ createdAt, updatedAt, deletedAt, organizationId, teamId },
  };
}
