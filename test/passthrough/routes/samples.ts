import { ANTHROPIC_MODELS, ANTHROPIC_SAMPLES } from './anthropic-samples';
import { AZURE_MODELS, AZURE_SAMPLES } from './azure-samples';
import { BATCH_FREE_ROUTES, BATCH_SAMPLES } from './batch-samples';
import { BEDROCK_MODELS, BEDROCK_SAMPLES } from './bedrock-samples';
import { ENDPOINT_SAMPLES } from './endpoint-samples';
import { GEMINI_FREE_ROUTES, GEMINI_MODELS, GEMINI_SAMPLES } from './gemini-samples';
import { COHERE_MODELS, COHERE_SAMPLES } from './cohere-samples';
import { MEDIA_MODELS, MEDIA_SAMPLES } from './media-samples';
import { OPENAI_MODELS, OPENAI_SAMPLES } from './openai-samples';
import { PROVIDER_MODELS, PROVIDER_SAMPLES } from './provider-samples';
import type { RouteSample, SampleModel } from './route-sample';

/** A provider's models and samples are in a file of its own and listed here. */
export const SAMPLE_MODELS: readonly SampleModel[] = [
  ...OPENAI_MODELS,
  ...ANTHROPIC_MODELS,
  ...GEMINI_MODELS,
  ...AZURE_MODELS,
  ...MEDIA_MODELS,
  ...COHERE_MODELS,
  ...BEDROCK_MODELS,
  ...PROVIDER_MODELS,
];

/** At least one call of every route that costs something. */
export const SAMPLES: readonly RouteSample[] = [
  ...OPENAI_SAMPLES,
  ...ANTHROPIC_SAMPLES,
  ...GEMINI_SAMPLES,
  ...AZURE_SAMPLES,
  ...MEDIA_SAMPLES,
  ...COHERE_SAMPLES,
  ...BEDROCK_SAMPLES,
  ...PROVIDER_SAMPLES,
  ...ENDPOINT_SAMPLES,
  ...BATCH_SAMPLES,
];

const BILLED_BEFORE = 'a response is billed once, when it is made';
const COUNTS = 'counting is free of charge';
const LISTS = 'a list of names';

/** Routes that cost nothing, and why. */
export const FREE_ROUTES: Readonly<Record<string, string>> = {
  ...GEMINI_FREE_ROUTES,
  ...BATCH_FREE_ROUTES,
  'GET /v1/responses/:id': BILLED_BEFORE,
  'DELETE /v1/responses/:id': BILLED_BEFORE,
  'GET /v1/responses/:id/input_items': BILLED_BEFORE,
  'POST /v1/responses/:id/cancel': BILLED_BEFORE,
  'GET /responses/:id': BILLED_BEFORE,
  'DELETE /responses/:id': BILLED_BEFORE,
  'GET /responses/:id/input_items': BILLED_BEFORE,
  'POST /responses/:id/cancel': BILLED_BEFORE,
  'POST /v1/messages/count_tokens': COUNTS,
  'POST /anthropic/v1/messages/count_tokens': COUNTS,
  'GET /v1/models': LISTS,
  'GET /v1/models/*': LISTS,
  'GET /models': LISTS,
  'GET /models/*': LISTS,
};
