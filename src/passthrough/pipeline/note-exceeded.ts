import { askOf } from '../../domain/ledger/call-ask';
import { fitsUnder, refuses, type LimitStanding } from '../../domain/ledger/verdict';
import type { PricedCall } from './call';
import { countTightly, lowerOutput } from './fit-bound';
import type { CallPorts } from './ports';

/**
 * The limits that let the call through although they had no room for it: those that only warn, and those that are on
 * trial. A limit that refuses would first have had the call counted and its output lowered, so that is done here as well,
 * in thought; nearly every call fits and none of it happens.
 */
export async function noteExceeded(
  ports: CallPorts,
  call: PricedCall,
  standings: readonly LimitStanding[],
): Promise<readonly LimitStanding[]> {
  const suspects = standings.filter((standing) => !refuses(standing.limit) && !fitsUnder(standing));
  if (suspects.length === 0) return suspects;
  const exceeded: LimitStanding[] = [];
  for (const standing of suspects) if (!(await couldFit(ports, call, standing))) exceeded.push(standing);
  for (const { windowId, ask } of exceeded) ports.excesses.record(windowId, ask);
  return exceeded;
}

async function couldFit(ports: CallPorts, call: PricedCall, standing: LimitStanding): Promise<boolean> {
  const counted = await countTightly(ports, call, standing);
  if (counted !== null && askFits(counted, standing)) return true;
  return lowerOutput(counted ?? call, standing) !== null;
}

function askFits({ bound }: PricedCall, standing: LimitStanding): boolean {
  const ask = askOf(standing.limit.unit, {
    hold: bound.hold,
    holdInputTokens: bound.inputTokens,
    holdOutputTokens: bound.outputTokens,
  });
  return fitsUnder({ ...standing, ask });
}
