import { createHash } from 'node:crypto';
import { Client } from 'pg';
import { createEmptyDatabase } from './database';

/** A database with those tables and columns of LiteLLM's that an import reads. */
export interface LitellmDatabase {
  readonly url: string;
  query(sql: string, parameters?: unknown[]): Promise<void>;
  insert(table: string, row: Readonly<Record<string, unknown>>): Promise<void>;
  drop(): Promise<void>;
}

const BUDGET = `max_budget float8, soft_budget float8, max_parallel_requests int, tpm_limit bigint, rpm_limit bigint,
  budget_duration text, budget_reset_at timestamp(3), model_max_budget jsonb`;

const TABLES: Readonly<Record<string, string>> = {
  BudgetTable: `budget_id text PRIMARY KEY, ${BUDGET}`,
  OrganizationTable: `organization_id text PRIMARY KEY, organization_alias text, budget_id text NOT NULL,
    metadata jsonb NOT NULL DEFAULT '{}', models text[], spend float8 NOT NULL DEFAULT 0`,
  TeamTable: `team_id text PRIMARY KEY, team_alias text, organization_id text, admins text[], members text[],
    members_with_roles jsonb NOT NULL DEFAULT '{}', metadata jsonb NOT NULL DEFAULT '{}', ${BUDGET},
    spend float8 NOT NULL DEFAULT 0, models text[], blocked boolean NOT NULL DEFAULT false, budget_limits jsonb`,
  ProjectTable: `project_id text PRIMARY KEY, project_alias text, description text, team_id text, budget_id text,
    metadata jsonb NOT NULL DEFAULT '{}', models text[], spend float8 NOT NULL DEFAULT 0,
    blocked boolean NOT NULL DEFAULT false`,
  UserTable: `user_id text PRIMARY KEY, user_alias text, user_email text, user_role text, ${BUDGET},
    spend float8 NOT NULL DEFAULT 0, metadata jsonb NOT NULL DEFAULT '{}', teams text[], password text`,
  VerificationToken: `token text PRIMARY KEY, key_name text, key_alias text, spend float8 NOT NULL DEFAULT 0,
    expires timestamp(3), models text[], user_id text, team_id text, project_id text, organization_id text,
    metadata jsonb NOT NULL DEFAULT '{}', blocked boolean, ${BUDGET}, budget_id text, allowed_routes text[],
    access_group_ids text[], budget_limits jsonb, created_at timestamp(3)`,
  DeprecatedVerificationToken: `id text PRIMARY KEY, token text NOT NULL, active_token_id text NOT NULL,
    revoke_at timestamp(3) NOT NULL`,
  EndUserTable: `user_id text PRIMARY KEY, alias text, spend float8 NOT NULL DEFAULT 0, budget_id text,
    blocked boolean NOT NULL DEFAULT false`,
  TagTable: `tag_name text PRIMARY KEY, spend float8 NOT NULL DEFAULT 0, budget_id text`,
  TeamMembership: `user_id text, team_id text, spend float8 NOT NULL DEFAULT 0, budget_id text,
    PRIMARY KEY (user_id, team_id)`,
  OrganizationMembership: `user_id text, organization_id text, user_role text, spend float8, budget_id text,
    PRIMARY KEY (user_id, organization_id)`,
  ProxyModelTable: `model_id text PRIMARY KEY, model_name text NOT NULL, litellm_params jsonb NOT NULL, model_info jsonb,
    blocked boolean NOT NULL DEFAULT false`,
  SpendLogs: `request_id text PRIMARY KEY, call_type text NOT NULL, api_key text NOT NULL DEFAULT '',
    spend float8 NOT NULL DEFAULT 0, total_tokens int NOT NULL DEFAULT 0, prompt_tokens int NOT NULL DEFAULT 0,
    completion_tokens int NOT NULL DEFAULT 0, "startTime" timestamp(3) NOT NULL, "endTime" timestamp(3) NOT NULL,
    "completionStartTime" timestamp(3), model text NOT NULL DEFAULT '', model_id text, model_group text,
    custom_llm_provider text, "user" text, metadata jsonb, cache_hit text, request_tags jsonb, team_id text,
    end_user text, session_id text, status text, messages jsonb`,
};

export async function createLitellmDatabase(): Promise<LitellmDatabase> {
  const database = await createEmptyDatabase();
  const client = new Client({ connectionString: database.url });
  client.on('error', () => undefined);
  await client.connect();
  for (const [name, columns] of Object.entries(TABLES)) {
    await client.query(`CREATE TABLE "LiteLLM_${name}" (${columns})`);
  }
  await client.query(`CREATE INDEX ON "LiteLLM_SpendLogs" ("startTime")`);
  const query = async (sql: string, parameters: unknown[] = []): Promise<void> => {
    await client.query(sql, parameters);
  };
  return {
    url: database.url,
    query,
    insert: (table, row) => {
      const names = Object.keys(row);
      const columns = names.map((name) => `"${name}"`).join(', ');
      const places = names.map((_name, at) => `$${at + 1}`).join(', ');
      const values = Object.values(row).map((value) =>
        typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
          ? JSON.stringify(value)
          : value,
      );
      return query(`INSERT INTO "LiteLLM_${table}" (${columns}) VALUES (${places})`, values);
    },
    drop: async () => {
      await client.end();
      await database.drop();
    },
  };
}

/** As LiteLLM keeps a secret. */
export function litellmHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
