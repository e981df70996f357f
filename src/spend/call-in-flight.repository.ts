import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { onlyVisible, type Visibility } from '../access/visibility';
import { byInstant, keysetPage, type Page, type PageRequest } from '../platform/database/keyset';
import { ReservationEntity } from './reservation.entity';

const VISIBLE_BY = {
  organization: 'call.organization_id',
  team: 'call.team_id',
  ownUser: 'call.user_id',
  ownKey: 'call.key_id',
} as const;

export interface CallFilter {
  readonly organizationId?: string | null | undefined;
  readonly teamId?: string | null | undefined;
  readonly projectId?: string | null | undefined;
  readonly userId?: string | null | undefined;
  readonly keyId?: string | null | undefined;
  readonly model?: string | null | undefined;
}

const EQUAL = {
  organizationId: 'organization_id',
  teamId: 'team_id',
  projectId: 'project_id',
  userId: 'user_id',
  keyId: 'key_id',
  model: 'model',
} as const satisfies Record<keyof CallFilter, string>;

export async function findCallsInFlight(
  manager: EntityManager,
  visibility: Visibility,
  ids: readonly string[],
): Promise<ReservationEntity[]> {
  return onlyVisible(openCalls(manager), visibility, VISIBLE_BY)
    .andWhere('call.id = ANY(:ids)', { ids })
    .getMany();
}

export async function listCallsInFlight(
  manager: EntityManager,
  visibility: Visibility,
  filter: CallFilter,
  page: PageRequest,
): Promise<Page<ReservationEntity>> {
  const query = openCalls(manager);
  for (const [name, column] of Object.entries(EQUAL)) {
    const value = filter[name as keyof CallFilter];
    if (value != null) query.andWhere(`call.${column} = :${name}`, { [name]: value });
  }
  const order = byInstant('call.admittedAt', 'call.admitted_at', (row: ReservationEntity) => row.admittedAt);
  return keysetPage(onlyVisible(query, visibility, VISIBLE_BY), order, page);
}

function openCalls(manager: EntityManager): SelectQueryBuilder<ReservationEntity> {
  return manager.createQueryBuilder(ReservationEntity, 'call').where(`call.state = 'RESERVED'`);
}
