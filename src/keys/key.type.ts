import { Field, ID, Int, ObjectType } from 'type-graphql';
import { keyState, type KeyState } from '../domain/keys/key-state';
import { connectionType } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node.type';
import { DateTimeScalar, JsonScalar } from '../platform/graphql/scalars';
import { keyFacts } from './key-changer';
import { KeyStateEnum } from './key-state.enum';
import type { VirtualKeyEntity } from './virtual-key.entity';

@ObjectType('VirtualKey', {
  implements: Node,
  description:
    'What a caller of models signs in with. It keeps its id and its history when its secret is rotated, and when it is ' +
    'deleted. The secret is shown once, by the mutation that makes it.',
})
export class VirtualKey implements Node {
  @Field(() => ID, { description: 'Opaque id, prefixed `key_`.' })
  id: string;

  @Field(() => String, {
    nullable: true,
    description: 'Name for people, unique among keys that are not deleted; null when it has none.',
  })
  alias: string | null;

  @Field(() => String, { description: 'What may be shown of the newest secret, such as `sk-...abcd`.' })
  display: string;

  @Field(() => KeyStateEnum, { description: 'What it is at the moment.' })
  state: KeyState;

  @Field(() => [String], {
    description:
      'Models it may use, as names or patterns with `*`; empty means all that its project, team and organization allow.',
  })
  models: string[];

  @Field(() => [String], { description: 'Tags that each of its calls carries.' })
  tags: string[];

  @Field(() => JsonScalar, { description: 'Free metadata of the caller.' })
  metadata: Record<string, unknown>;

  @Field(() => Boolean, { description: 'Whether it was blocked.' })
  blocked: boolean;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When its time is over; null means never.' })
  expiresAt: Date | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Bound on the output of each call, in tokens; null when it has none of its own.',
  })
  maxOutputTokens: number | null;

  @Field(() => String, { description: 'Who made it: the id of a user or service account, or `master`.' })
  createdBy: string;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt: Date;

  @Field(() => DateTimeScalar, { description: 'When it was last changed.' })
  updatedAt: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was deleted; null while it is not.' })
  deletedAt: Date | null;

  readonly organizationId: string;
  readonly teamId: string | null;
  readonly projectId: string | null;
  readonly userId: string | null;
  readonly serviceAccountId: string | null;
}

export const VirtualKeyConnection = connectionType(VirtualKey, 'VirtualKey');

/** The key as it is at the instant `nowMs`. */
export function toVirtualKey(row: VirtualKeyEntity, nowMs: number): VirtualKey {
  const { id, alias, display, models, tags, metadata, blocked, expiresAt, maxOutputTokens } = row;
  const { createdBy, createdAt, updatedAt, deletedAt, organizationId, teamId, projectId, userId } = row;
  const { serviceAccountId } = row;
  return {
    id,
    alias,
    display,
    state: keyState(keyFacts(row), nowMs),
    models,
    tags,
    metadata,
    blocked,
    expiresAt,
    maxOutputTokens,
    createdBy,
    createdAt,
    updatedAt,
    deletedAt,
    organizationId,
    teamId,
    projectId,
    userId,
    serviceAccountId,
  };
}
