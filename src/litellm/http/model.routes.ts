import { findModelFacts } from '../../pricing/catalogue';
import { notFound } from '../failure';
import { findModels, type DescribedModel } from '../find-models';
import type { Json } from '../lossless';
import { countTokens } from '../model-costs';
import { COUNT_TOKENS, MODEL_INFO } from '../model.schema';
import { priceMembers } from './price-members';
import { answer, defineRoute, type LitellmRoute } from './route';

const infoRoute = (path: string): LitellmRoute =>
  defineRoute({
    method: 'GET',
    path,
    summary: 'Lists the models that the caller may use, with what they cost.',
    members: MODEL_INFO,
    async handle(ctx, input, services) {
      const name = input.litellm_model_id;
      const models = await findModels(ctx, services, name);
      if (name !== undefined && models.length === 0) {
        return notFound('litellm_model_id', `There is no model "${name}".`);
      }
      return answer({ data: models.map(modelMembers) });
    },
  });

export const MODEL_ROUTES: readonly LitellmRoute[] = [
  defineRoute({
    method: 'POST',
    path: '/utils/token_counter',
    summary: 'Counts the input tokens of messages or text as the model would.',
    members: COUNT_TOKENS,
    async handle(_ctx, input, services) {
      const counted = await countTokens(services, input);
      if (!counted.ok) return counted;
      const { tokens, upstreamModel, exact } = counted.value;
      return answer({
        total_tokens: tokens,
        request_model: input.model,
        model_used: upstreamModel,
        tokenizer_type: 'openai_tokenizer',
        exact,
      });
    },
  }),
  infoRoute('/model/info'),
  infoRoute('/v1/model/info'),
];

/** A model as LiteLLM shows a deployment. What is behind it, such as its address and key, is not shown. */
function modelMembers({ id, provider, route, price }: DescribedModel): Json {
  const upstreamModel = route?.upstreamModel ?? id;
  const facts = findModelFacts(provider, upstreamModel);
  return {
    model_name: id,
    litellm_params: { model: `${provider}/${upstreamModel}`, custom_llm_provider: provider },
    model_info: {
      id: route?.deploymentId ?? id,
      db_model: route?.source === 'API',
      litellm_provider: provider,
      base_model: route?.baseModel ?? null,
      max_input_tokens: facts?.contextWindowTokens ?? null,
      ...priceMembers(price),
      price_source: price?.source ?? null,
    },
  };
}
