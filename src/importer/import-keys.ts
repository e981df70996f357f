import { createHash } from 'node:crypto';
import { err, ok, type Result } from '../domain/result';
import type { AdoptKey, KnownSecret } from '../keys/key-adoption.service';
import { allowedModels, tagsOf } from '../litellm/key-settings';
import { refusal, type ImportRun } from './import-run';
import type { ImportServices } from './import-services';
import { eachRow, withoutSecrets } from './import-tenants';
import { importHolder, type MadeHolder } from './import-terms';
import type { SourceRow } from './litellm-source';
import { instantOf, isSet, plainMembers, textOf, textsOf } from './row-values';
import { TABLES } from './source-tables';

/** LiteLLM's word in `allowed_routes` for the routes of providers. */
const PROVIDER_ROUTES = 'llm_api_routes';
/** The team of the keys that LiteLLM's page makes for whoever is signed in there. */
const PAGE_TEAM = 'litellm-dashboard';
const SHA256_HEX = /^[0-9a-f]{64}$/i;

/** Keys, with the secrets that their holders have. */
export async function importKeys(run: ImportRun): Promise<void> {
  const retired = await retiredSecrets(run);
  await eachRow(run, TABLES.keys, 'token', async (row, token) => {
    const sha256 = sha256Of(token);
    const isHere = await importHolder(run, 'keys', nameOfKey(row), row, async (services) => {
      if (sha256 === null) return err('its hash is no SHA-256');
      return adopt(run, services, row, sha256, retired.get(sha256) ?? []);
    });
    if (isHere && sha256 !== null) run.parts.keys.add(sha256);
  });
}

/** LiteLLM's `token` is the SHA-256 of the secret; very old versions keep the secret itself. Null for anything else. */
export function sha256Of(token: string): string | null {
  if (SHA256_HEX.test(token)) return token.toLowerCase();
  return token.startsWith('sk-') ? createHash('sha256').update(token, 'utf8').digest('hex') : null;
}

/** By its alias or what is shown of its secret; never by its hash, with which it could be looked for. */
function nameOfKey(row: SourceRow): string {
  return textOf(row, 'key_alias') ?? displayOf(row);
}

function displayOf(row: SourceRow): string {
  const shown = textOf(row, 'key_name');
  // Versions that show the whole secret are cut to its end.
  return shown?.startsWith('sk-') === true ? `sk-...${shown.slice(-4)}` : 'sk-...';
}

/** Secrets that were replaced and work until their grace is over, by the present one. */
async function retiredSecrets(run: ImportRun): Promise<Map<string, KnownSecret[]>> {
  const bySecret = new Map<string, KnownSecret[]>();
  await eachRow(run, TABLES.retiredSecrets, 'token', async (row, token) => {
    const sha256 = sha256Of(token);
    const present = textOf(row, 'active_token_id');
    const validUntil = instantOf(row['revoke_at']);
    if (sha256 === null || present === null || validUntil === null) return;
    bySecret.set(present, [...(bySecret.get(present) ?? []), { sha256, validUntil }]);
  });
  return bySecret;
}

async function adopt(
  run: ImportRun,
  services: ImportServices,
  row: SourceRow,
  sha256: string,
  retired: readonly KnownSecret[],
): Promise<Result<MadeHolder, string>> {
  const { ctx, keys } = services;
  const present = (await keys.find(ctx, [sha256])).get(sha256);
  if (present !== undefined) return ok(holderOf('ALREADY_THERE', present));
  const unfit = restrictionOf(row) ?? (await missingOwner(run, services, row));
  if (unfit !== null) return err(unfit);
  const key = keyOf(row, [{ sha256, validUntil: null }, ...retired]);
  const adopted = await keys.adopt(ctx, key);
  if (adopted.ok) return ok(holderOf('IMPORTED', adopted.value.id));
  if (adopted.error[0]?.field[1] !== 'alias') return refusal(adopted.error);
  const nameless = await keys.adopt(ctx, { ...key, alias: null });
  if (!nameless.ok) return refusal(nameless.error);
  run.parts.report.note(
    'keys without their alias, which another key has or which is none here',
    nameOfKey(row),
  );
  return ok(holderOf('IMPORTED', nameless.value.id));
}

function holderOf(became: MadeHolder['became'], keyId: string): MadeHolder {
  return { became, holder: { scope: 'KEY', scopeId: keyId } };
}

function keyOf(row: SourceRow, secrets: readonly KnownSecret[]): AdoptKey {
  const metadata = plainMembers(row['metadata']);
  return {
    secrets,
    display: displayOf(row),
    alias: textOf(row, 'key_alias'),
    models: allowedModels(textsOf(row['models'])) ?? [],
    tags: tagsOf(undefined, metadata) ?? [],
    metadata: withoutSecrets(metadata),
    blocked: isSet(row, 'blocked'),
    expiresAt: instantOf(row['expires']),
    createdAt: instantOf(row['created_at']),
    organizationId: textOf(row, 'team_id') === null ? textOf(row, 'organization_id') : null,
    teamId: textOf(row, 'team_id'),
    projectId: textOf(row, 'project_id'),
    userId: textOf(row, 'user_id'),
  };
}

/** What holds a key in LiteLLM and would not hold it here: such a key would become able to do more. */
function restrictionOf(row: SourceRow): string | null {
  if (textOf(row, 'team_id') === PAGE_TEAM) return "it is a session of LiteLLM's page";
  const routes = textsOf(row['allowed_routes']);
  if (routes.length > 0 && !routes.includes(PROVIDER_ROUTES))
    return 'it may use some routes only (allowed_routes)';
  const groups = textsOf(row['access_group_ids']);
  if (groups.length > 0) return 'its models are those of access groups; list them in "models"';
  return null;
}

/** A key whose team is gone would lose the team's limits. A user is made, since LiteLLM takes any text for one. */
async function missingOwner(
  run: ImportRun,
  { ctx, teams, users }: ImportServices,
  row: SourceRow,
): Promise<string | null> {
  const teamId = textOf(row, 'team_id');
  const team = teamId === null ? null : await teams.find(ctx, teamId);
  if (teamId !== null && team === null) return 'its team is not there';
  const userId = textOf(row, 'user_id');
  if (userId === null || (await users.find(ctx, userId)) !== null) return null;
  const made = await users.create(ctx, { id: userId, name: userId });
  if (!made.ok) return `its user cannot be made: ${refusal(made.error).error}`;
  run.parts.report.note('users made because keys name them, of whom LiteLLM has no record', userId);
  return null;
}
