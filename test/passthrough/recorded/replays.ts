import { awsMessage } from '../../../src/platform/http/aws-event-stream';
import type { Exchange } from '../../domain/metering/recorded';

/** How a kind of recorded answer is called for through the server. */
export interface Replay {
  /** The public name of the model, and the provider's own. */
  readonly model: string;
  readonly provider: string;
  readonly basePath?: string;
  /** Lines of `litellm_params` in place of a key. */
  readonly params?: string;
  path(stream: boolean): string;
  body(stream: boolean): object;
  /** The bytes of a stream whose recording holds only what it said. */
  frame?(exchange: Exchange): Buffer;
  /** Default: text/event-stream. */
  readonly streamType?: string;
}

const messages = [{ role: 'user', content: 'Hi' }];
const contents = [{ role: 'user', parts: [{ text: 'Hi' }] }];
const bedrock = {
  provider: 'bedrock',
  params: 'aws_access_key_id: AKIDEXAMPLE, aws_secret_access_key: wJalrXUtnFEMI, aws_region_name: eu-west-1',
  body: () => ({
    messages: [{ role: 'user', content: [{ text: 'Hi' }] }],
    inferenceConfig: { maxTokens: 10 },
  }),
};
const openAi = { provider: 'openai', basePath: '/v1' };

/** One for each wire format in which an answer was recorded. */
export const REPLAYS: Readonly<Record<string, Replay>> = {
  chat: {
    ...openAi,
    model: 'recorded-chat',
    path: () => '/v1/chat/completions',
    body: (stream) => ({ model: 'recorded-chat', messages, max_tokens: 10, stream }),
  },
  responses: {
    ...openAi,
    model: 'recorded-responses',
    path: () => '/v1/responses',
    body: (stream) => ({ model: 'recorded-responses', input: 'Hi', max_output_tokens: 10, stream }),
  },
  completions: {
    ...openAi,
    model: 'recorded-completions',
    path: () => '/v1/completions',
    body: (stream) => ({ model: 'recorded-completions', prompt: 'Hi', stream }),
  },
  messages: {
    provider: 'anthropic',
    model: 'recorded-messages',
    path: () => '/v1/messages',
    body: (stream) => ({ model: 'recorded-messages', messages, max_tokens: 10, stream }),
  },
  cohere: {
    provider: 'cohere',
    model: 'recorded-cohere',
    path: () => '/v2/chat',
    body: (stream) => ({ model: 'recorded-cohere', messages, max_tokens: 10, stream }),
  },
  gemini: {
    provider: 'gemini',
    model: 'recorded-gemini',
    path: () => '/v1beta/models/recorded-gemini:generateContent',
    body: () => ({ contents }),
  },
  'gemini-stream': {
    provider: 'gemini',
    model: 'recorded-gemini-stream',
    path: () => '/v1beta/models/recorded-gemini-stream:streamGenerateContent?alt=sse',
    body: () => ({ contents }),
  },
  bedrock: {
    ...bedrock,
    model: 'recorded-bedrock',
    path: () => '/bedrock/model/recorded-bedrock/converse',
  },
  'bedrock-stream': {
    ...bedrock,
    model: 'recorded-bedrock-stream',
    path: () => '/bedrock/model/recorded-bedrock-stream/converse-stream',
    frame: ({ responses }) => Buffer.concat(responses.flatMap(frames)),
    streamType: 'application/vnd.amazon.eventstream',
  },
};

/** What was recorded of AWS's own frames is each event's name with its payload. */
function frames(event: unknown): Buffer[] {
  return Object.entries(event as Record<string, object>).map(([name, payload]) =>
    awsMessage({ ':message-type': 'event', ':event-type': name }, payload),
  );
}
