import { err, ok, type Result } from '../../domain/result';
import { DO_NOT_RETRY, refusal, type Refusal } from '../pipeline/refusal';
import type { Caller } from '../pipeline/call';
import type { Route } from '../../models/route';
import type { BatchPorts } from './batch-ports';
import { findBatch, type Batch } from './batch.repository';
import { findFile, type ProviderFile } from './file.repository';

/** As whose things of the caller are kept. The administrator's have no key. */
export function ownerOf(caller: Caller): string {
  return caller.kind === 'KEY' ? caller.key.keyId : '';
}

/** Whose things the caller may see: a key its own, the administrator everybody's. */
export function seenBy(caller: Caller): string | null {
  return caller.kind === 'KEY' ? caller.key.keyId : null;
}

/** Another key's file looks like one that is not there. */
export async function ownFile(
  { db }: BatchPorts,
  caller: Caller,
  id: string,
  param = 'id',
): Promise<Result<ProviderFile, Refusal>> {
  const file = await findFile(db, id, seenBy(caller));
  return file ? ok(file) : err(absent('File', id, param));
}

export async function ownBatch(
  { db }: BatchPorts,
  caller: Caller,
  id: string,
): Promise<Result<Batch, Refusal>> {
  const batch = await findBatch(db, id, seenBy(caller));
  return batch ? ok(batch) : err(absent('Batch', id, 'id'));
}

/** The account that the thing is at. A deployment that was made anew counts as the one that it replaced. */
export async function accountOf(
  { router }: BatchPorts,
  { model, deploymentId }: Pick<Batch, 'model' | 'deploymentId'>,
): Promise<Result<Route, Refusal>> {
  const route = (await router.routeTo(model, deploymentId)) ?? (await router.resolve(model, 'openai'));
  if (route) return ok(route);
  const message = `No OpenAI deployment serves the model "${model}" any more, by which this was sent. An administrator can add it again.`;
  return err(
    refusal(404, 'invalid_request_error', message, { code: 'model_not_found', headers: DO_NOT_RETRY }),
  );
}

function absent(what: 'File' | 'Batch', id: string, param: string): Refusal {
  const message = `There is no ${what.toLowerCase()} "${id.slice(0, 100)}". A key sees those that were made with it.`;
  return refusal(404, 'invalid_request_error', message, { code: 'not_found', param, headers: DO_NOT_RETRY });
}
