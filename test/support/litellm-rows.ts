import { litellmHash, type LitellmDatabase } from './litellm-database';
import { sealAll, sealSalsa, sealV2, sealV3 } from './litellm-seal';

/** Secrets of keys that LiteLLM knows by their hashes. */
export const LITELLM_SECRETS = {
  NEARLY_SPENT: 'sk-nearly-spent-0123456789',
  ROOMY: 'sk-roomy-0123456789abcdef',
  ROTATED: 'sk-before-rotation-0123456789',
  BLOCKED: 'sk-blocked-0123456789abcdef',
  EXPIRED: 'sk-expired-0123456789abcdef',
  SHARED: [1, 2].map((n) => `sk-shares-a-budget-${n}-0123456789`),
};
const { NEARLY_SPENT, ROOMY, ROTATED, BLOCKED, EXPIRED, SHARED } = LITELLM_SECRETS;
const now = new Date();
const later = new Date(now.getTime() + 86_400_000);
const monthEarlier = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 15));
/** Keys that LiteLLM has encrypted its models with. */
export const LITELLM_SALTS = {
  MASTER: 'sk-test-master-0123456789abcdef',
  SALT: 'test-salt-0123456789abcdef',
  OTHER: 'a-salt-of-litellm-alone',
};
/** Rows of the log that can be imported, but for the odd ones. */
export const LITELLM_LOGS = 300;

export function litellmLog(
  requestId: string,
  more: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    ...{ request_id: requestId, call_type: 'acompletion', api_key: '', spend: 0.001, prompt_tokens: 10 },
    ...{ completion_tokens: 5, startTime: now, endTime: now, model: 'gpt-4o', model_group: 'my-gpt' },
    ...{ custom_llm_provider: 'openai', status: 'success' },
    ...more,
  };
}

/** A few hundred rows of every kind, odd ones among them. */
export async function fillLitellm(to: LitellmDatabase): Promise<void> {
  await fillTenants(to);
  await fillKeys(to);
  await to.query(
    `INSERT INTO "LiteLLM_SpendLogs" (request_id, call_type, api_key, spend, prompt_tokens, completion_tokens, "startTime",
       "endTime", model, custom_llm_provider, "user", metadata)
     SELECT 'req-' || n, 'aembedding', $1, 0.0001, n, 0, $2::timestamp - make_interval(hours => n % 90),
            $2::timestamp, 'openai/text-embedding-3-small', 'openai', 'ann', '{}' FROM generate_series(1, $3::int) n`,
    [litellmHash('sk-long-gone-0123456789'), monthEarlier, LITELLM_LOGS - 3],
  );
  const details = {
    prompt_tokens_details: { cached_tokens: 40 },
    completion_tokens_details: { reasoning_tokens: 5 },
  };
  await to.insert(
    'SpendLogs',
    litellmLog('req-float', {
      ...{
        spend: 0.1 + 0.2,
        api_key: litellmHash(NEARLY_SPENT),
        team_id: 'team-research',
        end_user: 'customer-1',
      },
      ...{ prompt_tokens: 100, completion_tokens: 10, endTime: new Date(now.getTime() + 1500) },
      request_tags: JSON.stringify(['batch', 'night']),
      metadata: { usage_object: details, spend_logs_metadata: { job: 7 }, messages: 'x'.repeat(10_000) },
    }),
  );
  const error = { error_message: 'No quota', error_code: '429' };
  await to.insert(
    'SpendLogs',
    litellmLog('req-failed', { spend: 0, status: 'failure', metadata: { error_information: error } }),
  );
  const map = { model_map_information: { model_map_key: 'new', model_map_value: null } };
  await to.insert('SpendLogs', litellmLog('req-unpriced', { spend: 0, team_id: 'team-gone', metadata: map }));
  await to.insert('SpendLogs', litellmLog('req-of-the-master', { api_key: 'litellm_proxy_master_key' }));
  await to.insert(
    'SpendLogs',
    litellmLog('req-null', { metadata: null, model_group: null, request_tags: null, team_id: 'team-gone' }),
  );
  await to.insert('SpendLogs', litellmLog('req-negative', { spend: -1 }));
  await to.insert('SpendLogs', litellmLog('req-nan', { spend: NaN }));
  await to.insert('SpendLogs', litellmLog('req-1970', { startTime: new Date(0) }));
}

async function fillTenants(to: LitellmDatabase): Promise<void> {
  await to.insert('BudgetTable', {
    budget_id: 'budget-of-acme',
    max_budget: 1000,
    budget_duration: '30d',
    budget_reset_at: later,
  });
  await to.insert('BudgetTable', { budget_id: 'budget-of-customer', max_budget: 2 });
  await to.insert('BudgetTable', {
    budget_id: 'budget-of-ann',
    max_budget: 9,
    budget_duration: '7d',
    budget_reset_at: later,
  });
  await to.insert('BudgetTable', {
    budget_id: 'free-tier',
    max_budget: 0.5,
    budget_duration: '1d',
    budget_reset_at: later,
    rpm_limit: 1000,
  });
  await to.insert('BudgetTable', { budget_id: 'unreadable', max_budget: 1, budget_duration: 'whenever' });
  await to.insert('OrganizationTable', {
    organization_id: 'org-acme',
    organization_alias: 'Acme',
    budget_id: 'budget-of-acme',
    models: [],
    spend: 12.5,
  });
  await to.insert('UserTable', {
    user_id: 'ann',
    user_email: 'ann@example.com',
    user_role: 'proxy_admin',
    metadata: { a: 1.5 },
  });
  await to.insert('UserTable', {
    user_id: 'bob',
    user_email: 'ANN@example.com',
    user_role: 'internal_user',
    max_budget: 3,
    spend: 1e-7,
  });
  await to.insert('UserTable', { user_id: 'nameless' });
  await to.insert('UserTable', {
    user_id: 'default_user_id',
    user_alias: 'Default',
    user_role: 'proxy_admin_viewer',
  });
  await to.insert('OrganizationMembership', {
    user_id: 'ann',
    organization_id: 'org-acme',
    user_role: 'org_admin',
  });
  await to.insert('TeamTable', {
    ...{
      team_id: 'team-research',
      team_alias: 'Research',
      organization_id: 'org-acme',
      max_budget: 100,
      soft_budget: 80,
    },
    ...{
      budget_duration: 'monthly',
      budget_reset_at: later,
      tpm_limit: 100_000,
      max_parallel_requests: 7,
      spend: 4.2,
    },
    members_with_roles: JSON.stringify([
      { role: 'admin', user_id: 'ann' },
      { role: 'user', user_id: 'bob' },
      { role: 'user', user_id: 'never-there' },
    ]),
  });
  await to.insert('TeamTable', { team_id: 'team-nameless', blocked: true });
  await to.insert('TeamTable', { team_id: 'team-odd', max_budget: 1, budget_duration: 'fortnightly' });
  await to.insert('TeamTable', {
    team_id: 'team-windows',
    budget_limits: JSON.stringify([
      { budget_duration: '24h', max_budget: 10 },
      { budget_duration: '30d', max_budget: 100 },
    ]),
  });
  await to.insert('TeamMembership', {
    user_id: 'ann',
    team_id: 'team-research',
    spend: 1,
    budget_id: 'budget-of-ann',
  });
  await to.insert('ProjectTable', {
    project_id: 'project-1',
    team_id: 'team-research',
    metadata: { owner: 'x' },
  });
  await to.insert('EndUserTable', {
    user_id: 'customer-1',
    alias: 'One',
    spend: 0.7,
    budget_id: 'budget-of-customer',
  });
  await to.insert('EndUserTable', { user_id: 'customer-2', blocked: true });
  await to.insert('EndUserTable', { user_id: 'customer-3' });
  await to.insert('ProxyModelTable', {
    ...{ model_id: 'model-1', model_name: 'plain', model_info: { id: 'model-1', mode: 'chat' } },
    litellm_params: {
      model: 'openai/gpt-4o',
      api_key: 'upstream-secret-of-litellm',
      input_cost_per_token: 0.000001,
      output_cost_per_token: 2e-6,
    },
  });
  await to.insert('ProxyModelTable', {
    model_id: 'model-2',
    model_name: 'by-environment',
    litellm_params: { model: 'openai/gpt-4o', api_key: 'os.environ/OPENAI_API_KEY' },
  });
  await to.insert('ProxyModelTable', {
    model_id: 'model-3',
    model_name: 'sealed',
    litellm_params: { model: Buffer.alloc(60, 7).toString('base64') },
  });
  const seals = {
    v3: sealV3(LITELLM_SALTS.MASTER),
    salsa: sealSalsa(LITELLM_SALTS.SALT),
    v2: sealV2(LITELLM_SALTS.OTHER),
  };
  for (const [kind, seal] of Object.entries(seals)) {
    const params = { model: 'openai/gpt-4o', api_key: `sealed-by-${kind}`, api_version: 'v1', rpm: 7 };
    await to.insert('ProxyModelTable', {
      ...{ model_id: `model-${kind}`, model_name: `sealed-${kind}` },
      litellm_params: await sealAll(params, seal),
    });
  }
}

async function fillKeys(to: LitellmDatabase): Promise<void> {
  const key = (secret: string, more: Readonly<Record<string, unknown>>): Promise<void> =>
    to.insert('VerificationToken', {
      token: litellmHash(secret),
      key_name: `sk-...${secret.slice(-4)}`,
      ...more,
    });
  await key(NEARLY_SPENT, {
    key_alias: 'nearly spent',
    max_budget: 0.30001,
    spend: 0.1 + 0.2,
    team_id: 'team-research',
    user_id: 'ann',
  });
  await key(ROOMY, {
    ...{
      key_alias: 'roomy',
      max_budget: 50,
      spend: 1.25,
      budget_duration: 'monthly',
      budget_reset_at: later,
      models: ['all-team-models'],
    },
    model_max_budget: { 'gpt-4o': { budget_limit: 5, time_period: '1d' } },
    metadata: {
      tags: ['prod'],
      logging: [{ callback_vars: { langfuse_secret_key: 'a-langfuse-secret' } }],
      cost: 1.5,
    },
  });
  await to.insert('DeprecatedVerificationToken', {
    id: '1',
    token: litellmHash(ROTATED),
    active_token_id: litellmHash(ROOMY),
    revoke_at: later,
  });
  await key(BLOCKED, { blocked: true });
  await key(EXPIRED, { expires: monthEarlier, key_alias: null });
  await key('sk-of-a-gone-team-0123456789', { team_id: 'team-gone', key_alias: 'orphan' });
  await key('sk-session-0123456789abcdef', { team_id: 'litellm-dashboard' });
  await key('sk-management-0123456789', { allowed_routes: ['management_routes'] });
  await key('sk-odd-budget-0123456789', { budget_id: 'unreadable' });
  await key('sk-odd-budget-too-0123456789', { budget_id: 'unreadable' });
  await key('sk-of-a-stranger-0123456789', {
    user_id: 'no-record',
    project_id: 'project-1',
    team_id: 'team-research',
  });
  await key('sk-past-window-0123456789', {
    key_alias: 'past',
    max_budget: 1,
    spend: 0.9,
    budget_duration: '1d',
    budget_reset_at: monthEarlier,
  });
  await key('sk-provider-routes-0123456789', { allowed_routes: ['llm_api_routes'], models: ['gpt-4o'] });
  for (const [at, secret] of SHARED.entries())
    await key(secret, { key_alias: `shares ${at}`, budget_id: 'free-tier', spend: at === 0 ? 0.5 : 0 });
}
