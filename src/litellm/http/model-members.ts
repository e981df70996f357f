import { findModelFacts } from '../../pricing/catalogue';
import type { PriceRule } from '../../domain/pricing/choose-price';
import { OWN_CREDENTIAL } from '../deployment-settings';
import type { DescribedDeployment } from '../describe-deployments';
import type { DescribedModel } from '../find-models';
import type { Json } from '../lossless';
import { priceMembers } from './price-members';

/** A model as LiteLLM shows a deployment. What is behind it, such as its address and key, is not shown. */
export function modelMembers({ id, provider, route, price }: DescribedModel): Json {
  const upstreamModel = route?.upstreamModel ?? id;
  return {
    model_name: id,
    litellm_params: { model: `${provider}/${upstreamModel}`, custom_llm_provider: provider },
    model_info: {
      id: route?.deploymentId ?? id,
      db_model: route?.source === 'API',
      base_model: route?.baseModel ?? null,
      ...facts(provider, upstreamModel, price),
    },
  };
}

/** A deployment for those who run the server. Its secret is shown to nobody. */
export function deploymentMembers({ deployment, price }: DescribedDeployment): Json {
  const { provider, upstreamModel, metadata } = deployment;
  const {
    base_model: baseModel = null,
    access_groups: accessGroups = [],
    [OWN_CREDENTIAL]: _own,
    ...parameters
  } = metadata;
  return {
    model_name: deployment.model,
    litellm_params: {
      model: `${provider}/${upstreamModel}`,
      custom_llm_provider: provider,
      api_base: deployment.apiBase,
      ...parameters,
    },
    model_info: {
      id: deployment.id,
      db_model: deployment.source === 'API',
      base_model: baseModel,
      access_groups: accessGroups,
      ...facts(provider, upstreamModel, price),
      created_at: deployment.createdAt.toISOString(),
      updated_at: deployment.updatedAt.toISOString(),
    },
  };
}

/** The models of one name as LiteLLM sums up a group of deployments. */
export function modelGroupMembers({ id, provider, route, price }: DescribedModel): Json {
  return { model_group: id, providers: [provider], ...facts(provider, route?.upstreamModel ?? id, price) };
}

function facts(provider: string, upstreamModel: string, price: PriceRule | null): Json {
  return {
    litellm_provider: provider,
    max_input_tokens: findModelFacts(provider, upstreamModel)?.contextWindowTokens ?? null,
    ...priceMembers(price),
    price_source: price?.source ?? null,
  };
}
