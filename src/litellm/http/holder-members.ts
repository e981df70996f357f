import type { CustomerEntity } from '../../customers/customer.entity';
import type { OrganizationEntity } from '../../organizations/organization.entity';
import type { ProjectEntity } from '../../projects/project.entity';
import type { UserEntity } from '../../users/user.entity';
import type { HolderBudget } from '../holder-budget';
import type { Json } from '../lossless';
import { budgetMembers, budgetTable, spendMembers } from './budget-members';

const ROLES = { ADMIN: 'proxy_admin', VIEWER: 'proxy_admin_viewer', MEMBER: 'internal_user' } as const;

/** A user as LiteLLM shows its row. */
export function userMembers(user: UserEntity, { budget, totalSpend }: HolderBudget): Json {
  return {
    user_id: user.id,
    user_alias: user.name,
    user_email: user.email,
    user_role: ROLES[user.role],
    models: [],
    metadata: user.metadata,
    ...spendMembers(budget, totalSpend),
    ...budgetMembers(budget),
    blocked: user.blocked,
    created_at: user.createdAt.toISOString(),
    updated_at: user.updatedAt.toISOString(),
  };
}

/** An organization as LiteLLM shows its row. */
export function organizationMembers(organization: OrganizationEntity, holding: HolderBudget): Json {
  const { budget, totalSpend } = holding;
  return {
    organization_id: organization.id,
    organization_alias: organization.name,
    budget_id: budget.budgetId,
    models: organization.models,
    metadata: organization.metadata,
    ...spendMembers(budget, totalSpend),
    ...budgetMembers(budget),
    litellm_budget_table: budgetTable(budget),
    object_permission: null,
    created_at: organization.createdAt.toISOString(),
    updated_at: organization.updatedAt.toISOString(),
  };
}

/** A customer as LiteLLM shows its row. */
export function customerMembers(customer: CustomerEntity, { budget, totalSpend }: HolderBudget): Json {
  return {
    user_id: customer.externalId,
    alias: customer.alias,
    blocked: customer.blocked,
    allowed_model_region: null,
    default_model: null,
    budget_id: budget.budgetId,
    ...spendMembers(budget, totalSpend),
    ...budgetMembers(budget),
    litellm_budget_table: budgetTable(budget),
  };
}

/** A project as LiteLLM shows its row. */
export function projectMembers(project: ProjectEntity, { budget, totalSpend }: HolderBudget): Json {
  return {
    project_id: project.id,
    project_alias: project.name,
    description: project.description,
    team_id: project.teamId,
    organization_id: project.organizationId,
    budget_id: budget.budgetId,
    models: project.models,
    metadata: project.metadata,
    blocked: project.blocked,
    ...spendMembers(budget, totalSpend),
    ...budgetMembers(budget),
    litellm_budget_table: budgetTable(budget),
    object_permission: null,
    created_at: project.createdAt.toISOString(),
    updated_at: project.updatedAt.toISOString(),
  };
}
