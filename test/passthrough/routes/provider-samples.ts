import { COHERE_SAMPLES } from './cohere-samples';
import { MEDIA_SAMPLES } from './media-samples';
import { OPENAI_SAMPLES } from './openai-samples';
import type { RouteSample, SampleModel } from './route-sample';

export const PROVIDER_MODELS: readonly SampleModel[] = [
  { name: 'sample-mistral', model: 'mistral/upstream-mistral', basePath: '/v1' },
];

const MISTRAL = /\/(chat\/completions|embeddings)$/;

function below(provider: string, samples: readonly RouteSample[]): RouteSample[] {
  return samples.map((sample) => ({ ...sample, route: sample.route.replace(' ', ` /${provider}`) }));
}

/** The calls of a format on the paths below its provider's name. */
export const PROVIDER_SAMPLES: readonly RouteSample[] = [
  ...below('openai', [...OPENAI_SAMPLES, ...MEDIA_SAMPLES]),
  ...below('cohere', COHERE_SAMPLES),
  ...below(
    'mistral',
    OPENAI_SAMPLES.filter(({ route }) => MISTRAL.test(route)),
  ).map((sample) => ({
    ...sample,
    model: 'sample-mistral',
    body: { ...(sample.body as object), model: 'sample-mistral' },
  })),
];
