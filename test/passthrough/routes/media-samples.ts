import { formOf, wav, type FormField } from '../../support/form';
import { json, type Behaviour } from '../../support/upstream';
import type { RouteSample, SampleModel } from './route-sample';

const painter = 'sample-painter';
const speaker = 'sample-speaker';
const listener = 'sample-listener';

export const MEDIA_MODELS: readonly SampleModel[] = [
  { name: painter, model: 'openai/upstream-painter', basePath: '/v1' },
  { name: speaker, model: 'openai/upstream-speaker', basePath: '/v1' },
  { name: listener, model: 'openai/upstream-listener', basePath: '/v1' },
];

const USAGE = { input_tokens: 10, output_tokens: 5, total_tokens: 15 };
const png = Buffer.from('iVBORw0KGgo=', 'base64');

const answerImages: Behaviour = (_call, response) => {
  json(response, 200, { created: 1, data: [{ b64_json: 'aGk=' }], usage: USAGE });
};

const answerTranscript: Behaviour = (_call, response) => {
  json(response, 200, { text: 'Hello.', usage: { type: 'tokens', ...USAGE } });
};

const answerSpeech: Behaviour = (_call, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write('data: {"type":"speech.audio.delta","audio":"aGk="}\n\n');
  response.end(`data: ${JSON.stringify({ type: 'speech.audio.done', usage: USAGE })}\n\n`);
};

type Sample = Omit<RouteSample, 'route'> & { readonly below: string };

function upload(below: string, model: string, answer: Behaviour, ...fields: readonly FormField[]): Sample {
  const { contentType, body } = formOf([['model', model], ...fields]);
  return { below, model, body, contentType, answer };
}

const image: FormField = ['image', png, 'cat.png', 'image/png'];
const sound: FormField = ['file', wav(100), 'said.wav', 'audio/wav'];

const OPERATIONS: readonly Sample[] = [
  {
    below: '/images/generations',
    model: painter,
    body: { model: painter, prompt: 'A cat' },
    answer: answerImages,
  },
  upload('/images/edits', painter, answerImages, ['prompt', 'A dog'], image),
  upload('/images/variations', painter, answerImages, image),
  {
    below: '/audio/speech',
    model: speaker,
    body: { model: speaker, input: 'Hi', voice: 'alloy', stream_format: 'sse' },
    answer: answerSpeech,
  },
  upload('/audio/transcriptions', listener, answerTranscript, sound),
  upload('/audio/translations', listener, answerTranscript, sound),
];

export const MEDIA_SAMPLES: readonly RouteSample[] = OPERATIONS.flatMap(({ below, ...sample }) =>
  ['/v1', ''].map((version) => ({ ...sample, route: `POST ${version}${below}` })),
);
