import { err, ok, type Result } from '../../domain/result';
import type { Route } from '../../models/route';
import type { Caller } from '../pipeline/call';
import { modelDenied, unknownModel } from '../pipeline/price';
import { DO_NOT_RETRY, refusal, type Refusal } from '../pipeline/refusal';
import type { BatchPorts } from './batch-ports';

/** The account at OpenAI that serves the model, if the caller may use it. */
export async function batchAccount(
  ports: BatchPorts,
  caller: Caller,
  model: string,
): Promise<Result<Route, Refusal>> {
  const own = await ports.router.resolve(model, 'openai');
  const route = own ?? (await ports.router.resolve(model));
  const denied = modelDenied(ports, caller, model, route);
  if (denied) return err(denied);
  if (own) return ok(own);
  if (!route) return err(unknownModel(model));
  const message = `The model "${model}" is served by ${route.provider}. Batches are sent to deployments of OpenAI alone.`;
  return err(refusal(400, 'invalid_request_error', message, { param: 'model', headers: DO_NOT_RETRY }));
}
