import { err, type Result } from '../../domain/result';
import { NO_FAILOVER, type AuthenticatedCall, type ReservedCall } from './call';
import type { CallPorts } from './ports';
import { price } from './price';
import type { Refusal } from './refusal';
import type { CallReply } from './reply';
import { KEY_CHANGED, reserve } from './reserve';

/**
 * Steps 2 and 3: what the call can cost, held against every limit on its path. Where a limit of the deployment or its
 * provider has no room, the model's other deployments are asked. Where a limit without room names a cheaper model, all
 * of it is asked anew for that one: the lists of the key, the price, every limit. No model is tried twice, so that two
 * limits which name each other's model end. When none can be had, the refusal that came first is told.
 */
export async function admit(
  ports: CallPorts,
  call: AuthenticatedCall,
  client: Pick<CallReply, 'left'>,
): Promise<Result<ReservedCall, Refusal> | typeof KEY_CHANGED> {
  const tried = new Set([call.request.model]);
  let asked = call;
  let first: Refusal | null = null;
  let instead: string | null = null;
  for (;;) {
    const priced = await price(ports, asked);
    if (priced.ok) {
      const outcome = await reserve(ports, priced.value, client);
      if (outcome === KEY_CHANGED || outcome.ok) return outcome;
      const { refusal, fallbackModel, isOfRoute } = outcome.error;
      first ??= refusal;
      instead = fallbackModel ?? instead;
      const { deploymentId } = priced.value.route;
      if (isOfRoute && deploymentId !== null) {
        asked = without(asked, deploymentId);
        continue;
      }
    } else first ??= priced.error;
    if (instead === null || tried.has(instead)) return err(first);
    const request = { ...call.request, model: instead };
    // The limit's own policy names that model, wherever it is served.
    const address = { ...call.address, isPinned: false };
    const fallback = { from: call.fallback?.from ?? call.request.model, attempts: tried.size };
    asked = { ...asked, request, address, fallback };
    tried.add(instead);
    instead = null;
  }
}

function without(call: AuthenticatedCall, deploymentId: string): AuthenticatedCall {
  const failover = call.failover ?? NO_FAILOVER;
  return { ...call, failover: { ...failover, avoid: new Set([...failover.avoid, deploymentId]) } };
}
