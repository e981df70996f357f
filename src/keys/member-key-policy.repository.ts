import { In, type EntityManager } from 'typeorm';
import type { MemberKeyPolicy } from '../domain/keys/member-keys';
import { MemberKeyPolicyEntity, NO_MEMBER_KEYS } from './member-key-policy.entity';

/** The rules of each of the teams. */
export async function memberKeyPolicies(
  manager: EntityManager,
  teamIds: readonly string[],
): Promise<Map<string, MemberKeyPolicy>> {
  const rows = await manager.findBy(MemberKeyPolicyEntity, { teamId: In([...teamIds]) });
  const byTeam = new Map(rows.map((row) => [row.teamId, row]));
  return new Map(teamIds.map((id) => [id, byTeam.get(id) ?? NO_MEMBER_KEYS]));
}

export async function memberKeyPolicy(manager: EntityManager, teamId: string): Promise<MemberKeyPolicy> {
  return (await manager.findOneBy(MemberKeyPolicyEntity, { teamId })) ?? NO_MEMBER_KEYS;
}

/** How many keys of the member in the team can be used now, besides one; nobody else counts them until the transaction ends. */
export async function countMemberKeys(
  manager: EntityManager,
  member: { readonly teamId: string; readonly userId: string; readonly exceptKeyId: string | null },
  now: Date,
): Promise<number> {
  await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [
    `member keys\n${member.teamId}\n${member.userId}`,
  ]);
  const [row]: { count: number }[] = await manager.query(
    `SELECT count(*)::int AS count FROM virtual_keys
      WHERE team_id = $1 AND user_id = $2 AND deleted_at IS NULL AND (expires_at IS NULL OR expires_at > $3::timestamptz)
        AND id IS DISTINCT FROM $4`,
    [member.teamId, member.userId, now, member.exceptKeyId],
  );
  return row?.count ?? 0;
}
