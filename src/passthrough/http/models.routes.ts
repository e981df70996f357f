import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ok, type Result } from '../../domain/result';
import type { ModelRouter } from '../../models/model-router';
import { identify } from '../pipeline/authenticate';
import type { Caller } from '../pipeline/call';
import type { CallPorts } from '../pipeline/ports';
import type { Refusal } from '../pipeline/refusal';
import { routeByModel } from '../pipeline/route-by-model';
import { anthropic } from '../providers/anthropic/anthropic';
import { openAi } from '../providers/openai/openai';
import type { WireFormat } from '../providers/provider';
import { headerOf, type PassthroughParts } from './take-call';

export interface ModelsRoutes extends Pick<PassthroughParts, 'ports'> {
  readonly models: Pick<ModelRouter, 'listModels'>;
}

/** Models here have no date of their own; the formats require one. */
const NO_DATE = 0;

/** What the key may use, in the shape of whichever SDK asks: Anthropic's sends its version. */
export function modelsRoutes(app: FastifyInstance, parts: ModelsRoutes): void {
  const { ports, models } = parts;
  for (const path of ['/v1/models', '/models']) {
    app.get(path, (request, reply) =>
      answer(ports, request, reply, async (caller) => {
        const lists = caller.kind === 'KEY' ? caller.key.modelAllowLists : [];
        const ids = (await models.listModels(lists)).map((model) => model.id);
        return ok(isAnthropic(request) ? anthropicList(ids) : openAiList(ids));
      }),
    );
    // Names hold slashes, which some clients send as they are. Any name that a call may use is found, listed or not.
    app.get<{ Params: { '*': string } }>(`${path}/*`, (request, reply) =>
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
