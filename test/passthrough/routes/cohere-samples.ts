import { json, type Behaviour } from '../../support/upstream';
import type { RouteSample, SampleModel } from './route-sample';

const model = 'sample-ranker';

export const COHERE_MODELS: readonly SampleModel[] = [
  { name: model, model: 'cohere/rerank-sample', prices: ['input_cost_per_query: 0.002'] },
  { name: 'sample-command', model: 'cohere/command-sample' },
];

const answerRanking: Behaviour = (_call, response) => {
  const results = [{ index: 0, relevance_score: 0.9 }];
  json(response, 200, { id: 'r', results, meta: { billed_units: { search_units: 1 } } });
};

const answerChat: Behaviour = (_call, response) => {
  const message = { role: 'assistant', content: [{ type: 'text', text: 'Hello.' }] };
  const usage = {
    billed_units: { input_tokens: 10, output_tokens: 5 },
    tokens: { input_tokens: 90, output_tokens: 6 },
  };
  json(response, 200, { id: 'c', finish_reason: 'COMPLETE', message, usage });
};

export const COHERE_SAMPLES: readonly RouteSample[] = [
  ...['/v1/rerank', '/rerank', '/v2/rerank'].map((path): RouteSample => ({
    route: `POST ${path}`,
    model,
    body: { model, query: 'who?', documents: ['me', 'you'] },
    answer: answerRanking,
    hasNo: ['OUTPUT_TOKENS'],
  })),
  {
    route: 'POST /v2/chat',
    model: 'sample-command',
    body: { model: 'sample-command', max_tokens: 9, messages: [{ role: 'user', content: 'Hi' }] },
    answer: answerChat,
  },
];
