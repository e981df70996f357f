import { asRecord } from '../../../domain/metering/json';
import { openAiErrorBody } from '../openai/error';
import { openAi } from '../openai/openai';
import type { Operation, WireFormat } from '../provider';
import { BodyReader } from '../read-body';
import { serverSentEvents } from '../server-sent-events';
import { sseEvent, type ErrorBody, type WireError } from '../wire-error';
import { prepareMedia } from '../openai/media-call';
import { chatStreamMeter, prepareChat, readChat, readChatAnswer } from './chat';
import { readRerank, readRerankAnswer } from './rerank';

/** Below a host alone; a base with a path of its own has its version in it. */
const TARGETS: Partial<Record<Operation, { readonly version: string; readonly path: string }>> = {
  chat: { version: '/v2', path: '/chat' },
  rerank: { version: '/v1', path: '/rerank' },
  rerankV2: { version: '/v2', path: '/rerank' },
};

/**
 * Cohere's APIs: its chat (https://docs.cohere.com/reference/chat), and the ranking of documents, which Jina, Voyage and
 * Together have copied.
 */
export const cohere: WireFormat = {
  name: 'cohere',
  paths: { '/v2/chat': 'chat', '/v1/rerank': 'rerank', '/rerank': 'rerank', '/v2/rerank': 'rerankV2' },
  speaks: (provider) => provider !== 'bedrock' && provider !== 'anthropic',
  boundFormat: (operation) => (operation === 'chat' ? 'openai-chat' : 'rerank'),
  readRequest(operation, body) {
    const read = BodyReader.of(body);
    if (!read.ok) return read;
    return read.value.finish((operation === 'chat' ? readChat : readRerank)(operation, read.value));
  },
  prepareRequest: (call, text, edits) =>
    call.operation === 'chat' ? prepareChat(call, text, edits) : prepareMedia(call, text, edits),
  target({ apiBase }, { operation }) {
    const { version = '', path = '' } = TARGETS[operation] ?? {};
    const base = apiBase.replace(/\/+$/, '');
    // Jina, Voyage and Together know one version, and name it in their base.
    return new URL(base).pathname === '/' ? `${base}${version}${path}` : `${base}${path}`;
  },
  upstreamHeaders: (outgoing, clientHeader) => openAi.upstreamHeaders(outgoing, clientHeader),
  readResponse: (operation, json) =>
    operation === 'chat' ? readChatAnswer(asRecord(json)) : readRerankAnswer(asRecord(json)),
  streamMeter: chatStreamMeter,
  errorBody,
  ...serverSentEvents,
  streamError: (_call, error) => sseEvent('error', { type: 'error', ...errorBody(error) }),
};

/** Cohere's clients read `message`, those of its copies `error`. */
function errorBody(error: WireError): ErrorBody {
  return { message: error.message, ...openAiErrorBody(error) };
}
