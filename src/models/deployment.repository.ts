import type { EntityManager } from 'typeorm';
import type { Visibility } from '../access/visibility';
import { onlyVisible } from '../access/visibility';
import { byInstant, keysetPage, type Page, type PageRequest } from '../platform/database/keyset';
import type { DeploymentSource } from '../domain/models/deployment-source';
import { DeploymentEntity } from './deployment.entity';

/** Only those who see everything see deployments: they tell of the operator's own network. */
const VISIBLE_BY = {};

export interface DeploymentFilter {
  /** The name or pattern as it was entered. */
  readonly model?: string | null | undefined;
  readonly provider?: string | null | undefined;
  readonly source?: DeploymentSource | null | undefined;
  /** Text that the model's name contains, in any case. */
  readonly search?: string | null | undefined;
  /** Whether to list deleted ones, and those that are not configured any more, too. */
  readonly includeInactive?: boolean | null | undefined;
}

export async function findDeployments(
  manager: EntityManager,
  visibility: Visibility,
  ids: readonly string[],
): Promise<DeploymentEntity[]> {
  const query = manager
    .createQueryBuilder(DeploymentEntity, 'deployment')
    .where('deployment.id = ANY(:ids)', { ids });
  return onlyVisible(query, visibility, VISIBLE_BY).getMany();
}

export async function listDeployments(
  manager: EntityManager,
  visibility: Visibility,
  filter: DeploymentFilter,
  page: PageRequest,
): Promise<Page<DeploymentEntity>> {
  const query = manager.createQueryBuilder(DeploymentEntity, 'deployment').where('TRUE');
  if (filter.includeInactive !== true) query.andWhere('deployment.active AND deployment.deleted_at IS NULL');
  for (const column of ['model', 'provider', 'source'] as const) {
    const value = filter[column];
    if (value != null) query.andWhere(`deployment.${column} = :${column}`, { [column]: value });
  }
  if (filter.search != null) {
    query.andWhere('position(lower(:search) IN lower(deployment.model)) > 0', { search: filter.search });
  }
  return keysetPage(
    onlyVisible(query, visibility, VISIBLE_BY),
    byInstant('deployment.createdAt', 'deployment.created_at', (row) => row.createdAt),
    page,
  );
}

/** The deployment, locked until the transaction ends; null when it is absent or deleted. */
export async function lockDeployment(manager: EntityManager, id: string): Promise<DeploymentEntity | null> {
  return manager
    .createQueryBuilder(DeploymentEntity, 'deployment')
    .where('deployment.id = :id AND deployment.deleted_at IS NULL', { id })
    .setLock('pessimistic_write')
    .getOne();
}

/** A deployment made through the API, with the sealed secret of its credential. */
export interface StoredDeployment {
  readonly id: string;
  readonly model: string;
  readonly provider: string;
  readonly upstream_model: string;
  readonly api_base: string | null;
  readonly metadata: Record<string, unknown>;
  readonly credential_id: string | null;
  readonly ciphertext: Buffer | null;
}

export async function loadStoredDeployments(manager: EntityManager): Promise<StoredDeployment[]> {
  return manager.query(
    `SELECT d.id, d.model, d.provider, d.upstream_model, d.api_base, d.metadata, d.credential_id, c.ciphertext
       FROM deployments d LEFT JOIN credentials c ON c.id = d.credential_id AND c.deleted_at IS NULL
      WHERE d.source = 'API' AND d.active AND d.deleted_at IS NULL
      ORDER BY d.id`,
  );
}
