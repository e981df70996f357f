import type { LimitStanding, Verdict } from '../../domain/ledger/verdict';
import type { Ledger } from '../../ledger/ledger.service';
import { admit } from './admit';
import type { AuthenticatedCall, ReservedCall } from './call';
import type { CallPorts } from './ports';
import type { Refusal } from './refusal';
import { KEY_CHANGED } from './reserve';

export interface Explanation {
  /** The call as it would be sent; null when it would be refused. */
  readonly admitted: ReservedCall | null;
  readonly refusal: Refusal | null;
  /** The limits on the path of the model that was asked for last, in path order; none when no limit was reached. */
  readonly standings: readonly LimitStanding[];
}

const STAYS = { left: new AbortController().signal };

/**
 * What would become of the call now. It goes through the same steps as every call, up to the point of being sent, with a
 * ledger that answers as it would and writes nothing; it waits for nothing and counts nowhere. Null when the key changed.
 */
export async function explainCall(
  ports: CallPorts,
  ledger: Pick<Ledger, 'explain'>,
  call: AuthenticatedCall,
): Promise<Explanation | null> {
  let last: Verdict | null = null;
  const dry: CallPorts = {
    ...ports,
    ledger: {
      settle: (end) => ports.ledger.settle(end),
      extend: (...about) => ports.ledger.extend(...about),
      limitsOn: (...about) => ports.ledger.limitsOn(...about),
      reserve: async (ask) => (last = await ledger.explain(ask)),
    },
    throttle: { enter: () => null },
    excesses: { record: () => undefined },
  };
  const outcome = await admit(dry, call, STAYS);
  if (outcome === KEY_CHANGED) return null;
  return outcome.ok
    ? { admitted: outcome.value, refusal: null, standings: standingsOf(last) }
    : { admitted: null, refusal: outcome.error, standings: standingsOf(last) };
}

function standingsOf(verdict: Verdict | null): readonly LimitStanding[] {
  return verdict !== null && 'standings' in verdict ? verdict.standings : [];
}
