import type { EntityManager } from 'typeorm';

/** Removes a team that was made a moment ago and did not come to be whole: its id is free again. */
export async function unmakeTeam(manager: EntityManager, teamId: string): Promise<void> {
  await manager.query(`DELETE FROM team_members WHERE team_id = $1`, [teamId]);
  await manager.query(`DELETE FROM teams WHERE id = $1`, [teamId]);
}
