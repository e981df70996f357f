import { createHash } from 'node:crypto';
import { ID_PREFIXES } from '../domain/ids';
import { defaultApiBase } from '../domain/models/provider-api-bases';
import { splitModel } from '../domain/pricing/model-name';
import type { ConfiguredSource } from '../domain/models/deployment-source';

/** A deployment that a start of the server reads from its configuration. Its secret stays in memory. */
export interface ConfiguredDeployment {
  readonly source: ConfiguredSource;
  /** Chosen by the operator; null for one that follows from the rest. */
  readonly id: string | null;
  readonly model: string;
  readonly provider: string;
  readonly upstreamModel: string;
  /** Null: where the provider's API lives, or nowhere for the built-in model. */
  readonly apiBase: string | null;
  readonly apiKey: string | null;
  /** The model by whose price its calls are booked, when its own name tells nothing, as with Azure; else null. */
  readonly baseModel: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface ProviderAccess {
  readonly apiKey: string | null;
  /** Null: where the provider's API lives. */
  readonly apiBase: string | null;
}

/** For each provider with a key in the environment, a deployment of all its models under `provider/…`. */
export function environmentDeployments(
  providers: Readonly<Record<string, ProviderAccess>>,
): ConfiguredDeployment[] {
  return Object.entries(providers).flatMap(([provider, { apiKey, apiBase }]) =>
    apiKey === null
      ? []
      : [
          {
            source: 'ENVIRONMENT' as const,
            id: null,
            model: `${provider}/*`,
            provider,
            upstreamModel: '*',
            apiBase: apiBase ?? defaultApiBase(provider),
            apiKey,
            baseModel: null,
            metadata: {},
          },
        ],
  );
}

/** An entry of `model_list`, as far as it says where calls go. */
export interface ModelListEntry {
  readonly id: string | null;
  readonly modelName: string;
  /** `provider/model`; a name without a known provider is one of OpenAI's, as with LiteLLM. */
  readonly model: string;
  readonly apiBase: string | null;
  readonly apiKey: string | null;
  readonly baseModel: string | null;
  readonly apiVersion: string | null;
  readonly awsRegionName: string | null;
  readonly accessGroups: readonly string[];
  /** Decimal text. */
  readonly weight: string | null;
  readonly order: string | null;
  readonly rpm: number | null;
  readonly tpm: number | null;
  readonly timeoutMs: number | null;
  readonly streamTimeoutMs: number | null;
}

/** The deployments of a configuration file. Entries without a key use the one of the environment. */
export function configuredDeployments(
  entries: readonly ModelListEntry[],
  environment: Readonly<Record<string, ProviderAccess>>,
): ConfiguredDeployment[] {
  return entries.map((entry) => {
    const { id, modelName, model, apiBase, apiKey, baseModel, apiVersion, awsRegionName, accessGroups } =
      entry;
    const split = splitModel(model);
    const provider = split.provider ?? 'openai';
    const access = environment[provider];
    return {
      source: 'CONFIG',
      id,
      model: modelName,
      provider,
      upstreamModel: split.model,
      apiBase: apiBase ?? access?.apiBase ?? defaultApiBase(provider),
      // The environment's key is meant for the environment's address, and goes nowhere else.
      apiKey: apiKey ?? (apiBase === null ? (access?.apiKey ?? null) : null),
      baseModel,
      metadata: {
        ...(apiVersion !== null && { api_version: apiVersion }),
        ...(awsRegionName !== null && { aws_region_name: awsRegionName }),
        ...(accessGroups.length > 0 && { access_groups: accessGroups }),
        ...routingMetadata(entry),
      },
    };
  });
}

/** In the names and units that the metadata of a deployment made through the API has. */
function routingMetadata(entry: ModelListEntry): Record<string, unknown> {
  const { weight, order, rpm, tpm, timeoutMs, streamTimeoutMs } = entry;
  const all = {
    weight,
    order,
    rpm,
    tpm,
    timeout: timeoutMs === null ? null : String(timeoutMs / 1000),
    stream_timeout: streamTimeoutMs === null ? null : String(streamTimeoutMs / 1000),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}

/** The same id at every start for the same deployment; `twin` counts those that are alike in all but their secret. */
export function configuredId(deployment: ConfiguredDeployment, twin: number): string {
  if (deployment.id !== null) return deployment.id;
  const { source, model, provider, upstreamModel, apiBase } = deployment;
  const text = JSON.stringify([source, model, provider, upstreamModel, apiBase, twin]);
  const digest = createHash('sha256').update(text, 'utf8').digest('hex');
  return `${ID_PREFIXES.deployment}_${source.toLowerCase()}_${digest.slice(0, 20)}`;
}
