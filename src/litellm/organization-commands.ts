import type { RequestContext } from '../access/context';
import { ok, type Result } from '../domain/result';
import type { OrganizationEntity } from '../organizations/organization.entity';
import { fromIssues, notFound, type LitellmFailure, type MemberNames } from './failure';
import { limitHolder, planHolder } from './holder-budget';
import { allowedModels } from './key-settings';
import type { NewOrganizationInput, UpdateOrganizationInput } from './organization.schema';
import type { LitellmServices } from './services';
import { undo } from './undo';

export interface ChangedOrganization {
  readonly organization: OrganizationEntity;
  readonly ignored: readonly string[];
}

/** LiteLLM's names of the fields of OrganizationService. */
const ORGANIZATION_MEMBERS: MemberNames = {
  id: 'organization_id',
  organizationId: 'organization_id',
  name: 'organization_alias',
  models: 'models',
  metadata: 'metadata',
};

export async function newOrganization(
  ctx: RequestContext,
  services: LitellmServices,
  input: NewOrganizationInput,
): Promise<Result<ChangedOrganization, LitellmFailure>> {
  const plan = await planHolder(ctx, services, null, input);
  if (!plan.ok) return plan;
  const made = await services.organizations.create(ctx, {
    id: input.organization_id,
    name: input.organization_alias ?? input.organization_id ?? 'organization',
    models: allowedModels(input.models),
    metadata: input.metadata,
  });
  if (!made.ok) return fromIssues(made.error, ORGANIZATION_MEMBERS);
  const holder = { scope: 'ORGANIZATION', scopeId: made.value.id } as const;
  const limited = await limitHolder(ctx, services, holder, plan.value);
  if (limited.ok) return ok({ organization: made.value, ignored: plan.value.ignored });
  await undo(ctx, services, 'ORGANIZATION', made.value.id);
  return limited;
}

export async function updateOrganization(
  ctx: RequestContext,
  services: LitellmServices,
  input: UpdateOrganizationInput,
): Promise<Result<ChangedOrganization, LitellmFailure>> {
  const found = await findOrganization(ctx, services, input.organization_id);
  if (!found.ok) return found;
  const holder = { scope: 'ORGANIZATION', scopeId: found.value.id } as const;
  const plan = await planHolder(ctx, services, holder, input);
  if (!plan.ok) return plan;
  const updated = await services.organizations.update(ctx, {
    organizationId: found.value.id,
    name: input.organization_alias ?? undefined,
    models: allowedModels(input.models),
    metadata: input.metadata,
  });
  if (!updated.ok) return fromIssues(updated.error, ORGANIZATION_MEMBERS);
  const limited = await limitHolder(ctx, services, holder, plan.value);
  return limited.ok ? ok({ organization: updated.value, ignored: plan.value.ignored }) : limited;
}

export async function deleteOrganizations(
  ctx: RequestContext,
  services: LitellmServices,
  ids: readonly string[],
): Promise<Result<readonly OrganizationEntity[], LitellmFailure>> {
  const all: OrganizationEntity[] = [];
  for (const id of ids) {
    const found = await findOrganization(ctx, services, id, 'organization_ids');
    if (!found.ok) return found;
    all.push(found.value);
  }
  for (const { id } of all) {
    const archived = await services.organizations.archive(ctx, id);
    if (!archived.ok) return fromIssues(archived.error, { organizationId: 'organization_ids' });
  }
  return ok(all);
}

/** The organization if the caller sees it and it was not archived. */
export async function findOrganization(
  ctx: RequestContext,
  { organizations }: Pick<LitellmServices, 'organizations'>,
  id: string,
  param = 'organization_id',
): Promise<Result<OrganizationEntity, LitellmFailure>> {
  const found = await organizations.find(ctx, id);
  return found?.archivedAt === null
    ? ok(found)
    : notFound(param, `Organization not found: there is no organization "${id}".`);
}
