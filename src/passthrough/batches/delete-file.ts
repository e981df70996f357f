import { err, ok, type Result } from '../../domain/result';
import type { Caller } from '../pipeline/call';
import { refusal, type Refusal } from '../pipeline/refusal';
import type { Relay } from '../pipeline/run-unmetered';
import { askProvider } from './ask-provider';
import type { BatchPorts } from './batch-ports';
import { findUnbookedBatch } from './batch.repository';
import { markFileDeleted } from './file.repository';
import { accountOf, ownFile } from './owned';

/** Results by which a batch is still to be charged stay until it is. */
export async function deleteFile(
  ports: BatchPorts,
  caller: Caller,
  id: string,
): Promise<Result<Relay, Refusal>> {
  const file = await ownFile(ports, caller, id);
  if (!file.ok) return file;
  if ((await findUnbookedBatch(ports.db, id)) !== null) return err(stillNeeded());
  const account = await accountOf(ports, file.value);
  if (!account.ok) return account;
  const path = `/files/${encodeURIComponent(id)}`;
  const asked = await askProvider(ports, account.value, { method: 'DELETE', path });
  if (!asked.ok) return err(asked.error.refusal);
  const { status, headers, text } = asked.value;
  // One that the provider does not know is gone all the same.
  if (status < 300 || status === 404) await markFileDeleted(ports.db, id);
  return ok({ kind: 'RELAY', status, headers, text });
}

function stillNeeded(): Refusal {
  const message = 'The batch is being charged by this file of its results. Delete it in a moment.';
  return refusal(409, 'conflict_error', message, {
    code: 'results_not_booked',
    headers: { 'retry-after': '5' },
  });
}
