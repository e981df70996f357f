import { awsMessage } from '../../../src/platform/http/aws-event-stream';
import { json, type Behaviour } from '../../support/upstream';
import type { RouteSample, SampleModel } from './route-sample';

export const BEDROCK_MODELS: readonly SampleModel[] = [
  {
    name: 'sample-bedrock',
    model: 'bedrock/anthropic.upstream-claude',
    params: ['aws_access_key_id: AKIDEXAMPLE', 'aws_secret_access_key: secret', 'aws_region_name: us-east-1'],
  },
];

const message = { role: 'assistant', content: [{ text: 'Hello.' }] };
const usage = { inputTokens: 10, outputTokens: 5, totalTokens: 15 };

const answerConverse: Behaviour = (_call, response) => {
  json(response, 200, { output: { message }, stopReason: 'end_turn', usage });
};

const answerInvoke: Behaviour = (_call, response) => {
  const content = [{ type: 'text', text: 'Hello.' }];
  json(response, 200, { content, stop_reason: 'end_turn', usage: { input_tokens: 10, output_tokens: 5 } });
};

const answerConverseStream: Behaviour = (_call, response) => {
  response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
  const event = (type: string, body: object): Buffer =>
    awsMessage({ ':message-type': 'event', ':event-type': type }, body);
  response.write(event('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'Hello.' } }));
  response.write(event('messageStop', { stopReason: 'end_turn' }));
  response.end(event('metadata', { usage, metrics: { latencyMs: 1 } }));
};

const answerInvokeStream: Behaviour = (_call, response) => {
  response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
  const metrics = { inputTokenCount: 10, outputTokenCount: 5 };
  for (const piece of [{ completion: 'Hello.' }, { 'amazon-bedrock-invocationMetrics': metrics }]) {
    const bytes = Buffer.from(JSON.stringify(piece)).toString('base64');
    response.write(awsMessage({ ':message-type': 'event', ':event-type': 'chunk' }, { bytes }));
  }
  response.end();
};

const messages = [{ role: 'user', content: [{ text: 'Hi' }] }];
const claude = {
  anthropic_version: 'bedrock-2023-05-31',
  max_tokens: 9,
  messages: [{ role: 'user', content: 'Hi' }],
};

const ACTIONS: readonly (readonly [string, object, Behaviour])[] = [
  ['converse', { messages, inferenceConfig: { maxTokens: 9 } }, answerConverse],
  ['converse-stream', { messages }, answerConverseStream],
  ['invoke', claude, answerInvoke],
  ['invoke-with-response-stream', claude, answerInvokeStream],
];

export const BEDROCK_SAMPLES: readonly RouteSample[] = ACTIONS.map(([action, body, answer]) => ({
  route: 'POST /bedrock/model/*',
  path: `/bedrock/model/sample-bedrock/${action}`,
  endpoint: `/bedrock/model/{model}/${action}`,
  model: 'sample-bedrock',
  body,
  answer,
  // AWS's SDKs would ask again after 429.
  refusedStatus: 400,
}));
