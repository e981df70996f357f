import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { onlyVisible, type Visibility } from '../access/visibility';
import { byInstant, type Page, type PageRequest } from '../platform/database/keyset';
import { keysetChildren } from '../platform/database/keyset-children';
import { TeamMemberEntity } from './team-member.entity';

/** The members of a team know each other. */
const VISIBLE_BY = {
  organization: 'member.organization_id',
  team: 'member.team_id',
  memberTeam: 'member.team_id',
  ownUser: 'member.user_id',
};

const OLDEST_FIRST = byInstant<TeamMemberEntity>(
  'teamMember.createdAt',
  'member.created_at',
  (row) => row.createdAt,
);

export async function findTeamMembers(
  manager: EntityManager,
  visibility: Visibility,
  ids: readonly string[],
): Promise<TeamMemberEntity[]> {
  return visibleMembers(manager, visibility).andWhere('member.id = ANY(:ids)', { ids }).getMany();
}

export async function listMembersOfTeams(
  manager: EntityManager,
  visibility: Visibility,
  teamIds: readonly string[],
  page: PageRequest,
): Promise<Map<string, Page<TeamMemberEntity>>> {
  const parent = { column: 'member.team_id', idOf: (row: TeamMemberEntity) => row.teamId };
  return keysetChildren(visibleMembers(manager, visibility), parent, teamIds, OLDEST_FIRST, page);
}

export async function listTeamsOfUsers(
  manager: EntityManager,
  visibility: Visibility,
  userIds: readonly string[],
  page: PageRequest,
): Promise<Map<string, Page<TeamMemberEntity>>> {
  const parent = { column: 'member.user_id', idOf: (row: TeamMemberEntity) => row.userId };
  return keysetChildren(visibleMembers(manager, visibility), parent, userIds, OLDEST_FIRST, page);
}

function visibleMembers(
  manager: EntityManager,
  visibility: Visibility,
): SelectQueryBuilder<TeamMemberEntity> {
  const query = manager.createQueryBuilder(TeamMemberEntity, 'member').where('TRUE');
  return onlyVisible(query, visibility, VISIBLE_BY);
}
