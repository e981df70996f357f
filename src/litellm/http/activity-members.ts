import type { VirtualKeyEntity } from '../../keys/virtual-key.entity';
import type { SpendSums } from '../../spend/spend-sums.repository';
import type { ActivityDay, ActivityPart } from '../daily-activity';
import { exactNumber, type Json } from '../lossless';

/** What stands beside a sum of a key or an entity. */
export interface ActivityNames {
  readonly keys: ReadonlyMap<string, VirtualKeyEntity>;
  /** The member that names an entity, such as `team_alias`; null when its id is its name. */
  readonly aliasMember: string | null;
  readonly aliases: ReadonlyMap<string, string>;
}

/** One day of LiteLLM's daily activity. Models are known by the name that was called, which LiteLLM calls the group. */
export function activityDayMembers(day: ActivityDay, names: ActivityNames): Json {
  const models = breakdown(day.models, names);
  return {
    date: day.day,
    metrics: metrics(day.sums),
    breakdown: {
      models,
      model_groups: models,
      providers: breakdown(day.providers, names),
      endpoints: breakdown(day.endpoints, names),
      mcp_servers: {},
      api_keys: keyParts(day.keys, names),
      entities: breakdown(day.entities, names, (id) => aliasOf(id, names)),
    },
  };
}

/** The sums of the days shown, as LiteLLM's `metadata` has them. */
export function activityTotals(sums: SpendSums): Json {
  return Object.fromEntries(
    Object.entries(metrics(sums)).map(([name, value]) => [
      `total_${name}`.replace('total_total', 'total'),
      value,
    ]),
  );
}

function metrics(sums: SpendSums): Json {
  return {
    spend: exactNumber(sums.cost),
    flat_cost: 0,
    prompt_tokens: sums.inputTokens,
    completion_tokens: sums.outputTokens,
    cache_read_input_tokens: sums.cacheReadTokens,
    cache_creation_input_tokens: sums.cacheWriteTokens,
    total_tokens: sums.inputTokens + sums.outputTokens,
    successful_requests: sums.requests - sums.failures,
    failed_requests: sums.failures,
    api_requests: sums.requests,
  };
}

function breakdown(
  parts: ReadonlyMap<string, ActivityPart>,
  names: ActivityNames,
  metadataOf: (id: string) => Json = () => ({}),
): Json {
  return Object.fromEntries(
    [...parts].map(([id, { sums, byKey }]) => [
      id,
      { metrics: metrics(sums), metadata: metadataOf(id), api_key_breakdown: keyParts(byKey, names) },
    ]),
  );
}

function keyParts(keys: ReadonlyMap<string, SpendSums>, names: ActivityNames): Json {
  return Object.fromEntries(
    [...keys].map(([id, sums]) => [
      id,
      { metrics: metrics(sums), metadata: keyMetadata(names.keys.get(id)) },
    ]),
  );
}

function keyMetadata(key: VirtualKeyEntity | undefined): Json {
  return {
    key_alias: key?.alias ?? null,
    team_id: key?.teamId ?? null,
    user_id: key?.userId ?? null,
    key_exists: key?.deletedAt === null,
  };
}

function aliasOf(id: string, { aliasMember, aliases }: ActivityNames): Json {
  return aliasMember === null ? {} : { [aliasMember]: aliases.get(id) ?? null };
}
