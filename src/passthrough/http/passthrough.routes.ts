import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ModelRouter } from '../../models/model-router';
import { identify } from '../pipeline/authenticate';
import { anthropic } from '../providers/anthropic';
import { openAi } from '../providers/openai';
import type { WireFormat } from '../providers/provider';
import { refuseStrangers } from './refuse-strangers';
import { countTokensRoutes } from './count-tokens.routes';
import { storedResponseRoutes } from './stored-responses.routes';
import { headerOf, takeCall, type PassthroughParts } from './take-call';

export interface PassthroughRoutes extends PassthroughParts {
  readonly models: Pick<ModelRouter, 'listModels'>;
  readonly bodyLimitBytes: number;
}

const FORMATS: readonly WireFormat[] = [openAi, anthropic];

/** The providers' own paths, in their own wire formats. Nothing is decided here. */
export async function passthroughRoutes(app: FastifyInstance, parts: PassthroughRoutes): Promise<void> {
  // The body stays text: what goes upstream is the client's own bytes, with single members replaced.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    '*',
    { parseAs: 'string', bodyLimit: parts.bodyLimitBytes },
    (_request, body, done) => {
      done(null, body);
    },
  );
  for (const format of FORMATS) {
    const onRequest = refuseStrangers(parts, format);
    for (const [path, operation] of Object.entries(format.paths)) {
      app.post(path, { onRequest }, (request, reply) => {
        takeCall(parts, format, operation, path, request, reply);
      });
    }
  }
  storedResponseRoutes(app, parts);
  countTokensRoutes(app, parts);
  for (const path of ['/v1/models', '/models']) {
    app.get(path, (request, reply) => listModels(parts, request, reply));
  }
  await Promise.resolve();
}

/** What the key may use, in the shape of whichever SDK asks: Anthropic's sends its version. */
async function listModels(
  parts: PassthroughRoutes,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const isAnthropic = headerOf(request, 'anthropic-version') !== undefined;
  const format = isAnthropic ? anthropic : openAi;
  const caller = await identify(parts.ports, (name) => headerOf(request, name));
  if (!caller.ok) {
    await reply
      .code(caller.error.status)
      .headers(caller.error.headers ?? {})
      .send(format.errorBody(caller.error));
    return;
  }
  const lists = caller.value.kind === 'KEY' ? caller.value.key.modelAllowLists : [];
  const ids = (await parts.models.listModels(lists)).map((model) => model.id);
  await reply.send(isAnthropic ? anthropicModels(ids) : openAiModels(ids));
}

/** Models here have no date of their own; the formats require one. */
const NO_DATE = 0;

function openAiModels(ids: readonly string[]) {
  return {
    object: 'list',
    data: ids.map((id) => ({ id, object: 'model', created: NO_DATE, owned_by: 'spendgraph' })),
  };
}

function anthropicModels(ids: readonly string[]) {
  const created_at = new Date(NO_DATE).toISOString();
  return {
    data: ids.map((id) => ({ type: 'model', id, display_name: id, created_at })),
    has_more: false,
    first_id: ids[0] ?? null,
    last_id: ids.at(-1) ?? null,
  };
}
