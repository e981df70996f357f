import type { FastifyInstance } from 'fastify';
import { ok } from '../../domain/result';
import { routeByModel } from '../pipeline/route-by-model';
import { gemini } from '../providers/gemini/gemini';
import { freeDocs } from './call-docs';
import { answerCaller, type ModelsRoutes } from './models.routes';

const METHODS = [
  'generateContent',
  'streamGenerateContent',
  'embedContent',
  'batchEmbedContents',
  'countTokens',
];

/** The models that the key may use in Gemini's format, in the shape of Google's own list. */
export function geminiModelsRoutes(app: FastifyInstance, { ports, models }: ModelsRoutes): void {
  const list = () => [freeDocs(gemini, 'Models that the key may use', "In the shape of Google's own list.")];
  for (const base of ['/v1beta', '/gemini/v1beta', '/gemini/v1']) {
    const config = { keyInQuery: true, docs: list };
    const path = `${base}/models/{model}`;
    const ofOne = {
      keyInQuery: true,
      docs: () => [freeDocs(gemini, 'One model', 'Whether the key may use it.', { path })],
    };
    app.get(`${base}/models`, { config }, (request, reply) =>
      answerCaller(ports, gemini, request, reply, async (caller) => {
        const lists = caller.kind === 'KEY' ? caller.key.modelAllowLists : [];
        const listed = await models.listModels(lists);
        const names = listed.filter(({ provider }) => gemini.speaks(provider)).map(({ id }) => bareName(id));
        return ok({ models: [...new Set(names)].map(describe) });
      }),
    );
    app.get<{ Params: { '*': string } }>(`${base}/models/*`, { config: ofOne }, (request, reply) =>
      answerCaller(ports, gemini, request, reply, async (caller) => {
        const route = await routeByModel(ports, caller, request.params['*']);
        return route.ok ? ok(describe(request.params['*'])) : route;
      }),
    );
  }
}

/** The provider in front is for those who call another format; here it goes without saying. */
function bareName(id: string): string {
  return id.replace(/^(gemini|vertex_ai)\//, '');
}

function describe(name: string) {
  return { name: `models/${name}`, displayName: name, supportedGenerationMethods: METHODS };
}
