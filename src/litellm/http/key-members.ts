import type { VirtualKeyEntity } from '../../keys/virtual-key.entity';
import { exactNumber, type Json } from '../lossless';
import type { Budgeted } from '../key-rows';
import { budgetMembers, budgetTable, modelUsage, spendMembers } from './budget-members';

/** A key as LiteLLM shows its row. Its id stands for LiteLLM's hash, which is not kept here. */
export function keyMembers({ entity: key, budget, totalSpend }: Budgeted<VirtualKeyEntity>): Json {
  return {
    token: key.id,
    token_id: key.id,
    key_name: key.display,
    key_alias: key.alias,
    ...spendMembers(budget, totalSpend),
    ...budgetMembers(budget),
    model_max_budget_usage: modelUsage(budget),
    budget_id: budget.budgetId,
    litellm_budget_table: budgetTable(budget),
    temp_budget_increase: budget.increase === 0n ? null : exactNumber(budget.increase),
    expires: key.expiresAt?.toISOString() ?? null,
    models: key.models,
    tags: key.tags,
    metadata: key.metadata,
    blocked: key.blocked,
    user_id: key.userId,
    team_id: key.teamId,
    project_id: key.projectId,
    organization_id: key.organizationId,
    aliases: {},
    config: {},
    permissions: {},
    guardrails: null,
    object_permission: null,
    created_at: key.createdAt.toISOString(),
    created_by: key.createdBy,
    updated_at: key.updatedAt.toISOString(),
    updated_by: null,
  };
}
