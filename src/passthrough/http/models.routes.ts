import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ok, type Result } from '../../domain/result';
import type { ModelRouter } from '../../models/model-router';
import type { RouteDocs } from '../../platform/openapi/route-docs';
import { identify } from '../pipeline/authenticate';
import type { Caller } from '../pipeline/call';
import type { CallPorts } from '../pipeline/ports';
import type { Refusal } from '../pipeline/refusal';
import { routeByModel } from '../pipeline/route-by-model';
import { anthropic } from '../providers/anthropic/anthropic';
import { openAi } from '../providers/openai/openai';
import type { WireFormat } from '../providers/provider';
import { freeDocs } from './call-docs';
import { headerOf, type PassthroughParts } from './take-call';

const LISTED_FOR =
  "In Anthropic's shape for clients that send the header `anthropic-version`, else in OpenAI's.";

export interface ModelsRoutes extends Pick<PassthroughParts, 'ports'> {
  readonly models: Pick<ModelRouter, 'listModels'>;
}

const LIST_DOCS: readonly RouteDocs[] = [
  freeDocs(openAi, 'Models that the key may use', LISTED_FOR, {
    externalUrl: 'https://platform.openai.com/docs/api-reference/models/list',
  }),
];

function oneModelDocs(path: string): RouteDocs[] {
  return [freeDocs(openAi, 'One model', `Whether the key may use it. ${LISTED_FOR}`, { path })];
}

/** Models here have no date of their own; the formats require one. */
const NO_DATE = 0;

/** What the key may use, in the shape of whichever SDK asks: Anthropic's sends its version. */
export function modelsRoutes(app: FastifyInstance, parts: ModelsRoutes): void {
  const { ports, models } = parts;
  for (const path of ['/v1/models', '/models']) {
    app.get(path, { config: { docs: () => LIST_DOCS } }, (request, reply) =>
      answer(ports, request, reply, async (caller) => {
        const lists = caller.kind === 'KEY' ? caller.key.modelAllowLists : [];
        const ids = (await models.listModels(lists)).map((model) => model.id);
        return ok(isAnthropic(request) ? anthropicList(ids) : openAiList(ids));
      }),
    );
    // Names hold slashes, which some clients send as they are. Any name that a call may use is found, listed or not.
    const config = { docs: () => oneModelDocs(`${path}/{model}`) };
    app.get<{ Params: { '*': string } }>(`${path}/*`, { config }, (request, reply) =>
      answer(ports, request, reply, async (caller) => {
        const id = request.params['*'];
        const route = await routeByModel(ports, caller, id);
        if (!route.ok) return route;
        return ok(isAnthropic(request) ? anthropicModel(id) : openAiModel(id));
      }),
    );
  }
}

async function answer(
  ports: CallPorts,
  request: FastifyRequest,
  reply: FastifyReply,
  bodyFor: (caller: Caller) => Promise<Result<unknown, Refusal>>,
): Promise<void> {
  await answerCaller(ports, isAnthropic(request) ? anthropic : openAi, request, reply, bodyFor);
}

/** Answers whoever has a valid key, and refuses all others in the envelope of the format. */
export async function answerCaller(
  ports: CallPorts,
  format: WireFormat,
  request: FastifyRequest,
  reply: FastifyReply,
  bodyFor: (caller: Caller) => Promise<Result<unknown, Refusal>>,
): Promise<void> {
  const caller = await identify(ports, (name) => headerOf(request, name));
  const body = caller.ok ? await bodyFor(caller.value) : caller;
  if (body.ok) {
    await reply.send(body.value);
    return;
  }
  await reply
    .code(body.error.status)
    .headers(body.error.headers ?? {})
    .send(format.errorBody(body.error));
}

function isAnthropic(request: FastifyRequest): boolean {
  return headerOf(request, 'anthropic-version') !== undefined;
}

function openAiList(ids: readonly string[]) {
  return { object: 'list', data: ids.map((id) => openAiModel(id)) };
}

function openAiModel(id: string) {
  return { id, object: 'model', created: NO_DATE, owned_by: 'spendgraph' };
}

function anthropicModel(id: string) {
  return { type: 'model', id, display_name: id, created_at: new Date(NO_DATE).toISOString() };
}

function anthropicList(ids: readonly string[]) {
  return {
    data: ids.map((id) => anthropicModel(id)),
    has_more: false,
    first_id: ids[0] ?? null,
    last_id: ids.at(-1) ?? null,
  };
}
