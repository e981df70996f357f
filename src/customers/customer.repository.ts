import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { onlyVisible, type Visibility } from '../access/visibility';
import { byInstant, keysetPage, type Page, type PageRequest } from '../platform/database/keyset';
import { keysetChildren } from '../platform/database/keyset-children';
import { CustomerEntity } from './customer.entity';

const OLDEST_FIRST = byInstant<CustomerEntity>(
  'customer.createdAt',
  'cust.created_at',
  (row) => row.createdAt,
);

export interface CustomerFilter {
  readonly organizationId?: string | null | undefined;
  readonly externalId?: string | null | undefined;
  /** Text that the id or the alias contains, in any case. */
  readonly search?: string | null | undefined;
  readonly blocked?: boolean | null | undefined;
}

export interface CustomerName {
  readonly organizationId: string;
  readonly externalId: string;
}

export async function findCustomers(
  manager: EntityManager,
  visibility: Visibility,
  ids: readonly string[],
): Promise<CustomerEntity[]> {
  return visibleCustomers(manager, visibility).andWhere('cust.id = ANY(:ids)', { ids }).getMany();
}

/** The customers with these names, those that are visible. */
export async function findNamedCustomers(
  manager: EntityManager,
  visibility: Visibility,
  names: readonly CustomerName[],
): Promise<CustomerEntity[]> {
  const wanted = 'SELECT * FROM unnest(CAST(:organizationIds AS text[]), CAST(:externalIds AS text[]))';
  return visibleCustomers(manager, visibility)
    .andWhere(`(cust.organization_id, cust.external_id) IN (${wanted})`, {
      organizationIds: names.map((name) => name.organizationId),
      externalIds: names.map((name) => name.externalId),
    })
    .getMany();
}

export async function listCustomers(
  manager: EntityManager,
  visibility: Visibility,
  filter: CustomerFilter,
  page: PageRequest,
): Promise<Page<CustomerEntity>> {
  return keysetPage(filtered(visibleCustomers(manager, visibility), filter), OLDEST_FIRST, page);
}

export async function listCustomersOfOrganizations(
  manager: EntityManager,
  visibility: Visibility,
  organizationIds: readonly string[],
  filter: CustomerFilter,
  page: PageRequest,
): Promise<Map<string, Page<CustomerEntity>>> {
  const parent = { column: 'cust.organization_id', idOf: (row: CustomerEntity) => row.organizationId };
  const query = filtered(visibleCustomers(manager, visibility), filter);
  return keysetChildren(query, parent, organizationIds, OLDEST_FIRST, page);
}

function filtered(
  query: SelectQueryBuilder<CustomerEntity>,
  { organizationId, externalId, search, blocked }: CustomerFilter,
): SelectQueryBuilder<CustomerEntity> {
  if (organizationId != null) query.andWhere('cust.organization_id = :organizationId', { organizationId });
  if (externalId != null) query.andWhere('cust.external_id = :externalId', { externalId });
  if (blocked != null) query.andWhere('cust.blocked = :blocked', { blocked });
  if (search != null)
    query.andWhere(
      `position(lower(:search) IN lower(cust.external_id || ' ' || coalesce(cust.alias, ''))) > 0`,
      {
        search,
      },
    );
  return query;
}

/** Customers are visible to whoever sees all of their organization. */
function visibleCustomers(
  manager: EntityManager,
  visibility: Visibility,
): SelectQueryBuilder<CustomerEntity> {
  const query = manager.createQueryBuilder(CustomerEntity, 'cust').where('cust.deleted_at IS NULL');
  return onlyVisible(query, visibility, { organization: 'cust.organization_id' });
}
