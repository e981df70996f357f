import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { PageArgs } from '../platform/graphql/page.args';
import { DateTimeScalar, JsonScalar } from '../platform/graphql/scalars';
import type { KeyScope } from './key-feed';
import type { CreateKey, RotateKey, UpdateKey } from './key-input';
import { KeyOrderEnum } from './key-order.enum';
import type { KeyFilter, KeyList, KeyOrder } from './key.repository';

@InputType('VirtualKeyFilter', { description: 'Which virtual keys to list. All conditions must hold.' })
export class KeyFilterInput implements KeyFilter {
  @Field(() => ID, { nullable: true, description: 'Only those of this organization.' })
  organizationId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those of this team.' })
  teamId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those of this project.' })
  projectId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those of this user.' })
  userId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those of this service account.' })
  serviceAccountId?: string | null;

  @Field(() => String, { nullable: true, description: 'Only the one with exactly this alias.' })
  alias?: string | null;

  @Field(() => String, { nullable: true, description: 'Text that the alias contains, in any case.' })
  search?: string | null;

  @Field(() => String, { nullable: true, description: 'Only those that have this tag.' })
  tag?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Only those that are blocked, or only those not.' })
  blocked?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether to list deleted ones too; by default not.' })
  includeDeleted?: boolean | null;
}

@InputType('KeyScopeInput', { description: 'Whose virtual keys to follow. All conditions must hold.' })
export class KeyScopeInput implements KeyScope {
  @Field(() => ID, { nullable: true, description: 'Only those of this organization.' })
  organizationId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those of this team.' })
  teamId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those of this project.' })
  projectId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those of this user.' })
  userId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those of this service account.' })
  serviceAccountId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only this one.' })
  keyId?: string | null;
}

@ArgsType()
export class KeysArgs extends PageArgs {
  @Field(() => KeyFilterInput, {
    nullable: true,
    description: 'Which keys to list; all visible ones that are not deleted by default.',
  })
  filter?: KeyFilterInput | null;

  @Field(() => KeyOrderEnum, { nullable: true, description: 'In which order; oldest first by default.' })
  orderBy?: KeyOrder | null;
}

@InputType('CreateKeyInput', { description: 'A new virtual key.' })
export class CreateKeyInput implements CreateKey {
  @Field(() => ID, {
    nullable: true,
    description:
      'The organization it belongs to. Not needed with a team or project; the default organization without any.',
  })
  organizationId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The team it belongs to. Not needed with a project.' })
  teamId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The project it belongs to.' })
  projectId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The user whose key it is, a member of the team or organization; none for a key of no user.',
  })
  userId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'The service account whose key it is, of the same team or of its organization; not beside a user.',
  })
  serviceAccountId?: string | null;

  @Field(() => String, { nullable: true, description: 'Name for people, unique among all live keys.' })
  alias?: string | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'Models it may use, as names or patterns with `*`; each must be allowed by its project, team and organization. ' +
      'By default all that they allow.',
  })
  models?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Tags that each of its calls carries.' })
  tags?: string[] | null;

  @Field(() => JsonScalar, { nullable: true, description: 'Free metadata of the caller.' })
  metadata?: Record<string, unknown> | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When its time is over; never by default.' })
  expiresAt?: Date | null;

  @Field(() => Int, { nullable: true, description: 'Bound on the output of each call, in tokens.' })
  maxOutputTokens?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'A secret of your own choice, to keep one in use elsewhere: `sk-` and at least 13 characters. A random one by default.',
  })
  secret?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Makes a retry safe: the same key and input give the same virtual key. A retry gets no secret, since none is stored.',
  })
  idempotencyKey?: string | null;
}

@InputType('UpdateKeyInput', {
  description: 'Changes to a virtual key. What is absent stays; null clears.',
})
export class UpdateKeyInput implements UpdateKey {
  @Field(() => ID, { description: 'The key to change.' })
  keyId: string;

  @Field(() => ID, {
    nullable: true,
    description:
      'Moves it to another team and its organization; null takes it out of its team. Needs the role in both places.',
  })
  teamId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Another project of its team; null for none.' })
  projectId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Another user; null for a key of no user.' })
  userId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Another service account; null for a key of none.',
  })
  serviceAccountId?: string | null;

  @Field(() => String, { nullable: true, description: 'New alias; null for none.' })
  alias?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'New list of models; null for all that its project, team and organization allow.',
  })
  models?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'New tags, in place of the old.' })
  tags?: string[] | null;

  @Field(() => JsonScalar, { nullable: true, description: 'New metadata, in place of the old.' })
  metadata?: Record<string, unknown> | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'New end of its time, which makes an expired key usable again; null for never.',
  })
  expiresAt?: Date | null;

  @Field(() => Int, { nullable: true, description: 'New bound on the output of each call; null for none.' })
  maxOutputTokens?: number | null;
}

@InputType('RotateKeyInput', { description: 'A new secret for a virtual key.' })
export class RotateKeyInput implements RotateKey {
  @Field(() => ID, { description: 'The key to rotate.' })
  keyId: string;

  @Field(() => Int, {
    nullable: true,
    description: 'How many seconds the old secret goes on working, at most 30 days; 0 by default.',
  })
  graceSeconds?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'A new secret of your own choice: `sk-` and at least 13 characters. A random one by default.',
  })
  secret?: string | null;
}

@InputType('BlockKeyInput', { description: 'The virtual key to block.' })
export class BlockKeyInput {
  @Field(() => ID, { description: 'The key to block.' })
  keyId: string;
}

@InputType('UnblockKeyInput', { description: 'The virtual key to unblock.' })
export class UnblockKeyInput {
  @Field(() => ID, { description: 'The key to unblock.' })
  keyId: string;
}

@InputType('ExpireKeyInput', { description: 'The virtual key whose time is over.' })
export class ExpireKeyInput {
  @Field(() => ID, { description: 'The key to expire.' })
  keyId: string;
}

@InputType('DeleteKeyInput', { description: 'The virtual key to delete.' })
export class DeleteKeyInput {
  @Field(() => ID, { description: 'The key to delete.' })
  keyId: string;
}

/** The arguments of a list of keys as the service takes them. */
export function toKeyList({ filter, orderBy, ...page }: KeysArgs): KeyList {
  return { filter: filter ?? {}, order: orderBy ?? 'CREATED_AT_ASC', page };
}
