import type { EntityManager } from 'typeorm';
import type { RequestContext } from '../access/context';
import { requireRule, RULES, type RuleTarget } from '../access/rules';
import {
  memberCount,
  memberExpiry,
  memberModels,
  type MemberKeyFault,
  type MemberKeyPolicy,
} from '../domain/keys/member-keys';
import { ok, type Result } from '../domain/result';
import { issue, type UserIssue } from '../platform/user-issue';
import type { CreateKey, UpdateKey } from './key-input';
import { countMemberKeys, memberKeyPolicy } from './member-key-policy.repository';
import type { VirtualKeyEntity } from './virtual-key.entity';

/** A member of a team in what it may do with a key of its own. */
export interface OwnKey {
  readonly userId: string;
  readonly teamId: string;
  readonly policy: MemberKeyPolicy;
}

/**
 * Whether the caller may change the key, or make one there: null as an administrator, else by which rules as the member
 * whose key it is. Throws FORBIDDEN for everybody else. A member's key is its own, or nobody's yet.
 */
export async function permitKey(
  manager: EntityManager,
  ctx: RequestContext,
  key: RuleTarget,
): Promise<OwnKey | null> {
  const { principal } = ctx;
  if (RULES.keyAdmin.allows(principal, key)) return null;
  const own = await ownKey(manager, ctx, key);
  if (own === null) requireRule(principal, RULES.keyOwner, key);
  return own;
}

/** The rules by which the key is the caller's own; null when it is not, or when the team permits its members nothing. */
export async function ownKey(
  manager: EntityManager,
  { principal }: RequestContext,
  { teamId, userId }: RuleTarget,
): Promise<OwnKey | null> {
  if (principal.kind !== 'USER' || teamId == null) return null;
  if (principal.teamRoles.get(teamId)?.role !== 'MEMBER') return null;
  if (userId !== principal.userId) return null;
  const policy = await memberKeyPolicy(manager, teamId);
  return policy.enabled ? { userId: principal.userId, teamId, policy } : null;
}

/** A new key of a member as the rules let it be: what was not asked for is as much as they allow. */
export async function memberKeyTerms(
  manager: EntityManager,
  own: OwnKey,
  input: CreateKey,
  nowMs: number,
): Promise<Result<CreateKey, UserIssue[]>> {
  const models = memberModels(own.policy, input.models);
  if (!models.ok) return refused(models.error);
  const expiresAt = memberExpiry(own.policy, nowMs, input.expiresAt);
  if (!expiresAt.ok) return refused(expiresAt.error);
  const count = await isRoomFor(manager, own, null, nowMs);
  if (!count.ok) return count;
  return ok({ ...input, userId: own.userId, models: models.value, expiresAt: expiresAt.value });
}

/** The changes that a member makes to a key of its own, if the rules let them be. */
export async function memberKeyChanges(
  manager: EntityManager,
  own: OwnKey,
  input: UpdateKey,
  key: VirtualKeyEntity,
  nowMs: number,
): Promise<Result<UpdateKey, UserIssue[]>> {
  for (const field of ['teamId', 'projectId', 'userId', 'serviceAccountId'] as const)
    if (input[field] !== undefined && input[field] !== key[field])
      return issue(
        'INVALID',
        field,
        'Only an administrator of the team gives a key to somebody else or elsewhere.',
      );
  const changed: { models?: readonly string[]; expiresAt?: Date | null } = {};
  if (input.models !== undefined) {
    const models = memberModels(own.policy, input.models);
    if (!models.ok) return refused(models.error);
    changed.models = models.value;
  }
  if (input.expiresAt !== undefined) {
    const expiresAt = memberExpiry(own.policy, key.createdAt.getTime(), input.expiresAt);
    if (!expiresAt.ok) return refused(expiresAt.error);
    const count = await isRoomFor(manager, own, key.id, nowMs);
    if (!count.ok) return count;
    changed.expiresAt = expiresAt.value;
  }
  return ok({ ...input, ...changed });
}

async function isRoomFor(
  manager: EntityManager,
  own: OwnKey,
  exceptKeyId: string | null,
  nowMs: number,
): Promise<Result<null, UserIssue[]>> {
  if (own.policy.maxKeys === null) return ok(null);
  const usable = await countMemberKeys(manager, { ...own, exceptKeyId }, new Date(nowMs));
  const count = memberCount(own.policy, usable, exceptKeyId === null ? 'teamId' : 'keyId');
  return count.ok ? count : refused(count.error);
}

function refused({ field, message }: MemberKeyFault): Result<never, UserIssue[]> {
  return issue(field === 'teamId' || field === 'keyId' ? 'LIMIT_REACHED' : 'INVALID', field, message);
}
