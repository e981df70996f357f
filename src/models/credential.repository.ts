import type { EntityManager } from 'typeorm';
import type { Visibility } from '../access/visibility';
import { onlyVisible } from '../access/visibility';
import { byInstant, keysetPage, type Page, type PageRequest } from '../platform/database/keyset';
import { CredentialEntity } from './credential.entity';

/** Only those who see everything see credentials. */
const VISIBLE_BY = {};

export interface CredentialFilter {
  readonly provider?: string | null | undefined;
  /** Text that the name contains, in any case. */
  readonly search?: string | null | undefined;
}

export async function findCredentials(
  manager: EntityManager,
  visibility: Visibility,
  ids: readonly string[],
): Promise<CredentialEntity[]> {
  const query = manager
    .createQueryBuilder(CredentialEntity, 'credential')
    .where('credential.id = ANY(:ids)', { ids });
  return onlyVisible(query, visibility, VISIBLE_BY).getMany();
}

export async function listCredentials(
  manager: EntityManager,
  visibility: Visibility,
  filter: CredentialFilter,
  page: PageRequest,
): Promise<Page<CredentialEntity>> {
  const query = manager
    .createQueryBuilder(CredentialEntity, 'credential')
    .where('credential.deleted_at IS NULL');
  if (filter.provider != null) {
    query.andWhere('credential.provider = :provider', { provider: filter.provider });
  }
  if (filter.search != null) {
    query.andWhere('position(lower(:search) IN lower(credential.name)) > 0', { search: filter.search });
  }
  return keysetPage(
    onlyVisible(query, visibility, VISIBLE_BY),
    byInstant('credential.createdAt', 'credential.created_at', (row) => row.createdAt),
    page,
  );
}

/** The credential, locked until the transaction ends; null when it is absent or deleted. */
export async function lockCredential(manager: EntityManager, id: string): Promise<CredentialEntity | null> {
  return manager
    .createQueryBuilder(CredentialEntity, 'credential')
    .where('credential.id = :id AND credential.deleted_at IS NULL', { id })
    .setLock('pessimistic_write')
    .getOne();
}
