import { json, type Behaviour } from '../../support/upstream';
import type { RouteSample, SampleModel } from './route-sample';

export const ANTHROPIC_MODELS: readonly SampleModel[] = [
  { name: 'sample-claude', model: 'anthropic/upstream-claude' },
];

const model = 'sample-claude';

const answerMessage: Behaviour = (_call, response) => {
  json(response, 200, {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'upstream-claude',
    content: [{ type: 'text', text: 'Hello.' }],
    stop_reason: 'end_turn',
    usage: { input_tokens: 10, output_tokens: 5 },
  });
};

export const ANTHROPIC_SAMPLES: readonly RouteSample[] = ['/v1/messages', '/anthropic/v1/messages'].map(
  (path) => ({
    route: `POST ${path}`,
    model,
    body: { model, max_tokens: 9, messages: [{ role: 'user', content: 'Hi' }] },
    answer: answerMessage,
  }),
);
