import { addDuration, parseDuration } from '../domain/limits/duration';
import type { KeySettings } from '../keys/key-input';
import type { MemberNames } from './failure';
import type { GenerateKeyInput, UpdateKeyInput } from './key.schema';

/** LiteLLM's names of the fields of KeyService. */
export const KEY_MEMBERS: MemberNames = {
  alias: 'key_alias',
  models: 'models',
  tags: 'tags',
  metadata: 'metadata',
  expiresAt: 'duration',
  secret: 'key',
  organizationId: 'organization_id',
  teamId: 'team_id',
  projectId: 'project_id',
  userId: 'user_id',
  keyId: 'key',
};

/** LiteLLM's words for "whatever the team, or the server, allows": an empty list says so here. */
const ALL_MODELS = new Set(['all-team-models', 'all-proxy-models']);

type Settings = Pick<
  GenerateKeyInput & UpdateKeyInput,
  'key_alias' | 'models' | 'tags' | 'metadata' | 'duration'
>;

/** What LiteLLM's members set on a key; absent members stay undefined. */
export function keySettings(input: Settings, nowMs: number): KeySettings {
  return {
    alias: input.key_alias,
    models: allowedModels(input.models),
    tags: tagsOf(input.tags, input.metadata),
    metadata: input.metadata,
    expiresAt: expiryOf(input.duration, nowMs),
  };
}

export function allowedModels(
  models: readonly string[] | null | undefined,
): readonly string[] | null | undefined {
  return models?.filter((model) => !ALL_MODELS.has(model)) ?? models;
}

/** LiteLLM takes tags beside the metadata and inside it. */
export function tagsOf(
  tags: readonly string[] | null | undefined,
  metadata: Readonly<Record<string, unknown>> | null | undefined,
): readonly string[] | null | undefined {
  const inside: unknown = metadata?.['tags'];
  if (!Array.isArray(inside)) return tags;
  const texts = inside.filter((tag): tag is string => typeof tag === 'string');
  return [...new Set([...(tags ?? []), ...texts])];
}

function expiryOf(duration: string | null | undefined, nowMs: number): Date | null | undefined {
  if (duration === undefined) return undefined;
  const parsed = duration === null || duration === '-1' ? null : parseDuration(duration);
  return parsed?.ok === true ? new Date(addDuration(nowMs, parsed.value)) : null;
}
