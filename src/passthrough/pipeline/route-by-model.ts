import { err, ok, type Result } from '../../domain/result';
import type { Route } from '../../models/route';
import type { Caller } from './call';
import type { CallPorts } from './ports';
import { modelDenied, unknownModel } from './price';
import { DO_NOT_RETRY, refusal, type Refusal } from './refusal';

/** Where an unmetered call of the model goes. The master key may make one: nothing is spent. */
export async function routeByModel(
  ports: CallPorts,
  caller: Caller,
  model: string,
): Promise<Result<Route, Refusal>> {
  const route = await ports.router.resolve(model);
  const denied = caller.kind === 'KEY' ? modelDenied(ports, caller, model, route) : null;
  if (denied) return err(denied);
  return route ? ok(route) : err(unknownModel(model));
}

/**
 * Where stored responses are when nobody names a model: at the one OpenAI account that the caller's models are served
 * by. An id does not tell its account, so with several of them the caller has to.
 */
export async function routeToStored(ports: CallPorts, caller: Caller): Promise<Result<Route, Refusal>> {
  const lists = caller.kind === 'KEY' ? caller.key.modelAllowLists : [];
  const models = (await ports.router.listModels(lists)).filter(({ provider }) => provider === 'openai');
  const accounts = new Map<string, Route>();
  for (const { id } of models) {
    const route = await ports.router.resolve(id);
    if (route) accounts.set(`${route.apiBase} ${route.apiKey ?? ''}`, route);
  }
  const [only, ...others] = accounts.values();
  if (only && others.length === 0) return ok(only);
  const problem = only
    ? 'The models that this key may use are served by several OpenAI accounts.'
    : 'No OpenAI deployment serves a model that this key may use.';
  const message = `${problem} Name the model of the stored response in the query parameter "model" or in the header "x-spendgraph-model".`;
  return err(refusal(400, 'invalid_request_error', message, { param: 'model', headers: DO_NOT_RETRY }));
}
