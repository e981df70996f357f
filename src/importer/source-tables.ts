/** A table of LiteLLM's database: what is read of it, and in which order. */
export interface SourceTable {
  readonly name: string;
  /** Without these columns nothing can be made of a row. */
  readonly needed: readonly string[];
  /** Columns that some versions lack; a missing one reads as null. */
  readonly optional: readonly string[];
  readonly order: readonly string[];
}

const BUDGET_COLUMNS = [
  ...['max_budget', 'soft_budget', 'budget_duration', 'budget_reset_at', 'tpm_limit', 'rpm_limit'],
  ...['max_parallel_requests', 'model_max_budget', 'budget_limits', 'spend', 'budget_id'],
];

function table(
  name: string,
  needed: readonly string[],
  optional: readonly string[],
  order: readonly string[] = needed,
): SourceTable {
  return { name: `LiteLLM_${name}`, needed, optional, order };
}

/** The tables that are read. */
export const TABLES = {
  budgets: table('BudgetTable', ['budget_id'], BUDGET_COLUMNS),
  organizations: table(
    'OrganizationTable',
    ['organization_id'],
    [...BUDGET_COLUMNS, 'organization_alias', 'models', 'metadata'],
  ),
  users: table(
    'UserTable',
    ['user_id'],
    [...BUDGET_COLUMNS, 'user_alias', 'user_email', 'user_role', 'teams', 'metadata'],
  ),
  teams: table(
    'TeamTable',
    ['team_id'],
    [
      ...BUDGET_COLUMNS,
      ...['team_alias', 'organization_id', 'models', 'metadata', 'blocked', 'members_with_roles', 'members'],
      'admins',
    ],
  ),
  projects: table(
    'ProjectTable',
    ['project_id'],
    [
      ...BUDGET_COLUMNS,
      ...['project_alias', 'description', 'team_id', 'models', 'metadata', 'blocked'],
      ...['model_rpm_limit', 'model_tpm_limit'],
    ],
  ),
  keys: table(
    'VerificationToken',
    ['token'],
    [
      ...BUDGET_COLUMNS,
      ...[
        'key_name',
        'key_alias',
        'expires',
        'models',
        'user_id',
        'team_id',
        'project_id',
        'organization_id',
      ],
      ...['metadata', 'blocked', 'allowed_routes', 'access_group_ids', 'created_at'],
    ],
  ),
  retiredSecrets: table(
    'DeprecatedVerificationToken',
    ['token', 'active_token_id', 'revoke_at'],
    [],
    ['token'],
  ),
  customers: table('EndUserTable', ['user_id'], [...BUDGET_COLUMNS, 'alias', 'blocked']),
  tags: table('TagTable', ['tag_name'], BUDGET_COLUMNS),
  teamMemberships: table('TeamMembership', ['team_id', 'user_id'], ['spend', 'budget_id']),
  organizationMemberships: table(
    'OrganizationMembership',
    ['organization_id', 'user_id'],
    ['user_role', 'budget_id'],
  ),
  models: table(
    'ProxyModelTable',
    ['model_id', 'model_name', 'litellm_params'],
    ['model_info', 'blocked'],
    ['model_id'],
  ),
  spendLogs: table(
    'SpendLogs',
    ['request_id', 'api_key', 'spend', 'startTime'],
    [
      ...['call_type', 'prompt_tokens', 'completion_tokens', 'endTime', 'completionStartTime'],
      ...[
        'request_duration_ms',
        'model',
        'model_id',
        'model_group',
        'custom_llm_provider',
        'user',
        'cache_hit',
      ],
      ...['request_tags', 'team_id', 'organization_id', 'end_user', 'session_id', 'status', 'metadata'],
    ],
    ['startTime'],
  ),
};

/** Every table that has a budget_id, to tell a budget that is shared from one of a single thing. */
export const BUDGET_HOLDERS = [
  TABLES.organizations,
  TABLES.projects,
  TABLES.keys,
  TABLES.customers,
  TABLES.tags,
  TABLES.teamMemberships,
] as const satisfies readonly SourceTable[];

/** Without these it is no database of LiteLLM. */
export const REQUIRED_TABLES: readonly SourceTable[] = [
  TABLES.budgets,
  TABLES.users,
  TABLES.teams,
  TABLES.keys,
  TABLES.spendLogs,
];

/** Members of a log's metadata that are read; the rest may be as large as a request and an answer. */
export const LOG_METADATA = [
  ...['user_api_key_alias', 'user_api_key_team_alias', 'user_api_key_org_id', 'user_api_key_project_id'],
  ...['spend_logs_metadata', 'status', 'model_map_information', 'error_information', 'usage_object'],
] as const;
