import { createHash } from 'node:crypto';
import type { CallAsk } from '../../domain/ledger/call-ask';
import { err, ok, type Result } from '../../domain/result';
import { invalidRequest } from '../providers/wire-error';
import type { PricedCall } from './call';
import { DO_NOT_RETRY, type Refusal } from './refusal';

const MAX_LENGTH = 255;

/**
 * The client's Idempotency-Key and what it was sent with. One that is empty would make one call of all that have none,
 * and one that is cut short would make one call of two, so both are refused.
 */
export function idempotencyOf(call: PricedCall): Result<CallAsk['idempotency'], Refusal> {
  const key = call.header('idempotency-key');
  if (key === undefined || call.caller.kind !== 'KEY' || call.failover?.isWithoutKey === true)
    return ok(null);
  if (key.trim() === '')
    return refused('The Idempotency-Key is empty. Give each call its own, or leave it out.');
  if (key.length > MAX_LENGTH)
    return refused(
      `The Idempotency-Key is longer than ${MAX_LENGTH} characters. Use a shorter one, such as a UUID.`,
    );
  const hash = createHash('sha256').update(call.body);
  for (const part of call.form ?? []) if (part.kind === 'FILE') hash.update(part.bytes);
  return ok({ key, bodyHash: hash.digest('hex') });
}

function refused(message: string): Result<never, Refusal> {
  return err({ ...invalidRequest('Idempotency-Key', message), headers: DO_NOT_RETRY });
}
