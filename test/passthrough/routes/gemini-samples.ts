import { GEMINI_BASES } from '../../../src/passthrough/http/gemini.routes';
import { json, type Behaviour } from '../../support/upstream';
import type { RouteSample, SampleModel } from './route-sample';

export const GEMINI_MODELS: readonly SampleModel[] = [
  { name: 'sample-gemini', model: 'gemini/upstream-gemini', basePath: '/v1beta/openai' },
];

const model = 'sample-gemini';
const contents = [{ role: 'user', parts: [{ text: 'Hi' }] }];
const usageMetadata = { promptTokenCount: 10, candidatesTokenCount: 5, totalTokenCount: 15 };
const content = { role: 'model', parts: [{ text: 'Hello.' }] };
const chunk = { candidates: [{ index: 0, content, finishReason: 'STOP' }], usageMetadata };

/** Whole, as server-sent events, or as an array, as Google answers each method. */
const answerContent: Behaviour = ({ path }, response) => {
  if (!path.includes(':stream')) json(response, 200, chunk);
  else if (!path.includes('alt=sse')) json(response, 200, [chunk]);
  else {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(`data: ${JSON.stringify(chunk)}\r\n\r\n`);
  }
};

const answerEmbedding: Behaviour = (_call, response) => {
  const usage = { promptTokenCount: 10, totalTokenCount: 10 };
  json(response, 200, { embeddings: [{ values: [1] }], usageMetadata: usage });
};

/** Method, query and body. */
const METHODS: readonly (readonly [string, string, object, Behaviour])[] = [
  ['generateContent', '', { contents }, answerContent],
  ['streamGenerateContent', '?alt=sse', { contents }, answerContent],
  ['streamGenerateContent', '', { contents }, answerContent],
  ['embedContent', '', { content: contents[0] }, answerEmbedding],
  ['batchEmbedContents', '', { requests: [{ model, content: contents[0] }] }, answerEmbedding],
];

/** Each method on Google's own path, and each further base with one of them. */
export const GEMINI_SAMPLES: readonly RouteSample[] = GEMINI_BASES.flatMap((base, index) =>
  METHODS.slice(0, index === 0 ? METHODS.length : 1).map(([method, search, body, answer]) => ({
    route: `POST ${base}/models/*`,
    path: `${base.replace(/:\w+/g, 'x')}/models/${model}:${method}${search}`,
    endpoint: `/v1beta/models/{model}:${method}`,
    model,
    body,
    answer,
    ...(method.includes('mbed') && { hasNo: ['OUTPUT_TOKENS'] as const }),
  })),
);

export const GEMINI_FREE_ROUTES: Readonly<Record<string, string>> = Object.fromEntries(
  ['/v1beta', '/gemini/v1beta', '/gemini/v1'].flatMap((base) => [
    [`GET ${base}/models`, 'a list of names'],
    [`GET ${base}/models/*`, 'a list of names'],
  ]),
);
