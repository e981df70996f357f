import { err, type Result } from '../../domain/result';
import type { AuthenticatedCall, ReservedCall } from './call';
import type { CallPorts } from './ports';
import { price } from './price';
import type { Refusal } from './refusal';
import type { CallReply } from './reply';
import { KEY_CHANGED, reserve } from './reserve';

/**
 * Steps 2 and 3: what the call can cost, held against every limit on its path. Where a limit without room names a cheaper
 * model, all of it is asked anew for that one: the lists of the key, the price, every limit. No model is tried twice, so
 * that two limits which name each other's model end. When none can be had, the refusal of the model that was asked for
 * is told.
 */
export async function admit(
  ports: CallPorts,
  call: AuthenticatedCall,
  client: Pick<CallReply, 'left'>,
): Promise<Result<ReservedCall, Refusal> | typeof KEY_CHANGED> {
  const tried = new Set<string>();
  let asked = call;
  let first: Refusal | null = null;
  for (;;) {
    tried.add(asked.request.model);
    const priced = await price(ports, asked);
    if (!priced.ok) return err(first ?? priced.error);
    const outcome = await reserve(ports, priced.value, client);
    if (outcome === KEY_CHANGED || outcome.ok) return outcome;
    first ??= outcome.error.refusal;
    const { fallbackModel } = outcome.error;
    if (fallbackModel === null || tried.has(fallbackModel)) return err(first);
    const request = { ...call.request, model: fallbackModel };
    // The limit's own policy names that model, wherever it is served.
    const address = { ...call.address, isPinned: false };
    asked = { ...call, request, address, fallback: { from: call.request.model, attempts: tried.size } };
  }
}
