import { DEPLOYMENT_BASES } from '../../../src/passthrough/http/azure.routes';
import { MEDIA_SAMPLES } from './media-samples';
import { OPENAI_SAMPLES } from './openai-samples';
import type { RouteSample, SampleModel } from './route-sample';

export const AZURE_MODELS: readonly SampleModel[] = [
  { name: 'sample-azure', model: 'azure/upstream-deployment', params: ['api_version: 2025-01-01-preview'] },
];

const OPERATIONS = [
  ...['/chat/completions', '/completions', '/embeddings', '/images/generations', '/images/edits'],
  ...['/audio/speech', '/audio/transcriptions', '/audio/translations'],
];

/** OpenAI's operations on the paths of a deployment, whose bodies name no model. */
export const AZURE_SAMPLES: readonly RouteSample[] = DEPLOYMENT_BASES.flatMap((base) =>
  [...OPENAI_SAMPLES, ...MEDIA_SAMPLES]
    .filter(({ route }) => OPERATIONS.includes(route.replace('POST ', '')))
    .map((sample) => ({
      ...sample,
      model: 'sample-azure',
      route: sample.route.replace(' ', ` ${base}`),
      path: `${base.replace(':model', 'sample-azure')}${sample.route.replace('POST ', '')}?api-version=2024-06-01`,
      // A form keeps its field, which the path's name goes before.
      body: Buffer.isBuffer(sample.body) ? sample.body : { ...(sample.body as object), model: undefined },
    })),
);
