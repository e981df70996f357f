import { answerChat, json, type Behaviour } from '../../support/upstream';
import type { RouteSample, SampleModel } from './route-sample';

export const OPENAI_MODELS: readonly SampleModel[] = [
  { name: 'sample-gpt', model: 'openai/upstream-gpt', basePath: '/v1' },
];

const model = 'sample-gpt';
const messages = [{ role: 'user', content: 'Hi' }];

const answerResponses: Behaviour = (_call, response) => {
  json(response, 200, {
    id: 'resp_1',
    object: 'response',
    status: 'completed',
    model: 'upstream-gpt',
    output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hello.' }] }],
    usage: { input_tokens: 10, output_tokens: 5, total_tokens: 15 },
  });
};

const answerCompletion: Behaviour = (_call, response) => {
  const choices = [{ index: 0, finish_reason: 'stop', text: 'Hello.' }];
  const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
  json(response, 200, { id: 'c', object: 'text_completion', model: 'upstream-gpt', choices, usage });
};

const answerInputOnly: Behaviour = (_call, response) => {
  const usage = { prompt_tokens: 10, total_tokens: 10 };
  json(response, 200, { object: 'list', model: 'upstream-gpt', data: [], results: [], usage });
};

/** Each operation below the version, once with and once without it, and under the provider's name. */
const OPERATIONS: readonly (Omit<RouteSample, 'route' | 'model'> & { readonly below: string })[] = [
  { below: '/chat/completions', body: { model, max_tokens: 9, messages }, answer: answerChat() },
  {
    below: '/responses',
    body: { model, max_output_tokens: 9, input: 'Hi' },
    answer: answerResponses,
  },
  { below: '/completions', body: { model, max_tokens: 9, prompt: 'Hi' }, answer: answerCompletion },
  { below: '/embeddings', body: { model, input: 'Hi' }, answer: answerInputOnly, hasNo: ['OUTPUT_TOKENS'] },
  { below: '/moderations', body: { model, input: 'Hi' }, answer: answerInputOnly, hasNo: ['OUTPUT_TOKENS'] },
];

export const OPENAI_SAMPLES: readonly RouteSample[] = OPERATIONS.flatMap(({ below, ...sample }) =>
  ['/v1', ''].map((version) => ({ ...sample, model, route: `POST ${version}${below}` })),
);
